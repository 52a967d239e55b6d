import Algorithms

/// Which rows of which content a table holds, so that two reads of one file are the same rows.
public struct RowOrigin: Hashable, Sendable {
  /// A hash of the source's content.
  public let fingerprint: UInt64

  /// The number of rows.
  public let count: Int

  /// For each row its number in the source, from 0; `nil` where they are all of the source's rows,
  /// in their order.
  public let numbers: [Int]?

  private let lines: LineRuns

  /// All rows of a source that has no lines.
  public init(fingerprint: UInt64, count: Int) {
    self.init(fingerprint: fingerprint, count: count, numbers: nil, lines: LineRuns())
  }

  init(fingerprint: UInt64, count: Int, numbers: [Int]? = nil, lines: LineRuns) {
    self.fingerprint = fingerprint
    self.count = count
    self.numbers = numbers
    self.lines = lines
  }

  /// The number of a row in its source, from 0.
  ///
  /// O(1).
  public func number(ofRow row: Int) -> Int {
    guard let numbers else { return row }
    return numbers.indices.contains(row) ? numbers[row] : row
  }

  /// The line of the file on which a row begins, or its number from 1 in a source without lines.
  public func line(ofRow row: Int) -> Int { lines.line(ofRow: number(ofRow: row)) }

  /// The given rows, in the given order; they must exist.
  func selecting(_ rows: [Int]) -> RowOrigin {
    let numbers = numbers == nil ? rows : rows.map(number(ofRow:))
    return RowOrigin(
      fingerprint: fingerprint, count: rows.count, numbers: numbers, lines: lines)
  }
}

/// The lines on which a file's rows begin.
///
/// Nearly every file has one row a line, so that the lines of millions of rows are a run or two.
struct LineRuns: Hashable, Sendable {
  private struct Run: Hashable, Sendable {
    let row: Int
    let line: Int
  }

  private var runs: [Run] = []

  /// Notes where a row begins; rows come in order.
  mutating func append(row: Int, line: Int) {
    if let last = runs.last, line - last.line == row - last.row { return }
    runs.append(Run(row: row, line: line))
  }

  /// The line of a row, from 1; without any lines noted, one row a line.
  ///
  /// O(log runs).
  func line(ofRow row: Int) -> Int {
    guard !runs.isEmpty else { return row + 1 }
    let run = runs[max(runs.partitioningIndex { $0.row > row } - 1, 0)]
    return run.line + (row - run.row)
  }
}
