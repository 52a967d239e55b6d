import Databases
import NumberText
import ParallelWork
import TableIO
import ThrModel
public import ThrSyntax

/// Which value of a column of labels is the positive class.
///
/// Evident are 1 of {0, 1} and of {-1, 1}, and, in any case, true of {true, false} and yes of
/// {yes, no}. All else has to be said.
enum PositiveClass: Hashable {
  case number(Double)
  /// Compared as written.
  case text(String)
  /// Compared without regard to case.
  case word(String)

  /// - Parameters:
  ///   - column: the labels; none missing.
  ///   - given: what the user named as positive.
  ///   - mayBeAbsent: whether rows of one other label are negative: those of a day may be.
  init(
    of column: Column, given: LabelValue?, mayBeAbsent: Bool = false
  ) throws(CallError) {
    try self.init(
      of: column.distinctValues(atMost: Self.mostCounted), in: column.name, given: given,
      mayBeAbsent: mayBeAbsent)
  }

  /// - Parameters:
  ///   - distinct: the labels that there are.
  ///   - name: the column of labels.
  init(
    of distinct: DistinctValues, in name: String, given: LabelValue?, mayBeAbsent: Bool = false
  ) throws(CallError) {
    if let given {
      if let named = Self.named(given, among: distinct.values.map(\.value)) {
        self = named
      } else if mayBeAbsent, distinct.isComplete, distinct.values.count == 1 {
        self = Self.absent(given)
      } else {
        throw .noSuchClass(given, name, distinct)
      }
    } else if let evident = Self.evident(distinct) {
      self = evident
    } else {
      throw .positiveNeeded(name, distinct)
    }
  }

  /// Beyond so many values a column is hardly one of labels.
  private static let mostCounted = 1_000

  private static func evident(_ distinct: DistinctValues) -> PositiveClass? {
    guard distinct.isComplete else { return nil }
    let values = Set(distinct.values.map(\.value))
    if values.isEmpty { return nil }
    let isBinary = [[0.0, 1], [-1, 1]].contains { pair in
      values.isSubset(of: pair.map(Cell.number))
    }
    if isBinary { return .number(1) }
    let words = Set(values.map { if case .text(let text) = $0 { text.lowercased() } else { "" } })
    if words.isSubset(of: ["true", "false"]) { return .word("true") }
    if words.isSubset(of: ["yes", "no"]) { return .word("yes") }
    return nil
  }

  private static func named(_ given: LabelValue, among values: [Cell]) -> PositiveClass? {
    switch given {
    case .number(let number): values.contains(.number(number)) ? .number(number) : nil
    case .text(let text):
      if values.contains(.text(text)) {
        .text(text)
      } else if let number = Double(text), values.contains(.number(number)) {
        .number(number)
      } else {
        nil
      }
    case .boolean(let boolean):
      named(word: boolean ? "true" : "false", among: values)
    }
  }

  private static func absent(_ given: LabelValue) -> PositiveClass {
    switch given {
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .boolean(let boolean): .word(boolean ? "true" : "false")
    }
  }

  private static func named(word: String, among values: [Cell]) -> PositiveClass? {
    let isPresent = values.contains { value in
      if case .text(let text) = value { text.lowercased() == word } else { false }
    }
    return isPresent ? .word(word) : nil
  }

  /// Whether each row is positive.
  ///
  /// - Complexity: O(rows).
  func labels(_ column: Column) -> [Bool] {
    switch column.values {
    case .numbers(let numbers):
      guard case .number(let positive) = self else { return numbers.values.map { _ in false } }
      return Array(rows: numbers.count) { [values = numbers.values] rows, labels in
        for (place, row) in rows.enumerated() { labels[place] = values[row] == positive }
      }
    case .texts(let texts):
      let isPositive = texts.levels.map(matches)
      return texts.codes.map { $0 != TextValues.missingCode && isPositive[Int($0)] }
    }
  }

  /// The same for rows that stay in a file.
  var chosen: PositiveLabels {
    if case .number(let number) = self { return .number(number) }
    return .texts { matches($0) }
  }

  private func matches(_ text: String) -> Bool {
    switch self {
    case .number: false
    case .text(let positive): text == positive
    case .word(let positive): text.lowercased() == positive
    }
  }

