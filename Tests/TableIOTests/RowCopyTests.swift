import TestSupport
import Testing

@testable import TableIO

/// Rows copied with one more cell.
@Suite struct RowCopyTests {
  /// Copies a text, flagging scores of 0.5 and above.
  private static func copy(
    _ text: String, groups: [RowCopy.GroupColumn] = [],
    _ decide: (Double, [Cell]) -> Bool = { score, _ in score >= 0.5 }
  ) throws -> (text: String?, copy: RowCopy) {
    let files = MemoryFileSystem(texts: ["in.csv": text])
    let copy = try RowCopy(
      "in.csv", from: files, score: "p", groups: groups, adding: "decision",
      options: ReadingOptions(refusedRowsNamed: 3))
    let outcome = try copy.write(
      to: "out.csv", in: files, isCancelled: { false }, decide: decide)
    guard outcome == .copied else {
      #expect(!files.exists("out.csv"))
      return (nil, copy)
    }
    return (String(decoding: try files.readFile("out.csv"), as: UTF8.self), copy)
  }

  @Test(arguments: [
    // Spellings, spaces, quotes and line ends stay.
    ("p,y\n0.50,a\n00.4, b\n", "p,y,decision\n0.50,a,1\n00.4, b,0\n"),
    (
      "p,y\r\n1e-1,\"a,\"\"b\"\r\n.9,'x, y'\r\n",
      "p,y,decision\n1e-1,\"a,\"\"b\",0\r\n.9,'x, y',1\r\n"
    ),
    ("p;y\n1;\"two\nlines\"\n0;z", "p;y;decision\n1;\"two\nlines\";1\n0;z;0\n"),
    ("p\ty\n\"0.7\"\tO'Neil\n", "p\ty\tdecision\n\"0.7\"\tO'Neil\t1\n"),
    // Old Macs end lines so.
    ("p,y\r0.7,a\r0.2,b\r", "p,y,decision\n0.7,a,1\r0.2,b,0\r"),
    // An older column of the name is left out.
    ("p,decision,y\n1,7,a\n0,\"8\",b\n", "p,y,decision\n1,a,1\n0,b,0\n"),
    // Empty lines are no rows; without a score there is no decision.
    ("p,y\n\n1,a\n\nNA,b\n,c\nNaN,d\n0,e\n", "p,y,decision\n1,a,1\n0,e,0\n"),
    // Short rows are filled up, delimiters at the end of rows left out.
    ("p,y,z\n1,a\n0,b,c,,\n", "p,y,z,decision\n1,a,,1\n0,b,c,0\n"),
    // Infinite scores, and a name that needs quotes.
    ("p,\"a,b\"\ninf,1\n-inf,2\n", "p,\"a,b\",decision\ninf,1,1\n-inf,2,0\n"),
  ])
  func copies(text: String, expected: String) throws {
    #expect(try Self.copy(text).text == expected)
  }

  @Test func countsWhatIsLeftOut() throws {
    let (text, copy) = try Self.copy("p,y\n1,a,b\n0.2,c\nNA,d\n0.9,\"x\"y\n,e\n")
    #expect(text == "p,y,decision\n0.2,c,0\n")
    #expect(copy.rows == 1)
    #expect(copy.flagged == 0)
    #expect(copy.missingCount == 2)
    #expect(copy.missingLines == [4, 6])
    #expect(copy.report.refusedCount == 2)
    #expect(copy.report.refused.map(\.line) == [2, 5])
  }

  /// Scores that are no plain numbers, and files without a row, are read as tables.
  @Test(arguments: ["p,y\n0.2,a\n12 %,b\n", "p;y\n0,5;a\n", "p,y\nNA,a\n", "p y\n0.5 1\n0.6 2\n"])
  func leavesOthersToTheTable(text: String) throws {
    #expect(try Self.copy(text).text == nil)
  }

  @Test(arguments: [
    ("q,y\n1,2\n", "p"), ("p,y\n1,\"open\n", "quote"), ("", "empty"),
  ])
  func faultsLeaveNoFile(text: String, word: String) throws {
    do {
      _ = try Self.copy(text)
      Issue.record("no error")
    } catch let error as TableError {
      #expect(error.message.contains(word), "\(error.message)")
    }
  }

  @Test func groupsAreTextsOrNumbersAsAsked() throws {
    var seen: [[Cell]] = []
    let groups = [RowCopy.GroupColumn("g", isNumber: false), .init("n", isNumber: true)]
    _ = try Self.copy("p,g,n\n1,007,007\n1,\"NA\",NA\n1,NA,-0\n1, x ,1e0\n", groups: groups) {
      seen.append($1)
      return true
    }
    #expect(
      seen == [
        [.text("007"), .number(7)], [.text("NA"), .missing], [.missing, .number(0)],
        [.text("x"), .number(1)],
      ])
  }

  /// Random files over many windows: the same cells as the table has, and the decisions beside them.
  @Test func agreesWithTheTable() throws {
    var draws = Draws(seed: 5)
    let texts = ["a", "\"b\"\"c\"", "'d,e'", "", "NA", "\"two\nlines\"", "f g", "é", "\"\""]
    let numbers = ["0.5", "\"0.25\"", "1", "0", "5e-1", "0.499999", " 0.7", "NA", ""]
    for round in 0..<6 {
      let count = round == 0 ? 30_000 : 40
      let end = ["\n", "\r\n"][round % 2]
      var text = "y,p,z" + end
      for _ in 0..<count {
        let cells = [
          texts[draws.below(texts.count)], numbers[draws.below(numbers.count)],
          texts[draws.below(texts.count)],
        ]
        text += cells.joined(separator: ",") + end
      }
      let (output, copy) = try Self.copy(text)
      let result = try #require(output)
      let old = try Table.read(bytes: Array(text.utf8)).table
      let new = try Table.read(bytes: Array(result.utf8)).table
      let scores = try #require(old["p"]).numbers().values
      let kept = (0..<old.rows).filter { !scores[$0].isNaN }
      let expected = try old.subset(rows: kept)
      #expect(new.columnNames == ["y", "p", "z", "decision"])
      for name in old.columnNames {
        #expect(new[name]?.cells == expected[name]?.cells)
      }
      let flags = kept.map { scores[$0] >= 0.5 ? 1.0 : 0 }
      #expect(try new["decision"]?.numbers().values == flags)
      #expect(copy.flagged == flags.count { $0 == 1 })
      #expect(copy.missingCount == old.rows - kept.count)
    }
  }
}

extension Column {
  fileprivate var cells: [Cell] { (0..<count).map { self[$0] } }
}
