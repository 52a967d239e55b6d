import ThrModel
import ThrSyntax

/// An expression evaluated by columns, a block of rows at a time.
///
/// Only what cannot fail is evaluated so: arithmetic, comparisons and logic on columns of numbers,
/// columns of texts compared with a text, and names that stand for a number, a text or a boolean.
/// Of all else the rows are evaluated one by one.
///
/// `@unchecked`: a call from another thread is turned away before anything is touched.
struct ColumnEvaluation: @unchecked Sendable {
  let run: Evaluator
  let expression: Expression
  /// For the names that are no columns.
  let compiler: Compiler
  let frame: Frame

  /// Whether the expression has a form that may be evaluated by columns.
  var isPossible: Bool { Lanes.canHold(expression) }

  /// The value in each row; `nil` where the rows must be evaluated one by one.
  func column(_ columns: RowColumns) throws -> RowColumn? {
    guard run.stack.holdsCaller else { throw CallError.rowsOnOtherThread }
    let block = RowBlock(columns, self)
    var blocks = ColumnBlocks(count: columns.count)
    for start in stride(from: 0, to: columns.count, by: RowBlock.size) {
      try run.checkCancelled()
      block.rows = start..<min(start + RowBlock.size, columns.count)
      guard let lanes = try block.lanes(expression), blocks.append(lanes, rows: block.rows.count)
      else { return nil }
    }
    return blocks.column
  }

  /// What a name that is no column stands for; it is read when a row first needs it.
  func value(_ name: Expression) throws(Stop) -> Value {
    try compiler.expression(name).evaluate(run, frame)
  }
}

/// A column while its blocks are computed.
private struct ColumnBlocks {
  private enum Kind { case numbers, truths, texts }

  /// The number of rows when it is complete.
  private let count: Int
  private var kind: Kind?
  private var numbers: [Double] = []
  private var truths: [RowTruth] = []
  private var codes: [Int32] = []
  private var levels: [String] = []

  init(count: Int) { self.count = count }

  var column: RowColumn? {
    switch kind {
    case .numbers: .numbers(numbers)
    case .truths: .truths(truths)
    case .texts: .texts(codes, levels: levels)
    case nil: nil
    }
  }

  /// Takes the values of the next rows, unless they are of another kind than those before.
  mutating func append(_ lanes: Lanes, rows: Int) -> Bool {
    switch lanes {
    case .numbers(let more):
      guard holds(.numbers) else { return false }
      numbers.append(contentsOf: more)
    case .number(let number):
      guard holds(.numbers) else { return false }
      numbers.append(contentsOf: repeatElement(number, count: rows))
    case .truths(let more):
      guard holds(.truths) else { return false }
      truths.append(contentsOf: more)
    case .texts(let more, let levels):
      guard holds(.texts) else { return false }
      codes.append(contentsOf: more)
      self.levels = levels
    case .text(let text):
      guard holds(.texts) else { return false }
      codes.append(contentsOf: repeatElement(0, count: rows))
      levels = [text]
    case .none:
      guard holds(.texts) else { return false }
      codes.append(contentsOf: repeatElement(RowColumn.missingText, count: rows))
    }
    return true
  }

  /// Whether the column is of that kind; the first block decides.
  private mutating func holds(_ wanted: Kind) -> Bool {
    guard kind == nil else { return kind == wanted }
    kind = wanted
    switch wanted {
    case .numbers: numbers.reserveCapacity(count)
    case .truths: truths.reserveCapacity(count)
    case .texts: codes.reserveCapacity(count)
    }
    return true
  }
}
