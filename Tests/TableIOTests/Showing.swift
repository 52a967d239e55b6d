import NumberText
import TableIO

/// A table as short text: names, then rows; numbers bare, texts in angle quotes, `·` for missing.
func shown(_ table: Table) -> String {
  let rows = (0..<table.rows).map { row in
    table.columns.map { shown($0[row]) }.joined(separator: "|")
  }
  return ([table.columnNames.joined(separator: "|")] + rows).joined(separator: " / ")
}

func shown(_ cell: Cell) -> String {
  switch cell {
  case .number(let value): value.shortestText
  case .text(let text): "‹\(text)›"
  case .missing: "·"
  }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func read(
  _ text: String, _ options: ReadingOptions = ReadingOptions()
) throws -> (table: Table, report: ReadingReport) {
  try Table.read(bytes: bytes(text), options: options)
}

/// What goes wrong when the text is read.
func problem(_ text: [UInt8], _ options: ReadingOptions = ReadingOptions()) -> TableError.Problem? {
  do throws(TableError) {
    _ = try Table.read(bytes: text, options: options)
    return nil
  } catch {
    return error.problem
  }
}

/// Draws that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  // Xorshift64*, of Marsaglia and Vigna.
  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_f491_4f6c_dd1d
  }
}
