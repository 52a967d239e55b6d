/// Random numbers and texts that are the same in every run.
public struct Draws {
  private var generator: SeededGenerator

  public init(seed: UInt64) { generator = SeededGenerator(seed) }

  public mutating func next() -> UInt64 { generator.next() }

  /// A number from 0 to below the bound.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  private static let parts = [
    "a", "b", "tune(", ")", " ", "  ", "\n", "é", "e\u{301}", "中", "0.5", "_", "\"", "# note", "[",
    "\n\n", "x = 1", "文字", "Ω",
  ]

  /// A text of about as many bytes at most, in the language's manner.
  public mutating func text(upTo count: Int) -> String {
    var text = ""
    let wanted = below(count + 1)
    while text.utf8.count < wanted { text += Self.parts[below(Self.parts.count)] }
    return text
  }
}
