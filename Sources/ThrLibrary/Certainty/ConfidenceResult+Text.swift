import NumberText
import ThrModel
import ThresholdEngine

extension Confidence.Interval {
  /// The ends as values of a metric.
  func text(_ number: (Double) -> String) -> String {
    let ends = [number(lower), number(upper)]
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) – \(ends[1])"
  }
}

extension ConfidenceResult {
  var hint: String {
    content.threshold.map { "θ \($0.thresholdText)" } ?? tuning.thresholdText.map { "θ \($0)" }
      ?? "flag nothing"
  }

  var line: String {
    let place = tuning.thresholdText.map { "threshold \($0)" } ?? "flag nothing"
    let interval = content.threshold.map { ", \(levelText) interval \($0.thresholdText)" } ?? ""
    return "confidence: \(place)\(interval)"
  }

  /// “90 %”.
  var levelText: String { percentText(content.level) }

  func text(on surface: Surface) -> String {
    let header = ["", "estimate"] + (content.threshold == nil ? [] : ["\(levelText) interval"])
    let table = TextTable(header: header, rows: rows.map { Array($0.prefix(header.count)) })
    let notes = [constraintNote, basis, scarcity].compactMap { $0 }
    return [table.text(on: surface), notes.joined(separator: "\n")].joined(separator: "\n\n")
  }

  private var rows: [[TextTable.Cell]] {
    let own = content.worths[0]
    var rows = [
      row("threshold", tuning.thresholdText ?? "flag nothing", content.threshold?.thresholdText),
      row("\(own.metric), rows that chose", tuning.text(tuning.value), nil),
    ]
    if let worth = content.worth {
      rows.append(row("\(own.metric), new rows", worth) { tuning.text($0) })
    }
    if let gain = content.gain, let reference = tuning.default {
      let title = "gain over \(reference.threshold.exactThresholdText), new rows"
      rows.append(row(title, gain) { tuning.text($0) })
    }
    for further in content.worths.dropFirst() {
      let name = "\(further.metric), new rows"
      guard let estimate = further.estimate else {
        rows.append(row(name, "none", nil))
        continue
      }
      rows.append(row(name, estimate) { further.metric.valueText($0) })
    }
    return rows
  }

  private func row(
    _ name: String, _ estimate: Confidence.Estimate, _ number: (Double) -> String
  ) -> [TextTable.Cell] {
    row(name, number(estimate.value), estimate.interval?.text(number))
  }

  private func row(
    _ name: String, _ estimate: String, _ interval: String?
  ) -> [TextTable.Cell] {
    [
      TextTable.Cell(name), TextTable.Cell(estimate, isNumber: true),
      TextTable.Cell(interval ?? ""),
    ]
  }

  /// How sure the constraint is on new rows.
  private var constraintNote: String? {
    guard let constraint = tuning.constraint else { return nil }
    guard let level = content.constraintLevel else {
      return "`\(constraint)` holds on these rows; its confidence on new rows is not known"
    }
    return "`\(constraint)` on new rows: confidence \(percentText(level)) (exact binomial test)"
  }

  /// “1,000 bootstrap samples by class, share of positives drawn, seed 1”.
  private var basis: String {
    let samples = "\(Double(content.replicates.count).countText) bootstrap samples"
    let seed = "seed \(content.seed)\(exceptions)"
    guard let units = content.units else {
      return "\(samples) by class, share of positives drawn, \(seed)"
    }
    let drawn = unit.map { "\(Double(units).countText) values of `\($0)`" } ?? "rows of any class"
    return "\(samples) of \(drawn), percentiles, \(seed)\n\(Self.unchecked)"
  }

  private static let unchecked =
    "if a few rows or units weigh far more than the others, these intervals are too narrow"

  /// What some samples did instead of choosing a threshold.
  private var exceptions: String {
    let parts = [
      (content.flaggingNothing, "chose to flag nothing"),
      (content.undecided, "had no valid threshold"),
    ].filter { $0.0 > 0 }.map { "; \(Double($0.0).countText) \($0.1)" }
    return parts.joined()
  }
}

extension ConfidenceResult {
  /// What so few rows of a class cannot say.
  var scarcity: String? {
    let class_ = tuning.positives <= tuning.rows - tuning.positives ? "positive" : "negative"
    let count = content.rarer
    let rows =
      content.units == nil || unit == nil
      ? "\(count) \(class_) row\(count == 1 ? "" : "s")"
      : "\(count) value\(count == 1 ? "" : "s") of `\(unit ?? "")` with \(class_) rows"
    switch count {
    case ...1: return "\(rows): nothing can be said about new rows"
    case 2..<Confidence.fewest:
      return "\(rows): intervals need at least \(Confidence.fewest) of each class"
    case ..<10: return "\(rows): a rough guess; new rows may give a worse value than the interval"
    case ..<20: return "\(rows), fewer than 20: the intervals are rough"
    default: return nil
    }
  }
}
