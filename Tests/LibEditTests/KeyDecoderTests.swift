import TestSupport
import Testing

@testable import LibEdit

@Suite struct KeyDecoderTests {
  private func presses(_ bytes: [UInt8]) -> [KeyPress] {
    var decoder = KeyDecoder()
    decoder.feed(bytes)
    var presses: [KeyPress] = []
    while let press = decoder.next(isComplete: true) { presses.append(press) }
    return presses
  }

  private func presses(_ text: String) -> [KeyPress] { presses(Array(text.utf8)) }

  @Test(arguments: [
    ("\u{1B}[A", SpecialKey.up), ("\u{1B}OB", .down), ("\u{1B}[1;5C", .wordRight),
    ("\u{1B}[1;3D", .wordLeft), ("\u{1B}[3~", .delete), ("\u{1B}[3;5~", .deleteWord),
    ("\u{1B}[Z", .backTab), ("\u{1B}\r", .newline), ("\u{1B}[13;2u", .newline),
    ("\u{1B}[27;5;13~", .newline), ("\u{1B}[1~", .home), ("\u{1B}OF", .end), ("\u{1B}OP", .help),
    ("\u{1B}[1;2C", .shiftRight), ("\u{1B}[1;2D", .shiftLeft), ("\u{1B}[C", .right),
  ])
  func knowsKeys(sequence: String, key: SpecialKey) {
    #expect(presses(sequence) == [.key(key)])
  }

  @Test func readsCharactersThatCameInPieces() {
    var decoder = KeyDecoder()
    decoder.feed([0xE4, 0xB8])
    #expect(decoder.next() == nil)
    decoder.feed([0xAD])
    #expect(decoder.next() == .character("中"))
  }

  @Test(
    arguments: [
      ([0xFF, 0x61], "\u{FFFD}a"), ([0xE4, 0xB8, 0x61], "\u{FFFD}a"), ([0xC3], "\u{FFFD}"),
      ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"), ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}"),
      ([0xED, 0xA0, 0x80, 0x61], "\u{FFFD}a"),
    ] as [([UInt8], String)])
  func showsBrokenTextAsReplacements(bytes: [UInt8], text: String) {
    #expect(presses(bytes) == text.unicodeScalars.map { .character($0) })
  }

  @Test func aPasteIsOnePressWithoutControlCharacters() {
    let text = "\u{1B}[200~a\r\nb\rc\td\u{1B}[31m\u{7}é\u{1B}[201~x"
    #expect(presses(text) == [.paste("a\nb\nc  d[31mé"), .character("x")])
  }

  @Test func waitsForTheEndOfAPaste() {
    var decoder = KeyDecoder()
    decoder.feed("\u{1B}[200~x = 1\u{1B}[20".utf8)
    #expect(decoder.next() == nil && decoder.isPasting)
    decoder.feed("1~".utf8)
    #expect(decoder.next() == .paste("x = 1"))
  }

  /// Ctrl-C after an input is for the run; in a paste it is nothing.
  @Test(arguments: [
    ("", false, ""), ("ab", false, "ab"), ("\u{3}", true, ""), ("ab\u{3}\u{3}c", true, "c"),
    ("a\u{1B}[200~b\u{3}\u{1B}[201~", false, "a"), ("\u{3}\u{1B}[200~b\u{3}", true, ""),
  ])
  func findsAnInterrupt(typed: String, isFound: Bool, rest: String) {
    var decoder = KeyDecoder()
    decoder.feed(typed.utf8)
    let found = [decoder.takeInterrupt(), decoder.takeInterrupt()]
    #expect(found == [isFound, false])
    var presses: [KeyPress] = []
    while let press = decoder.next(isComplete: true) { presses.append(press) }
    #expect(presses.prefix(rest.count) == rest.unicodeScalars.map { .character($0) }[...])
    #expect(presses.dropFirst(rest.count).allSatisfy { $0 == .paste("b") })
  }

  @Test func passesOverWhatItDoesNotKnow() {
    #expect(presses("\u{1B}[99~a") == [.unknown(Array("\u{1B}[99~".utf8)), .character("a")])
    #expect(presses("\u{1B}f") == [.character("\u{1B}"), .character("f")])
  }

  /// No bytes stop it, and every byte is used up.
  @Test(arguments: 1...50) func takesAnyBytes(seed: UInt64) {
    var draws = Draws(seed: seed)
    let starters: [[UInt8]] = [
      [0x1B], [0x1B, 0x5B], Array("\u{1B}[200~".utf8), [0xE4], [0xF0, 0x9F],
    ]
    var bytes: [UInt8] = []
    for _ in 0..<300 {
      bytes +=
        draws.below(4) == 0 ? starters[draws.below(starters.count)] : [UInt8(draws.below(256))]
    }
    var decoder = KeyDecoder()
    for byte in bytes {
      decoder.feed([byte])
      while decoder.next() != nil {}
    }
    while decoder.next(isComplete: true) != nil {}
    #expect(decoder.isEmpty)
  }
}
