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

  /// The files that the rows come from, where they are several, in the order of the numbers.
  private let files: [RowFile]

  /// All rows of a source that has no lines.
  public init(fingerprint: UInt64, count: Int) {
    self.init(fingerprint: fingerprint, count: count, numbers: nil, lines: LineRuns())
  }

  init(
    fingerprint: UInt64, count: Int, numbers: [Int]? = nil, lines: LineRuns, files: [RowFile] = []
  ) {
    self.fingerprint = fingerprint
    self.count = count
    self.numbers = numbers
    self.lines = lines
    self.files = files
  }

  /// All rows of several files, one after the other.
  init(fingerprint: UInt64, files: [(path: String, origin: RowOrigin)]) {
    var runs: [RowFile] = []
    var count = 0
    for (path, origin) in files {
      runs.append(RowFile(first: count, path: path, lines: origin.lines))
      count += origin.count
    }
    self.init(fingerprint: fingerprint, count: count, lines: LineRuns(), files: runs)
  }

  /// The number of a row in its source, from 0.
  ///
  /// O(1).
  public func number(ofRow row: Int) -> Int {
    guard let numbers else { return row }
    return numbers.indices.contains(row) ? numbers[row] : row
  }

  /// The line of the file on which a row begins, or its number from 1 in a source without lines.
  ///
  /// O(log runs).
  public func line(ofRow row: Int) -> Int {
    let number = number(ofRow: row)
    guard let file = file(ofNumber: number) else { return lines.line(ofRow: number) }
    return file.lines.line(ofRow: number - file.first)
  }

  /// The path of the file that a row comes from, where the rows come from several; else `nil`.
  ///
  /// O(log files).
  public func file(ofRow row: Int) -> String? { file(ofNumber: number(ofRow: row))?.path }

  private func file(ofNumber number: Int) -> RowFile? {
    guard !files.isEmpty else { return nil }
    return files[max(files.partitioningIndex { $0.first > number } - 1, 0)]
  }

  /// The given rows, in the given order; they must exist.
  func selecting(_ rows: [Int]) -> RowOrigin {
    let numbers = numbers == nil ? rows : rows.map(number(ofRow:))
    return RowOrigin(
      fingerprint: fingerprint, count: rows.count, numbers: numbers, lines: lines, files: files)
  }
}

/// One of several files that rows come from, and the number of its first row.
struct RowFile: Hashable, Sendable {
  let first: Int
  let path: String
  let lines: LineRuns
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
