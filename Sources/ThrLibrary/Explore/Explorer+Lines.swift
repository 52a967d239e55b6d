import Drawing
import NumberText
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Explorer {
  /// The least columns and lines that a curve is worth drawing in.
  private static let leastPlot = (columns: 26, lines: 8)

  func lines(on surface: Surface) -> [String] {
    let height = surface.height ?? 24
    let head = head(on: surface)
    let foot = foot(on: surface)
    let room = max(height - head.count - foot.count, 0)
    var body = body(room, on: surface)
    body += Array(repeating: "", count: max(room - body.count, 0))
    return Array((head + body.prefix(room) + foot).prefix(height))
  }

  // MARK: - Above

  private func head(on surface: Surface) -> [String] {
    let present = scores[active]
    let place = places[active]
    let content = present.rows.content
    let share = present.share(at: place)
    let flagged = present.confusion(at: place).flagged
    let threshold = present.decision(at: place).text(on: present.plateau(at: place))
    let name = present.name.map { "  \($0.shownPlainly)" } ?? ""
    let lines: [(String, Bool)] = [
      (
        "explore\(name)  "
          + rowsText(content.rows, content.positives, present.rows.provenance?.role), false
      ),
      (
        (threshold.map { "threshold \($0)" } ?? "flag nothing")
          + ", flags \(flagged.countText) rows (\(percentText(share)))"
          + (bestMetric.map { ", best \(metrics[$0])" } ?? ""), true
      ),
      (
        "plateau \(present.plateau(at: place).text), labelling "
          + "\(Double(place).countText) of \(Double(present.count).countText)", false
      ),
    ]
    return lines.map { text, isBold in
      let plain = surface.style == .ascii ? text.replacing("∞", with: "inf") : text
      let text = surface.style.cut(plain, columns: surface.width)
      return isBold ? surface.bold(text) : text
    } + [Slider(on: surface).line(share), ""]
  }

  // MARK: - Below

  private func foot(on surface: Surface) -> [String] {
    var keys = [
      ("Left Right", "one labelling"), ("Shift", "1 % of the rows"), ("Home End", "ends"),
    ]
    if let metric = announcedMetric { keys.append(("m", "best \(metric)")) }
    keys.append(("c", curve == .roc ? "precision-recall" : "ROC"))
    if scores.count > 1 {
      keys.append(("Tab", "other scores"))
      keys.append(("f", link == .share ? "same threshold" : "same share"))
    }
    keys += [("Enter", "takes it"), ("s", "writes it"), ("q", "leaves")]
    return [""] + wrapped(keys, on: surface)
  }

  private func wrapped(_ keys: [(key: String, meaning: String)], on surface: Surface) -> [String] {
    var lines: [String] = []
    var line = ""
    var columns = 0
    for (key, meaning) in keys {
      let meaning = surface.style.cut(meaning, columns: max(surface.width - key.count - 1, 0))
      let width = key.count + 1 + meaning.count
      if columns > 0, columns + 2 + width > surface.width {
        lines.append(line)
        (line, columns) = ("", 0)
      }
      if columns > 0 {
        line += "  "
        columns += 2
      }
      line += surface.bold(key) + " " + surface.faint(meaning)
      columns += width
    }
    return lines + [line]
  }

  // MARK: - Between

  private func body(_ room: Int, on surface: Surface) -> [String] {
    let facts = facts(on: surface)
    let width = facts.map(\.columns).max() ?? 0
    let beside = surface.width - width - 3
    if beside >= Self.leastPlot.columns, room >= Self.leastPlot.lines {
      let plot = plot(columns: beside, lines: min(room, beside * 2 / 3 + 4), on: surface)
      return (0..<max(facts.count, plot.count)).map { line in
        let fact = line < facts.count ? facts[line] : TextLine("")
        let gap = String(repeating: " ", count: width - fact.columns + 3)
        return fact.text(on: surface) + (line < plot.count ? gap + plot[line] : "")
      }
    }
    let texts = facts.map { $0.cut(to: surface.width, surface.style).text(on: surface) }
    let below = room - facts.count - 1
    guard below >= Self.leastPlot.lines else { return texts }
    return texts + [""] + plot(columns: surface.width, lines: below, on: surface)
  }

  private func plot(columns: Int, lines: Int, on surface: Surface) -> [String] {
    var figure = Figure(
      title: curve == .roc ? "ROC curve" : "precision-recall curve",
      xAxis: Figure.Axis(curve.kind.texts.members.x, range: 0...1),
      yAxis: Figure.Axis(curve.kind.texts.members.y, range: 0...1),
      legend: scores.count > 1 ? .automatic : .hidden)
    figure.series = scores.map { $0.series(curve) }
    figure.marks = zip(scores, places).map { $0.mark(curve, at: $1) }
    return figure.terminal(
      width: columns, height: lines, colour: surface.colour, style: surface.style
    ).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func facts(on surface: Surface) -> [TextLine] {
    scores.count == 1
      ? matrix(scores[0].confusion(at: places[0])) + [TextLine("")] + values
      : comparison
  }

  private func matrix(_ counts: Confusion) -> [TextLine] {
    let lines: [(String, [Double])] = [
      ("positive", [counts.truePositives, counts.falseNegatives, counts.positives]),
      ("negative", [counts.falsePositives, counts.trueNegatives, counts.negatives]),
      ("all", [counts.flagged, counts.total - counts.flagged, counts.total]),
    ]
    return TextLine.table(
      ["", "flagged", "not flagged", "all"], lines.map { [$0] + $1.map(\.countText) })
  }

  private var values: [TextLine] {
    let present = scores[0]
    return TextLine.table(
      ["", "here", "best", "at"],
      metrics.indices.map { index in
        let metric = metrics[index]
        let best = present.bestPlaces[index]
        return [
          metric.description, Self.text(metric, present.confusion(at: places[0])),
          best.map { Self.text(metric, present.confusion(at: $0)) } ?? "",
          best.map { present.decision(at: $0).text(on: present.plateau(at: $0)) ?? "none" } ?? "",
        ]
      })
  }

  /// The scores side by side.
  private var comparison: [TextLine] {
    let all = zip(scores, places).map { ($0, $1, $0.confusion(at: $1)) }
    var rows: [[String]] = [
      ["threshold"]
        + all.map { scores, place, _ in
          scores.decision(at: place).text(on: scores.plateau(at: place)) ?? "none"
        }
    ]
    rows += [
      ["flag_rate"] + all.map { scores, place, _ in percentText(scores.share(at: place)) },
      ["tp"] + all.map { $0.2.truePositives.countText },
      ["fp"] + all.map { $0.2.falsePositives.countText },
      ["tn"] + all.map { $0.2.trueNegatives.countText },
      ["fn"] + all.map { $0.2.falseNegatives.countText },
    ]
    rows += metrics.map { metric in
      [metric.description] + all.map { Self.text(metric, $0.2) }
    }
    let names = scores.indices.map { index in
      (index == active ? "> " : "") + (scores[index].name ?? "").shownPlainly
    }
    return TextLine.table([""] + names, rows)
  }

  private static func text(_ metric: Metric, _ counts: Confusion) -> String {
    metric.value(of: counts).map(NumberStyle.metric.text) ?? "undefined"
  }
}
