import Testing
import ThrModel

@testable import TerminalOutput

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain é 中 █ …", "plain é 中 █ …"), ("a\tb\nc", "a\tb\nc"), ("\u{1B}[2J", "␛[2J"),
    ("\u{1B}]0;title\u{7}", "␛]0;title␇"), ("\u{9B}2J", "\u{FFFD}2J"), ("a\rb\u{7F}", "a␍b␡"),
    ("\u{202E}evil", "\u{FFFD}evil"),
    ("\u{61C}a\u{200E}b\u{200F}\u{2069}", "\u{FFFD}a\u{FFFD}b\u{FFFD}\u{FFFD}"), ("س", "س"),
    ("\u{1B}[31mred", "␛[31mred"), ("\0", "␀"),
  ])
  func escapesData(text: String, shown: String) {
    #expect(TerminalText.escaped(text) == shown)
  }

  @Test(arguments: [
    ("\u{1B}[1;31mred\u{1B}[0m", "\u{1B}[1;31mred\u{1B}[0m"), ("\u{1B}[mx", "\u{1B}[mx"),
    ("\u{1B}[2Jx", "␛[2Jx"), ("\u{1B}[31", "␛[31"), ("\u{1B}", "␛"), ("\u{1B}]8;;m", "␛]8;;m"),
    ("\u{1B}[31\u{1B}[0mx", "␛[31\u{1B}[0mx"),
    ("\u{1B}[11111111111111111m", "␛[11111111111111111m"),
  ])
  func keepsColoursOfRendering(text: String, shown: String) {
    #expect(TerminalText.escaped(text, from: .rendering) == shown)
  }

  @Test func textsAreData() {
    #expect(Value.text("\u{1B}[31m").origin == .data)
  }
}

@Suite struct ColourRuleTests {
  @Test(arguments: [
    (["TERM": "xterm"], true), ([:], false), (["TERM": ""], false), (["TERM": "dumb"], false),
    (["TERM": "xterm", "NO_COLOR": "1"], false), (["TERM": "xterm", "NO_COLOR": ""], true),
  ])
  func coloursOnTerminals(environment: [String: String], isWanted: Bool) {
    #expect(Terminal.wantsColour(isTerminal: true) { environment[$0] } == isWanted)
    #expect(!Terminal.wantsColour(isTerminal: false) { environment[$0] })
  }
}
