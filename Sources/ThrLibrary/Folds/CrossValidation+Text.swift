import NumberText
import ThrModel
import ThresholdEngine

// How a cross-validation is shown.

extension CrossValidationResult {
  private var thresholdText: String? { decision.threshold?.thresholdText }

  /// “θ 0.2388  F1 0.725”.
  var hint: String {
    let nested = content.chosen.nested.map { "  \(content.metric.shortName) \(number($0))" } ?? ""
    return (thresholdText.map { "θ \($0)" } ?? "flag nothing") + nested
  }

  /// “threshold 0.2388 by mean curve, f1 0.725 nested”.
  var line: String {
    let place = thresholdText.map { "threshold \($0)" } ?? "flag nothing"
    let nested = content.chosen.nested.map { ", \(content.metric) \(number($0)) nested" } ?? ""
    return "\(place) by \(content.rule.rawValue)\(nested)"
  }

  /// A value of the metric, as a tuning writes it.
  func number(_ value: Double) -> String {
    let isBounded = content.metric.range.map { $0.upperBound.isFinite } ?? false
    if !isBounded, value == value.rounded() { return value.countText }
    return NumberStyle.metric.text(value)
  }

  func text(on surface: Surface) -> String {
    let facts: [(String, String)?] = [
      ("metric", content.metric.description),
      content.constraint.map { ("where", $0.description) },
      content.smoothing.map { ("smooth", "by a \($0.rawValue), before thresholds are chosen") },
      ("folds", foldTexts), best.map { ("best", bestText($0)) },
      ("rows", rowsText(content.rows, content.positives, nil)), ("advice", advice),
    ]
    return table(surface) + "\n\n" + AlignedLines(facts).text(on: surface)
  }

  // MARK: - The rules

  private func table(_ surface: Surface) -> String {
    let level = "\(percentText(content.level)) interval"
    let hasIntervals = content.rules.contains { $0.interval != nil }
    let header =
      ["rule", "threshold", "out of fold", "nested"] + (hasIntervals ? [level] : []) + [""]
    let rows = content.rules.map { rule in
      let cells = [
        rule.decision.map { $0.threshold?.thresholdText ?? "flag nothing" } ?? "none",
        rule.value.map(number) ?? "none", rule.nested.map(number) ?? "none",
      ].map { TextTable.Cell($0, isNumber: true) }
      let interval = hasIntervals ? [TextTable.Cell(rule.interval?.text(number) ?? "")] : []
      return [TextTable.Cell(rule.rule.rawValue)] + cells + interval + [TextTable.Cell(note(rule))]
    }
    return TextTable(header: header, rows: rows).text(on: surface)
  }

  private func note(_ rule: CrossValidation.Outcome) -> String {
    let isChosen = rule.rule == content.rule ? "← chosen" : ""
    let fails = rule.decision != nil && !rule.meetsConstraint
    return fails ? "misses `where`" : isChosen
  }

  /// The thresholds of the folds in ascending order; of many the ends and the quartiles.
  private var foldTexts: String {
    let sorted = content.own.compactMap { $0.map { $0.threshold ?? .infinity } }.sorted()
    let missing = content.own.count - sorted.count
    let shown =
      sorted.count <= 10
      ? sorted
      : [0, 0.25, 0.5, 0.75, 1].map { share in
        sorted[Int((share * Double(sorted.count - 1)).rounded())]
      }
    let texts = shown.map { $0 == .infinity ? "flag nothing" : $0.thresholdText }
    let many = sorted.count <= 10 ? "" : " (minimum, quartiles and maximum of \(sorted.count))"
    let without = missing == 0 ? "" : ", \(missing) without a threshold"
    return texts.joined(separator: "  ") + many + without
  }

  /// “c 1 (nested: in 4 of 5 folds)”.
  private func bestText(_ best: Record) -> String {
    let options = best.fields.map { "\($0.name) \($0.value.sourceText)" }.joined(separator: ", ")
    return "\(options) (nested: chosen without the fold in \(content.chosen.agreeing) of "
      + "\(content.own.count))"
  }

  // MARK: - Advice

  var advice: String {
    [spreadText, rulesText, constraintText, rowsAdvice].compactMap { $0 }.joined(separator: "; ")
  }

  /// “the folds' thresholds differ by a factor of 3.5”.
  private var spreadText: String? {
    let found = content.own.compactMap { $0?.threshold }.filter(\.isFinite)
    guard let least = found.min(), let greatest = found.max(), found.count > 1 else { return nil }
    if least == greatest { return "all folds choose the same threshold" }
    guard least > 0 else {
      return "the folds' thresholds are from \(least.thresholdText) to \(greatest.thresholdText)"
    }
    let ratio = greatest / least
    let text = ratio < 10 ? ratio.significantText(digits: 2) : ratio.rounded().countText
    return "the folds' thresholds differ by a factor of \(text)"
  }

  /// How much the choice of the rule matters, against how sure its value is.
  private var rulesText: String? {
    let nested = content.rules.compactMap(\.nested)
    guard let least = nested.min(), let greatest = nested.max(), nested.count > 1 else {
      return "there is no nested value, as some folds have no valid threshold"
    }
    let difference = number(greatest - least)
    if greatest == least { return "the rules have the same nested value" }
    guard let interval = content.chosen.interval, interval.upper > interval.lower else {
      return "the rules' nested values differ by \(difference)"
    }
    let isSmall = greatest - least < (interval.upper - interval.lower) / 4
    return "the rules' nested values differ by \(difference)"
      + (isSmall ? ", little compared with the interval: any of them will do" : "")
  }

  /// Whether the constraint holds on rows that did not choose.
  private var constraintText: String? {
    guard let constraint = content.constraint, let counts = content.chosen.nestedCounts,
      !constraint.isMet(by: counts)
    else { return nil }
    let readings = constraint.readings(of: counts).filter { $0.isMet != true }.map { reading in
      "`\(reading.comparison)` is missed with \(reading.left.map { $0.metricText } ?? "undefined")"
    }
    return "on rows that did not choose the threshold, " + readings.joined(separator: ", ")
  }

  private var rowsAdvice: String? {
    let (positives, negatives) = (content.positives, content.rows - content.positives)
    let (count, name) = positives <= negatives ? (positives, "positive") : (negatives, "negative")
    if count == 0 { return "no row is \(name), so the threshold separates nothing" }
    guard count < 200 else { return nil }
    return "more \(name)s (\(Double(count).countText) now) would make the choice more certain"
  }
}
