import Foundation
import Testing

/// Types keys at random: the prompt survives it, and is left by Ctrl-D.
///
/// `scripts/fuzz/prompt` does the same for hours, under a sanitizer.
@Suite(.serialized) struct RandomKeysTests {
  private static let texts = [
    "a", "x", "sum", "tune(", "f1", "data.", "[", "]", "(", ")", "{", "}", " ", "=", "0.5", ",",
    "\"", "#", "|>", ".he", ".vars", "?", "_", "for i in [1] {", "é", "e\u{301}", "\u{301}", "中",
    "文字", "👍", "👨‍👩‍👧", "🇩🇪", "❤️", "\u{200D}", "\u{202E}", "\0", "\u{FFFF}", "\u{10FFFF}",
  ].map { Array($0.utf8) }

  private static let broken: [[UInt8]] = [
    [0xFF], [0xC3], [0xE4, 0xB8], [0xF0, 0x9F, 0x91], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0x80],
  ]

  /// All but what leaves, suspends or kills: Ctrl-D, Ctrl-Z and Ctrl-\.
  private static let controls: [[UInt8]] =
    (0..<0x20).filter { ![0x04, 0x1A, 0x1C].contains($0) }.map { [$0] } + [[0x7F], [0x7F], [0x7F]]

  private static let keys = [
    "[A", "[B", "[C", "[D", "[H", "[F", "[3~", "[5~", "[6~", "[Z", "[1;5C", "[1;5D", "[99~", "[1;",
    "[", "O", "OA", "\r", "b", "f", "d", "u", "l", "c", "y", "_", "<", ">", "\u{7F}", "5", "-", "t",
    "[200~x = 1\ny = [2,\n\t3]\n\u{1B}[201~", "[200~", "[201~",
  ].map { Array("\u{1B}\($0)".utf8) }

  private static let viKeys = "hjklwbeWBE0$^fFtTdcyxXrRsSaAiIoOpPu.~;,%|gGnN/?_\u{1B}"
    .utf8.map { [$0] }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func areSurvived(seed: UInt64) throws {
    let state = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: state) }
    let isVi = seed.isMultiple(of: 2)
    try Data((isVi ? "bind -v\n" : "bind -e\n").utf8)
      .write(to: state.appending(path: ".editrc"))

    let session = try TerminalSession([], state: state)
    try session.prompt("thr>")
    var draws = Draws(state: seed)
    let kinds =
      [Self.texts, Self.texts, Self.texts, Self.broken, Self.controls, Self.keys]
      + (isVi ? [Self.viKeys, Self.viKeys] : [])
    for _ in 0..<60 {
      if Int.random(in: 0..<10, using: &draws) == 0 {
        session.resize(
          columns: .random(in: 10...160, using: &draws), rows: .random(in: 3...60, using: &draws))
      }
      let burst = (0..<Int.random(in: 1...10, using: &draws)).flatMap { _ in
        kinds.randomElement(using: &draws)!.randomElement(using: &draws)!
      }
      try #require(
        try session.press(burst), "the prompt ended within what seed \(seed) types")
    }
    #expect(try session.leave() == 0)
  }

  /// SplitMix64.
  private struct Draws: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      return bits ^ (bits >> 31)
    }
  }
}
