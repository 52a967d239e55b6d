import NumberText
import ThrModel
import ThresholdEngine

extension ComparedResult {
  /// “smote: f1 0.752, gain 0.011 (-0.009 – 0.031)”.
  var line: String {
    let value = "\(name): \(metric) \(content.value.map(number) ?? "undefined")"
    guard !isFirst, let gain = content.gain else { return value }
    return value + ", gain \(number(gain))"
      + (content.interval.map { " (\($0.text(of: .youden)))" } ?? "")
  }

  fileprivate func number(_ value: Double) -> String { NumberStyle.metric.text(value) }

  fileprivate var cells: [TextTable.Cell] {
    let value = content.value.map(number) ?? "undefined"
    let gain = isFirst ? "" : content.gain.map(number) ?? "undefined"
    return [
      TextTable.Cell(name), TextTable.Cell(value, isNumber: true),
      TextTable.Cell(gain, isNumber: true),
      TextTable.Cell(isFirst ? "" : content.interval.map { $0.text(of: .youden) } ?? ""),
      TextTable.Cell(isFirst ? "" : content.pValue.map(Self.text) ?? "", isNumber: true),
    ]
  }

  /// “0.036”, “< 0.0001”.
  private static func text(_ pValue: Double) -> String {
    pValue < 0.0001 ? "< 0.0001" : pValue.significantText(digits: 2)
  }
}

extension ComparisonResult {
  var line: String {
    let block = blocks[0]
    let best = block.best.map { ", best \(names[$0])" } ?? ""
    return "comparison of \(names.count) entries by \(block.metric)\(best)"
  }

  func text(on surface: Surface) -> String {
    let tables = blocks.map { block in
      let table = table(of: block).text(on: surface)
      return isTitled(block) ? "\(block.metric)\n\(table)" : table
    }
    return (tables + [notes.joined(separator: "\n")]).joined(separator: "\n\n")
  }

  /// Whether the metric's name stands above its table, as it would take too much room in it.
  private func isTitled(_ block: Block) -> Bool {
    block.metric.count > max(names.map(\.count).max() ?? 0, 12)
  }

  private func table(of block: Block) -> TextTable {
    let entries = entries.filter { $0.metric == block.metric }
    let remarks = remarks(on: block)
    return TextTable(
      header: [
        isTitled(block) ? "" : block.metric, "value", "gain", "\(percentText(level)) interval",
        "p-value", "",
      ],
      rows: zip(entries, remarks).map { $0.cells + [TextTable.Cell($1)] })
  }

  /// Which entry is the first, and which the best, and whether that is settled: whether the interval
  /// against the first leaves out 0.
  private func remarks(on block: Block) -> [String] {
    let best = block.best
    let isSettled =
      best.map { best in
        best == 0
          ? block.differences.dropFirst().allSatisfy { $0.interval.map { $0.upper < 0 } ?? false }
          : block.differences[best].interval.map { $0.lower > 0 } ?? false
      } ?? false && fewRows == nil
    return names.indices.map { place in
      let parts = [
        place == 0 ? "the first" : nil, place == best ? "best" : nil,
        place == best && !isSettled ? "not settled" : nil,
      ]
      return parts.compactMap { $0 }.joined(separator: ", ")
    }
  }

  private var notes: [String] {
    let tests = blocks.map(\.test)
    let isDrawn = tests.contains("bootstrap")
    let bootstrap =
      unit.map { "paired bootstrap of units of `\($0)`" }
      ?? (isWeighted ? "paired bootstrap of weighted rows" : "paired bootstrap")
    let parts = [
      "\(counted(rows, "row")), the same for all",
      tests.contains("DeLong") ? "paired test of DeLong" : nil,
      isDrawn ? "\(bootstrap), \(counted(samples, "sample")), seed \(seed)" : nil,
    ]
    let looks =
      isOnTest
      ? "\(counted(names.count, "decision")) on test rows: the best looks better than it is" : nil
    return [parts.compactMap { $0 }.joined(separator: "; ") + fewUnits(unitCount), fewRows, looks]
      .compactMap { $0 }
  }

  /// That a class has too few rows to draw from.
  private var fewRows: String? {
    let (least, noun) =
      [(positives, "positive"), (rows - positives, "negative")].min {
        $0.0 < $1.0
      } ?? (rows, "row")
    guard least < 5 else { return nil }
    return "\(counted(least, noun)): a conclusion needs at least 5 rows of each class"
  }
}
