import LibEdit
import Testing
import ThrModel

@testable import ThrREPL

@Suite struct ScreenKeyTests {
  @Test(arguments: [
    (KeyPress.key(.left), ScreenKey.left), (.key(.shiftRight), .farRight),
    (.character("\r"), .enter),
    (.character("\u{1B}"), .escape), (.character("m"), .character("m")),
    (.unknown(Array("\u{1B}[<0;5;4M".utf8)), .mouse(column: 4, row: 3)),
    (.unknown(Array("\u{1B}[<32;80;24M".utf8)), .mouse(column: 79, row: 23)),
    (.unknown(Array("\u{1B}[<64;1;1M".utf8)), .up),
    (.unknown(Array("\u{1B}[<65;1;1M".utf8)), .down),
  ])
  func isKnown(press: KeyPress, key: ScreenKey) { #expect(ScreenKey(press) == key) }

  @Test(arguments: [
    // A button let go of, another button, and what is no mouse at all.
    KeyPress.unknown(Array("\u{1B}[<0;5;4m".utf8)), .unknown(Array("\u{1B}[<2;5;4M".utf8)),
    .unknown(Array("\u{1B}[<0;5M".utf8)), .unknown(Array("\u{1B}[9x".utf8)), .paste("q"),
    .character("\u{7}"), .key(.delete),
  ])
  func isIgnored(press: KeyPress) { #expect(ScreenKey(press) == nil) }
}