  /// The class as people read it.
  var text: String {
    switch self {
    case .number(let number): number.shortestText
    case .text(let text), .word(let text): text
    }
  }
}

/// A label as an argument: what `positive=` takes.
enum LabelValue: ValueConvertible, Hashable {
  case number(Double)
  case text(String)
  case boolean(Bool)

  static var valueType: ValueType { .either(.number, .text, .boolean) }

  init?(_ value: Value) {
    switch value {
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    case .boolean(let boolean): self = .boolean(boolean)
    default: return nil
    }
  }

  var value: Value {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .boolean(let boolean): .boolean(boolean)
    }
  }
}

extension Warning {
  /// Says what the rows of a batch have, in case the class was misspelt.
  static func noPositives(_ given: LabelValue, in column: String) -> Warning {
    Warning(
      .oneClass, "none of the rows is positive: `\(column)` is never \(given.value.sourceText)",
      remedy: "check the spelling, unless all of these rows are negative")
  }
}

extension CallError {
  fileprivate static func positiveNeeded(
    _ column: String, _ distinct: DistinctValues
  ) -> CallError {
    if distinct.values.isEmpty {
      return CallError(.positiveNeeded, "`\(column)` has no values", parameter: "positive")
    }
    guard let first = distinct.values.last(where: { !saysNegative($0.value) })?.value else {
      return CallError(
        .positiveNeeded,
        "it is unclear which value of `\(column)` is the positive class: \(listed(distinct))",
        remedy: "name it with `positive=`", parameter: "positive")
    }
    if distinct.values.count > 2 {
      return CallError(
        .positiveNeeded,
        "it is unclear which value of `\(column)` is the positive class: \(listed(distinct))",
        remedy: "name it, such as `positive=\(literal(first))`; all others are then negative",
        parameter: "positive")
    }
    return CallError(
      .positiveNeeded,
      "it is unclear which value of `\(column)` is the positive class: \(listed(distinct))",
      remedy: "name it: `positive=\(literal(first))`", parameter: "positive",
      addition: "positive=\(literal(first))")
  }

  fileprivate static func noSuchClass(
    _ given: LabelValue, _ column: String, _ distinct: DistinctValues
  ) -> CallError {
    CallError(
      .positiveNeeded,
      "`\(column)` is never \(given.value.sourceText): \(listed(distinct))",
      remedy: saysMissing(given)
        ? "without quotes it is taken as missing; read the file with `missing=[]`"
        : "name one of its values", parameter: "positive")
  }

  /// Whether a file that has the value without quotes says that it has none.
  private static func saysMissing(_ given: LabelValue) -> Bool {
    guard case .text(let text) = given else { return false }
    return Table.isMissing(text)
  }

  /// Whether a value is what the negative class is called.
  private static func saysNegative(_ cell: Cell) -> Bool {
    switch cell {
    case .number(let number): number <= 0
    case .text(let text): ["false", "no", "n", "f", "0", "-1"].contains(text.lowercased())
    case .missing: true
    }
  }

  /// “it has 3 values: a (50), b (49), c (1)”.
  private static func listed(_ distinct: DistinctValues) -> String {
    let shown = distinct.values.prefix(10).map { value in
      "\(literal(value.value)) (\(Double(value.count).countText))"
    }
    let rest = distinct.values.count - shown.count
    let count =
      distinct.isComplete ? "\(distinct.values.count)" : "more than \(distinct.values.count)"
    return "it has \(count) value\(distinct.values.count == 1 ? "" : "s"): "
      + shown.joined(separator: ", ") + (rest > 0 ? ", …" : "")
  }

  private static func literal(_ cell: Cell) -> String {
    switch cell {
    case .number(let number): number.shortestText
    case .text(let text): text.quoted
    case .missing: "none"
    }
  }
}

extension Diagnostic.Kind {
  /// Which label is positive is neither evident nor said.
  public static let positiveNeeded = Diagnostic.Kind(
    "E0404", "positive-needed",
    explanation: .init(
      """
      The positive class is known only for labels 0 and 1, false and true, and no and yes. For \
      other labels, name it with `positive=`.
      """,
      wrong: """
        # s.csv holds: score,label / 0.9,malignant / 0.2,benign
        scores(read("s.csv"))
        """,
      right: """
        # s.csv holds: score,label / 0.9,malignant / 0.2,benign
        scores(read("s.csv"), positive="malignant")
        """))
}
