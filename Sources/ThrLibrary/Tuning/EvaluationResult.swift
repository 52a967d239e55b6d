import NumberText
public import ThrModel
public import ThresholdEngine

/// Evaluation of a decision on labelled rows.
public struct EvaluationResult: LanguageObject {
  public static let typeName: ObjectType.Name = "evaluation"

  public let content: Evaluation
  /// Number of positive rows, regardless of their weights.
  public let positives: Int
  /// The rows that it was made on.
  ///
  /// Where each group has its own threshold, their scores are 1 for flagged rows and 0 for others,
  /// and the decision is to flag at 1.
  let source: TunedRows
  /// The decision by group; `nil` for one threshold.
  var groupDecision: GroupedDecision?
  /// The rows with their own scores, where the decision is by group.
  var scored: TunedRows?
  /// The group of its rows, if it is one of an evaluation by group.
  var group: GroupKey?

  init(_ content: Evaluation, positives: Int, source: TunedRows) {
    self.content = content
    self.positives = positives
    self.source = source
  }

  /// The columns of a decision by group; empty for one threshold.
  var decidedBy: [String] { groupDecision?.by ?? [] }

  /// Cheap: the counts stand for the rows, equality compares each.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(content)
    hasher.combine(positives)
  }
}

extension ObjectType {
  static let evaluation = ObjectType(
    EvaluationResult.self, "Every metric of a threshold on labelled rows.",
    members: [
      .group(),
      MemberOf(
        "threshold", threshold: { $0.thresholdText },
        "The threshold; none if nothing is flagged, or if each group has its own."
      ) {
        $0.decidedBy.isEmpty ? $0.content.decision.threshold : nil
      },
      MemberOf("outcome", "“threshold”, “flag nothing”, or “by group” if each group has its own.") {
        $0.decidedBy.isEmpty ? $0.content.decision.text : "by group"
      },
      MemberOf("confusion", "The confusion matrix.") { ConfusionMatrix($0.content.confusion) },
      MemberOf("rows", .count, "Number of rows evaluated.") { $0.content.rows },
      MemberOf("positives", .count, "Number of positive rows.") { $0.positives },
      MemberOf("prevalence", .metric, "The share of rows that are positive.") {
        share($0.positives, of: $0.content.rows)
      },
    ] + Metric.named.flatMap(members),
    hint: { $0.hint }, line: { $0.line }, text: { $0.text(on: $1) })

  /// A metric by its name, and by the other names it goes by, which JSON does not repeat.
  private static func members(_ metric: NamedMetric) -> [MemberOf<EvaluationResult>] {
    let isCount = EvaluationResult.counts.contains(metric.name)
    func member(_ name: String, isAlias: Bool) -> MemberOf<EvaluationResult> {
      MemberOf(
        name, isCount ? .count : .metric, hiddenInJSON: isAlias,
        column: !isAlias && EvaluationResult.columns.contains(name), metric.summary
      ) { Outcome($0.content.value(of: Metric(metric)), mayBeInfinite: true) }
    }
    return [member(metric.name, isAlias: false)]
      + metric.aliases.map { member($0, isAlias: true) }
  }
}

extension EvaluationResult {
  fileprivate static let counts: Set = ["tp", "fp", "tn", "fn", "flagged"]
  fileprivate static let columns: Set = ["tp", "fp", "tn", "fn", "precision", "recall", "f1"]

  fileprivate var thresholdText: String? { decidedBy.isEmpty ? content.thresholdText : nil }

  private var place: String {
    if !decidedBy.isEmpty { return "by \(decidedBy.joined(separator: " and "))" }
    return thresholdText.map { "at \($0)" } ?? "flagging nothing"
  }

  /// “θ 0.251  precision 0.786  recall 0.733”.
  fileprivate var hint: String {
    let one = content.thresholdText.map { "θ \($0)" } ?? "flag nothing"
    let place = decidedBy.isEmpty ? one : place
    return ([place] + [Metric.precision, .recall].map { "\($0) \(text(content.value(of: $0)))" })
      .joined(separator: "  ")
  }

  fileprivate var line: String {
    let shown: [Metric] = [.precision, .recall, .f1]
    let values = shown.map { "\($0) \(text(content.value(of: $0)))" }
    return "evaluation \(place): " + values.joined(separator: ", ")
  }

  fileprivate func text(on surface: Surface) -> String {
    let head = AlignedLines([
      ("evaluation", place), ("rows", rowsText(content.rows, positives, nil)),
    ]).text(on: surface)
    let shares = content.values.filter { !Self.counts.contains($0.metric.name) }
      .map { (name: $0.metric.name, text: text($0.value)) }
    return [
      head, content.confusion.matrix(on: surface), Self.columns(shares, width: surface.width),
    ].joined(
      separator: "\n\n")
  }

  private func text(_ value: Double?) -> String {
    value.map(NumberStyle.metric.text) ?? "undefined"
  }

  /// Names and values in three columns, read downwards, or in as many as the width holds.
  private static func columns(_ entries: [(name: String, text: String)], width: Int) -> String {
    let texts = [3, 2].map { columns(entries, count: $0) }
    let fitting = texts.first { text in
      text.split(separator: "\n").allSatisfy { $0.count <= width }
    }
    return fitting ?? columns(entries, count: 1)
  }

  private static func columns(_ entries: [(name: String, text: String)], count: Int) -> String {
    let height = (entries.count + count - 1) / count
    let blocks = stride(from: 0, to: entries.count, by: height).map { start in
      Array(entries[start..<Swift.min(start + height, entries.count)])
    }
    let widths = blocks.map { block in
      (block.map(\.name.count).max() ?? 0, block.map(\.text.count).max() ?? 0)
    }
    return (0..<height).map { row in
      let cells = zip(blocks, widths).compactMap { block, width -> String? in
        guard row < block.count else { return nil }
        let (name, text) = block[row]
        return name + String(repeating: " ", count: width.0 - name.count + 2)
          + String(repeating: " ", count: width.1 - text.count) + text
      }
      return cells.joined(separator: "    ")
    }.joined(separator: "\n")
  }
}

extension EvaluationResult: RowShaped {}
