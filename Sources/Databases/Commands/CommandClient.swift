import Synchronization
import TableIO

/// A user's own client, such as `psql`, `duckdb` or `bq`, run once for each query.
///
/// The query is one argument; what the client writes is read as CSV with a line of names.
public final class CommandClient: DatabaseClient {
  private let line: CommandLine
  private let seconds: Double
  public let quotes: [IdentifierQuote]
  /// What separates its cells, once that is known.
  private let delimiter = Mutex<Character?>(nil)

  /// - Parameter seconds: The most that a query may take.
  public init(_ line: CommandLine, seconds: Double) {
    self.line = line
    self.seconds = seconds
    quotes = [.double, .backtick]
  }

  public var engine: String { "`\(line.program)`" }

  public func query(
    _ sql: String, columns: [String], isCancelled: () -> Bool
  ) throws(DatabaseError) -> ResultTable {
    let delimiter = try delimiter(isCancelled)
    let output = try run(sql, isCancelled)
    guard output.contains(where: { !$0.isSpace }) else {
      return ResultTable(columns.map { Column($0, texts: []) })
    }
    var options = ReadingOptions(header: true, delimiter: String(delimiter))
    options.skip = 0
    options.encoding = "utf-8"
    let (table, report) = try table(output, options, isCancelled)
    guard report.refusedCount == 0 else {
      throw .unexpectedAnswer(
        engine: engine,
        reason: "\(report.refusedCount) lines of its output have other columns than the first")
    }
    return ResultTable(table.columns)
  }

  private func table(
    _ output: [UInt8], _ options: ReadingOptions, _ isCancelled: () -> Bool
  ) throws(DatabaseError) -> (table: Table, report: ReadingReport) {
    do throws(TableError) {
      return try Table.read(bytes: output, options: options, isCancelled: isCancelled)
    } catch {
      if error.problem == .cancelled { throw .cancelled }
      throw .unexpectedAnswer(engine: engine, reason: error.message)
    }
  }

  /// Asks for two named numbers, to see that there is a line of names and what separates cells.
  private func delimiter(_ isCancelled: () -> Bool) throws(DatabaseError) -> Character {
    if let known = delimiter.withLock({ $0 }) { return known }
    let output = try run("SELECT 1 AS thr_a, 2 AS thr_b", isCancelled)
    let first =
      String(decoding: output, as: UTF8.self)
      .split(whereSeparator: \.isNewline).first.map(\.trimmed) ?? ""
    let names = first.filter { $0 != "\"" }
    guard names.hasPrefix("thr_a"), names.hasSuffix("thr_b"), names.utf8.count == 11,
      let found = names.dropFirst(5).first
    else {
      throw .command(
        program: line.program,
        reason:
          "does not write CSV with a line of names: asked for columns `thr_a` and `thr_b`, it "
          + "began with `\(first.prefix(60))`; add its options for that, such as `-csv -header`")
    }
    delimiter.withLock { $0 = found }
    return found
  }

  private func run(_ sql: String, _ isCancelled: () -> Bool) throws(DatabaseError) -> [UInt8] {
    let result = try ChildOutput(
      line.arguments(for: sql), seconds: seconds, isCancelled: isCancelled)
    guard result.status == 0 else {
      throw .command(
        program: line.program,
        reason: "ended with status \(result.status)"
          + (result.complaint.isEmpty ? "" : ": \(result.complaint)"))
    }
    return result.output
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
