/// Random numbers and texts that are the same in every run (SplitMix64).
struct Draws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  private static let parts = [
    "a", "b", "tune(", ")", " ", "  ", "\n", "é", "e\u{301}", "中", "0.5", "_", "\"", "# note", "[",
    "\n\n", "x = 1", "文字", "Ω",
  ]

  mutating func text(upTo count: Int) -> String {
    var text = ""
    let wanted = below(count + 1)
    while text.utf8.count < wanted { text += Self.parts[below(Self.parts.count)] }
    return text
  }
}
