import NumberText
public import TableIO
public import ThrModel
public import ThresholdEngine

/// Scores of the language: what a model said about labelled rows, and which rows these are.
public struct ScoredRows: RemembersRows {
  public static let typeName: ObjectType.Name = "scores"

  public let content: Scores
  /// A group for every row, where one was given.
  public let groups: Column?
  public let provenance: Provenance?
  public let history: [PastUse]
  /// The rows of the table that the scores are from, in the same order; `nil` for others.
  let source: Table?
  /// The columns of that table's file that were not read; `nil` where all were.
  let others: UnreadColumns?
  /// The rows set aside for each job; empty where they are not split.
  let parts: [Role: ScoredRows]
  /// Whether they are from plain lists, which are set aside for nothing: rows of their own, known
  /// by what they hold.
  let isFromLists: Bool

  init(
    _ content: Scores, groups: Column? = nil, provenance: Provenance? = nil,
    history: [PastUse] = [], source: Table? = nil, others: UnreadColumns? = nil,
    parts: [Role: ScoredRows] = [:], isFromLists: Bool = false
  ) {
    self.content = content
    self.groups = groups
    self.provenance = provenance
    self.history = history
    self.source = source
    self.others = others
    self.parts = parts
    self.isFromLists = isFromLists
  }

  /// The same as rows of plain lists.
  func ofLists() throws(CallError) -> ScoredRows {
    ScoredRows(content, groups: groups, provenance: try table.provenance, isFromLists: true)
  }

  /// Cheap: a few rows stand for all, equality compares each.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(content.rows)
    hasher.combine(content.positives)
    for row in 0..<min(content.count, 16) { hasher.combine(content.values[row]) }
    hasher.combine(provenance?.source)
    hasher.combine(history)
  }
}

extension ObjectType {
  static let scores = ObjectType(
    ScoredRows.self, "Scores with the labels of their rows.",
    members: [
      MemberOf("rows", .count, column: true, "Number of rows.") { $0.content.rows },
      MemberOf("positives", .count, column: true, "Number of positive rows.") {
        $0.content.positives
      },
      MemberOf("prevalence", .metric, column: true, "The share of rows that are positive.") {
        share($0.content.positives, of: $0.content.rows)
      },
      MemberOf("role", "The role of the rows, such as val; none for plain lists.") {
        $0.isFromLists ? nil : $0.provenance?.role.rawValue
      },
      MemberOf("score", "The score of every row, or of every entry of counts.") {
        $0.content.values
      },
      MemberOf("label", "The label of every row: 1 for positive, 0 for negative.") {
        $0.content.labels.map { $0 ? 1.0 : 0.0 }
      },
      MemberOf(
        "weight",
        "The weight of every row; none if all rows have the same weight. For counts, the number of "
          + "rows of each entry."
      ) {
        $0.content.weights
      },
      MemberOf("group", "The group of every row; none if not given.") {
        $0.groups?.list
      },
      MemberOf(
        "columns", hiddenInJSON: true,
        "The columns of the table that they come from; none without a table."
      ) {
        $0.others?.names ?? $0.source?.columnNames
      },
      part("train", .train, "The rows to fit on."),
      part("cal", .cal, "The rows to calibrate on."),
      part("val", .val, "The rows to choose a threshold on."),
      part("test", .test, "The rows to evaluate the decision on, once."),
    ],
    hint: { rowsHint($0.content.rows, $0.content.positives, "score") },
    line: { "scores of \(rowsText($0.content.rows, $0.content.positives, $0.provenance?.role))" },
    text: { scoresText($0) })

  private static func part(
    _ name: String, _ role: Role, _ summary: String
  ) -> MemberOf<ScoredRows> {
    MemberOf(name, hiddenInJSON: true, role: role, summary) {
      (scores: ScoredRows) throws(CallError) in try scores.part(role)
    }
  }

  private static func scoresText(_ scores: ScoredRows) -> String {
    let content = scores.content
    let median = content.isCounted ? nil : try? content.values.median()
    return AlignedLines([
      ("scores", rowsText(content.rows, content.positives, scores.provenance?.role)),
      (
        "range",
        "\((content.values.min() ?? 0).thresholdText) to "
          + "\((content.values.max() ?? 0).thresholdText)"
          + (median.map { ", median \($0.thresholdText)" } ?? "")
      ),
      content.counts.map { ("counts", counted($0.values.count, "score")) }
        ?? content.weights.map { ("weight", "\($0.accurateSum.countText) in all") },
      scores.groups.map {
        ("groups", "\($0.distinctValues(atMost: 1_000).values.count)")
      },
    ]).text
  }
}

/// “5,000 rows, 50 of them positive (1 %), set aside as val”.
func rowsText(_ rows: Int, _ positives: Int, _ role: Role?) -> String {
  let share = Double(positives) / Double(rows)
  let percent = share.isFinite ? " (\(percentText(share)))" : ""
  let text = "\(counted(rows, "row")), \(Double(positives).countText) positive\(percent)"
  guard let role, role != .whole else { return text }
  return text + ", role \(role.rawValue)"
}

/// “10,000 rows, 1 % positive”.
func rowsHint(_ rows: Int, _ positives: Int, _ noun: String) -> String {
  let share = Double(positives) / Double(rows)
  return counted(rows, noun) + (share.isFinite ? ", \(percentText(share)) positive" : "")
}

/// A share for people, to three significant digits: “2.32 %”.
func percentText(_ share: Double) -> String { "\((share * 100).significantText(digits: 3)) %" }

func share(_ part: Int, of whole: Int) -> Outcome {
  Outcome(whole == 0 ? nil : Double(part) / Double(whole))
}

/// Lines of a name and what is said of it, aligned.
struct AlignedLines {
  private let lines: [(name: String, text: String)]

  /// Lines that are `nil` are left out.
  init(_ lines: [(String, String)?]) { self.lines = lines.compactMap { $0 } }

  var text: String { text(on: .plain) }

  /// The lines, with faint names where there is colour; in a narrow window a text goes on below
  /// itself.
  func text(on surface: Surface) -> String {
    let width = lines.map(\.name.count).max() ?? 0
    let room = max(surface.width - width - 2, 10)
    let indent = "\n" + String(repeating: " ", count: width + 2)
    return lines.map { name, text in
      surface.faint(name) + String(repeating: " ", count: width - name.count + 2)
        + (surface.height == nil ? text : Self.wrapped(text, room).joined(separator: indent))
    }.joined(separator: "\n")
  }

  private static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension ScoredRows: Tabular {
  static let tableSummary: String? =
    "Scores, in the columns score, label, weight and group; counts in score, positives, negatives."

  var table: Table {
    get throws(CallError) {
      if let counts = content.counts {
        return try Table(named: [
          Column("score", numbers: counts.values),
          Column("positives", numbers: counts.positives),
          Column("negatives", numbers: counts.negatives),
        ])
      }
      let labels = content.labels.map { $0 ? 1.0 : 0.0 }
      let columns = [
        Column("score", numbers: content.values), Column("label", numbers: labels),
        content.weights.map { Column("weight", numbers: $0) },
        groups.map { Column(name: "group", values: $0.values) },
      ]
      return try Table(named: columns.compactMap { $0 })
    }
  }
}

extension ScoredRows: HoldsMemory {
  public var footprint: Int {
    256 + content.count * (9 + (content.weights == nil ? 0 : 8) + (groups == nil ? 0 : 8))
  }
}
