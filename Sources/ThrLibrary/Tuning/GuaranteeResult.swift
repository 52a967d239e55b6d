import NumberText
public import ThrModel
public import ThresholdEngine

/// What a tuning guarantees on new rows, as a value of the language.
public struct GuaranteeResult: LanguageObject {
  public static let typeName: ObjectType.Name = "guarantee"

  public let content: Certificate
  /// The counts of the decision that has it.
  public let confusion: Confusion

  init?(_ tuning: Tuning) {
    guard let certificate = tuning.certificate else { return nil }
    content = certificate
    confusion = tuning.confusion
  }
}

extension ObjectType {
  static let guarantee = ObjectType(
    GuaranteeResult.self,
    "A condition that holds on new rows from the same source, with its confidence level.",
    members: [
      MemberOf("constraint", "What is guaranteed.") { $0.content.guarantee.constraint },
      MemberOf("level", "Confidence level: it holds with at least this probability.") {
        $0.content.guarantee.level
      },
      MemberOf(
        "rank", .count,
        "Rank of the score that bounds the threshold: 1 is the lowest score if a mistake is a row "
          + "that is not flagged, else the highest; none for precision, npv and several rates."
      ) {
        $0.rank?.place
      },
      MemberOf("of", .count, "Number of rows that are ranked; none without a rank.") {
        $0.rank?.rows
      },
    ], line: { $0.line }, text: { $0.lines.joined(separator: "\n") })
}

extension GuaranteeResult {
  fileprivate var rank: (place: Int, rows: Int)? {
    guard content.parts.count == 1, case .mistakes(let most?, let rows) = content.parts[0].rule
    else { return nil }
    return (most + 1, rows)
  }

  fileprivate var line: String {
    "\(content.guarantee.constraint), confidence \(percentText(content.guarantee.level))"
  }

  /// What is guaranteed, and for each clause why.
  fileprivate var lines: [String] {
    let certainty = "on new rows, confidence \(percentText(content.guarantee.level))"
    let head = "\(content.guarantee.constraint) \(certainty)"
    return [head] + content.parts.map { "\($0.reason(content.reading(of: $0, confusion)))" }
      + ["on these rows " + rates]
  }

  /// “recall is 0.980”.
  private var rates: String { content.rates(at: confusion).joined(separator: ", ") }
}

extension GuaranteeResult: RowShaped {}

extension Tuning {
  var guaranteeLines: [(String, String)?] {
    guard let guarantee = GuaranteeResult(self) else { return [] }
    return guarantee.lines.enumerated().map { ($0.offset == 0 ? "guarantee" : "", $0.element) }
  }

  /// “, where recall is 0.540”: the guaranteed rates of another decision.
  func rates(at confusion: Confusion) -> String {
    guard let certificate else { return "" }
    return ", where " + certificate.rates(at: confusion).joined(separator: ", ")
  }
}

extension Certificate {
  fileprivate func rates(at confusion: Confusion) -> [String] {
    parts.map { part in
      let value = part.clause.metric.value(of: confusion).map(\.metricText) ?? "undefined"
      return "\(part.clause.metric) is \(value)"
    }
  }
}

// MARK: - Words of a clause

extension Certificate.Part {
  /// Why the threshold has the guarantee: “at most the 2nd lowest score of the 50 positives”.
  fileprivate func reason(_ reading: (right: Int, wrong: Int)) -> String {
    switch (rule, clause.target) {
    case (.mistakes(let most?, let rows), .share(let sample, let flagged, _)):
      let place = (most + 1).ordinalText
      let all = "\(Double(rows).countText) \(sample.rawValue)"
      return flagged
        ? "above the \(place)highest score of the \(all)"
        : "at most the \(place)lowest score of the \(all)"
    case (_, .predictive(let flagged, _)):
      let all = Double(reading.right + reading.wrong).countText
      let text =
        flagged
        ? "\(Double(reading.right).countText) of \(all) flags are right"
        : "\(Double(reading.right).countText) of \(all) rows not flagged are negative"
      guard let needed = needed(besides: reading.wrong) else { return text }
      return text + ", at least \(Double(needed).countText) have to be"
    default: return ""
    }
  }

  private func needed(besides wrong: Int) -> Int? {
    guard case .stairs(let steps) = rule, wrong < steps.count else { return nil }
    return steps[wrong]
  }

  /// What the rows would have to show, and what they do.
  func demandText(_ run: Int) -> String {
    switch (rule, clause.target) {
    case (.mistakes(let most?, let rows), .share(let sample, let flagged, _)):
      return
        "at most \(Double(most).countText) of the \(Double(rows).countText) \(sample.rawValue) "
        + (flagged ? "flagged" : "not flagged")
    default:
      let needed = neededRun.map { Double($0).countText } ?? "many"
      let isFlagged = clause.target == .predictive(flagged: true, atLeast: bound)
      let rows =
        isFlagged
        ? "right flags from the highest score up to the first false one"
        : "negatives from the lowest score up to the first positive one"
      return "at least \(needed) \(rows); there are \(Double(run).countText)"
    }
  }

  private var bound: Double {
    if case .predictive(_, let least) = clause.target { least } else { 0 }
  }

  /// The rows needed, those there are, and of what they are.
  var rowsText: (needed: String, present: String, sample: String) {
    guard case .mistakes(_, let rows) = rule, case .share(let sample, _, _) = clause.target else {
      return ("more", "too few", "rows")
    }
    let needed = neededRows.map { Double($0).countText } ?? "more than 2^53"
    return (needed, Double(rows).countText, sample.rawValue)
  }

  /// “recall >= 0.87”: what so many rows can guarantee at most.
  var attainableText: String? {
    guard let bound = attainableBound, bound > 0, bound < 1 else { return nil }
    var scale = 100.0
    while min(bound, 1 - bound) * scale < 1, scale < 1e12 { scale *= 10 }
    let rounded = (bound * scale).rounded(clause.isFloor ? .down : .up) / scale
    guard rounded > 0, rounded < 1 else { return nil }
    return "\(clause.metric) \(clause.isFloor ? ">=" : "<=") \(rounded.shortestText)"
  }
}

extension Int {
  /// “2nd ”; nothing for the first.
  fileprivate var ordinalText: String {
    if self == 1 { return "" }
    let ending =
      switch (self % 10, self % 100) {
      case (_, 11...13): "th"
      case (1, _): "st"
      case (2, _): "nd"
      case (3, _): "rd"
      default: "th"
      }
    return "\(Double(self).countText)\(ending) "
  }
}
