import TableIO
import Testing

/// Files that all processors read in parts: what is found depends neither on where the parts begin
/// nor on how many there are.
@Suite struct LargeFileTests {
  /// A row as it stands in the file, and what it is read as; `nil` where it is refused.
  private struct Row {
    let text: String
    let cells: (Double?, String?)?
    var lines = 1
  }

  /// Rows of every make, the odd ones `rarity` times rarer than the others.
  private static func rows(rarity: Int) -> [Row] {
    var random = SeededGenerator(seed: UInt64(rarity))
    let words = ["low", "middle", "high", "very high"]
    return (0..<60_000).map { index in
      let number = Double(Int.random(in: -9_999...9_999, using: &random)) / 64
      // Levels come up one after another along the file.
      let word = words[min(index / 15_000, Int.random(in: 0...3, using: &random))]
      switch Int.random(in: 0..<7 * rarity, using: &random) {
      case 0: return Row(text: "\(number)\n", cells: nil)
      case 1: return Row(text: "NA,\(word)\n", cells: (nil, word))
      case 2: return Row(text: "\(number),?\n", cells: (number, nil))
      case 3: return Row(text: "\(number),\"1,x\n2,y\"\n", cells: (number, "1,x\n2,y"), lines: 2)
      case 4: return Row(text: "\(number),never,1\n", cells: nil)
      default: return Row(text: "\(number),\(word)\n", cells: (number, word))
      }
    }
  }

  @Test(arguments: [1, 2_000])
  func isReadRowByRow(rarity: Int) throws {
    let rows = Self.rows(rarity: rarity)
    let text = "score,level\n" + rows.map(\.text).joined()
    let (table, report) = try read(text)
    let kept = rows.compactMap(\.cells)
    #expect(report.refusedCount == rows.count - kept.count)
    let expected = try Table(columns: [
      Column("score", numbers: kept.map { $0.0 ?? .nan }), Column("level", texts: kept.map(\.1)),
    ])
    #expect(table.hasSameContent(as: expected))
    var line = 2
    var row = 0
    for given in rows {
      if given.cells != nil {
        if table.line(ofRow: row) != line { Issue.record("row \(row) is not on line \(line)") }
        row += 1
      }
      line += given.lines
    }
  }

  /// Nearly everything stands in quotes with line ends, so that parts hardly ever begin with a row.
  @Test func quotedLineEndsAreNoLineEnds() throws {
    let row = "1,\"\n2,3\n4,5\n6,7\n\"\n"
    let count = 35_000
    let table = try read("a,b\n" + String(repeating: row, count: count)).table
    #expect(table.rows == count)
    #expect(table["a"]?.distinctValues().values.map(\.count) == [count])
    #expect(table["b"]?.distinctValues().values.map(\.count) == [count])
  }

  /// A column that turns out to be texts at the very end.
  @Test func aLateTextIsFound() throws {
    let count = 120_000
    let table = try read("a\n" + String(repeating: "0.25\n", count: count) + "x\n").table
    #expect(table["a"]?.distinctValues().values.map(\.count) == [count, 1])
    #expect(table["a"]?.firstText?.line == count + 2)
  }
}
