import Glibc
import TableIO
import TestSupport
import Testing

@testable import Databases

@Suite struct CommandClientTests {
  @Test(arguments: [
    ("duckdb -csv -c {sql}", ["duckdb", "-csv", "-c", "S 'x'; $(rm)"]),
    ("psql --csv", ["psql", "--csv", "S 'x'; $(rm)"]),
    ("'my client' --q={sql}!", ["my client", "--q=S 'x'; $(rm)!"]),
    ("a \"\" b", ["a", "", "b", "S 'x'; $(rm)"]),
  ])
  func givesTheQueryAsOneArgument(line: String, expected: [String]) throws {
    #expect(try #require(CommandLine(line)).arguments(for: "S 'x'; $(rm)") == expected)
  }

  @Test func refusesNoCommand() {
    #expect(CommandLine("  ") == nil)
    #expect(CommandLine("a 'b") == nil)
  }

  @Test func readsWhatAClientWrites() throws {
    let client = try Client(
      """
      case "$1" in
        *thr_a*) printf 'thr_a;thr_b\\n1;2\\n' ;;
        *none*) ;;
        *) printf 's;name\\n0.1;"a;b"\\n;\\n2;c\\n' ;;
      esac
      """)
    let table = try client.query("SELECT 'it''s'")
    #expect(table.columns.map(\.name) == ["s", "name"])
    #expect((0..<3).map { table.columns[0][$0] } == [.number(0.1), .missing, .number(2)])
    #expect(table.columns[1][0] == .text("a;b"))
    #expect(try client.query("none").columns.map(\.name) == ["x"])
    #expect(try client.query("none").rows == 0)
  }

  /// An engine that takes `"p"` for a text would sum up the text, and not the column.
  @Test func findsOutHowNamesAreQuoted() throws {
    let client = try Client(
      """
      case "$1" in
        *thr_a*) printf 'thr_a,thr_b\\n1,2\\n' ;;
        *\\"thr_x\\"*) printf 'n\\n1\\n' ;;
        *thr_x*) printf 'n\\n0\\n' ;;
        *) printf 'p,label\\n' ;;
      esac
      """)
    let table = try StoredTable(
      .query("select p, label from preds"), of: client.client, isCancelled: { false })
    #expect(table.dialect.quote == .backtick)
    #expect(table.columnNames == ["p", "label"])
  }

  @Test func showsWhatAClientComplainsOf() throws {
    let client = try Client("echo 'no table \"preds\"' >&2; echo hint >&2; exit 3")
    #expect {
      try client.query("SELECT 1")
    } throws: {
      "\($0)".hasSuffix("ended with status 3: no table \"preds\" hint")
    }
    #expect {
      try Client("echo 1,2").query("SELECT 1")
    } throws: {
      "\($0)".contains("does not write CSV with a line of names")
    }
    let missing = CommandClient(try #require(CommandLine("/nowhere/client")), seconds: 5)
    #expect {
      try missing.query("SELECT 1", columns: [], isCancelled: { false })
    } throws: {
      "\($0)".contains("cannot be started: No such file")
    }
  }

  @Test func endsAClientThatTakesTooLong() throws {
    // The program that it starts goes on unless its group is ended with it.
    let client = try Client("sleep 600", seconds: 0.05)
    #expect {
      try client.query("SELECT 1")
    } throws: {
      if case DatabaseError.timedOut = $0 { true } else { false }
    }
    let patient = try Client("sleep 600", seconds: 600)
    #expect(throws: DatabaseError.cancelled) { try patient.query("SELECT 1", isCancelled: true) }
  }
}

/// A client that a shell script plays.
private struct Client {
  fileprivate let client: CommandClient
  private let folder: TemporaryFolder

  init(_ script: String, seconds: Double = 60) throws {
    folder = try TemporaryFolder()
    let path = try folder.write("#!/bin/sh\n\(script)\n", to: "client")
    client = CommandClient(try #require(CommandLine("sh \(path)")), seconds: seconds)
  }

  func query(_ sql: String, isCancelled: Bool = false) throws -> ResultTable {
    try client.query(sql, columns: ["x"], isCancelled: { isCancelled })
  }
}
