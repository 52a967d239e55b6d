import Foundation
import Testing
import ThrAnalysis
import ThrModel
import ThrSyntax
import ToyLibrary

@testable import ThrLanguageServer

/// Edits a text at random, as a client reports it, and holds every state against a fresh look.
struct EditFuzz {
  /// A quarter of 10,000 with THR_LONG_FUZZ set in the environment.
  static let editsPerSeed =
    ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] == nil ? 100 : 2_500

  private static let pieces = [
    "x", "y = ", "cube(", ")", "(", "[1, 2", "]", "{", "}", "{a: 1}", "\n", "\r\n", "\r", ";", " ",
    "# note\n", "\"text {x:.2f}\"", "\"", "fn f(a, b=1) = a + b\n", "fn g(a) {\n  a\n}\n", "f(1)",
    "for i in [1, 2] {\n", "if x > 1 { 2 } else { 3 }", "|> cube", ".member", "1e-3", "99%", "🙂",
    "é中", "use \"b.thr\"\n", "mix(1, 2, how=\"evenly\")", " + ", " == ", "f1 >= 0.5", "\t", "\0",
  ]

  private var random: Random
  private let vocabulary = Library.toy.vocabulary

  init(seed: UInt64) { random = Random(state: seed) }

  func run(edits: Int) {
    var fuzz = self
    fuzz.edit(times: edits)
  }

  private mutating func edit(times: Int) {
    let encoding = PositionEncoding.allCases[random.below(3)]
    var plain = Array("x = cube(2)\ny = x + 1\n".unicodeScalars)
    let open = OpenDocument(
      "file:///project/a.thr", version: 0, Source(""),
      Document(Source(""), knowing: vocabulary), encoding
    ) { _, _ in UsedFiles() }
    open.change(to: 0, [TextChange(range: nil, text: string(plain))])
    for version in 1...times {
      open.change(to: version, changes(of: &plain, encoding))
      guard isSame(open, string(plain)) else { return }
    }
  }

  /// One to three changes, made to the characters too.
  private mutating func changes(
    of plain: inout [Unicode.Scalar], _ encoding: PositionEncoding
  ) -> [TextChange] {
    (0...random.below(3)).map { _ in
      let isTooLong = plain.count > 2_000
      var start = random.below(plain.count + 1)
      var end = min(plain.count, start + random.below(isTooLong ? 1_500 : 12))
      // Positions cannot point between the two halves of a line's end.
      if splitsLineEnd(plain, start) { start -= 1 }
      if splitsLineEnd(plain, end) { end -= 1 }
      let text = (0..<random.below(4)).map { _ in Self.pieces[random.below(Self.pieces.count)] }
        .joined()
      let change = TextChange(
        range: LineRange(
          start: place(plain, start, encoding), end: place(plain, max(start, end), encoding)),
        text: text)
      plain.replaceSubrange(start..<max(start, end), with: text.unicodeScalars)
      return change
    }
  }

  private func splitsLineEnd(_ plain: [Unicode.Scalar], _ index: Int) -> Bool {
    index > 0 && index < plain.count && plain[index - 1] == "\r" && plain[index] == "\n"
  }

  /// Where a client would say that a character stands, counted by itself.
  private func place(
    _ plain: [Unicode.Scalar], _ index: Int, _ encoding: PositionEncoding
  ) -> LinePosition {
    var position = LinePosition(line: 0, character: 0)
    for (at, scalar) in plain[..<index].enumerated() {
      let isPair = scalar == "\r" && at + 1 < plain.count && plain[at + 1] == "\n"
      if scalar == "\n" || scalar == "\r" && !isPair {
        position = LinePosition(line: position.line + 1, character: 0)
      } else if !isPair {
        position.character +=
          encoding == .utf8
          ? scalar.utf8.count : encoding == .utf16 ? scalar.utf16.count : 1
      }
    }
    return position
  }

  private func string(_ plain: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: plain)
    return String(text)
  }

  /// Whether the incremental text is the whole text, and its analysis a fresh one's.
  private func isSame(_ open: OpenDocument, _ text: String) -> Bool {
    let fresh = Document(
      Source(text), knowing: vocabulary, following: Workspace.following)
    open.bringUpToDate()
    let kept = open.document
    #expect(open.coordinates.source.bytes == Array(text.utf8))
    #expect(kept.source == fresh.source)
    #expect(kept.diagnostics == fresh.diagnostics)
    #expect(kept.colours == fresh.colours)
    #expect(kept.symbols == fresh.symbols)
    #expect(kept.foldings == fresh.foldings)
    return kept.source == fresh.source && kept.diagnostics == fresh.diagnostics
      && kept.colours == fresh.colours && kept.symbols == fresh.symbols
  }
}

/// SplitMix64: the same numbers from the same seed, everywhere.
struct Random {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
