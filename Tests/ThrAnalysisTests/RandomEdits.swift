import TestSupport
import Foundation
import ThrSyntax

@testable import ThrAnalysis

/// Edits as people make them, and as no one would.
struct RandomEdits {
  static let isLong = ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] != nil
  /// For each text; fifteen seeds with three times as many edits with THR_LONG_FUZZ set in the
  /// environment.
  static let seeds: [UInt64] = isLong ? (0..<15).map { $0 * 1_000 } : [0]
  static let count = isLong ? 60 : 20

  /// Pieces of the language, and single bytes.
  private static let pieces = [
    "\n", " ", "x", "1", "(", ")", "[", "]", "{", "}", "\"", ",", ".", "=", "#", "t", "data", " = ",
    "tune(s, ", "for ", "if ", "fn ", "else", "\\", "é", "use \"a.thr\"\n", "limit = 4\n", "|>",
    "fn total(a) = a\n", "%", "total", "data.train", "write(1, \"a\")\n", "\r\n", "\r", ";",
    "fn f(a) {\n  a + limit\n}\n", "# note\n", "base = 2\n", "scores = 1\n", "🙂", "\t", "//",
    "scaled(2, by=3)", "half", "even(2)", "\"{limit}\"", "if false { base = 1 }\n", "\0",
  ]

  struct Edit: CustomStringConvertible {
    let span: Span
    let bytes: [UInt8]

    var description: String {
      "\(span.start)..<\(span.end) becomes \(String(decoding: bytes, as: UTF8.self).debugDescription)"
    }
  }

  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed) }

  /// Whether it is time to begin with the first text again.
  var isTired: Bool { mutating get { below(8) == 0 } }

  mutating func next(in document: Document) -> Edit {
    let bytes = document.source.bytes
    switch below(10) {
    case 0: return lineMoved(document)
    case 1:
      let line = document.source.lines.span(ofLine: 1 + below(document.source.lines.count))
      return Edit(span: Span(line.start, line.start), bytes: Array("# ".utf8))
    case 2, 3: return tokenReplaced(document)
    case 4:
      // A line's end or its beginning, where statements meet.
      let line = document.source.lines.span(ofLine: 1 + below(document.source.lines.count))
      let place = below(2) == 0 ? line.start : line.end
      return Edit(
        span: Span(place, min(bytes.count, place + below(3))), bytes: below(2) == 0 ? [] : piece())
    default:
      let start = below(bytes.count + 1)
      let length = below(2) == 0 ? 0 : below(13)
      return Edit(span: Span(start, min(bytes.count, start + length)), bytes: piece())
    }
  }

  private mutating func piece() -> [UInt8] { Array(Self.pieces[below(Self.pieces.count)].utf8) }

  /// A line taken out, or written a second time.
  private mutating func lineMoved(_ document: Document) -> Edit {
    let lines = document.source.lines
    let line = 1 + below(lines.count)
    let start = lines.span(ofLine: line).start
    let end = line < lines.count ? lines.starts[line] : document.source.bytes.count
    if below(2) == 0 { return Edit(span: Span(start, end), bytes: []) }
    let place = lines.starts[below(lines.count)]
    return Edit(span: Span(place, place), bytes: Array(document.source.bytes[start..<end]))
  }

  /// A token in the place of another.
  private mutating func tokenReplaced(_ document: Document) -> Edit {
    let tokens = document.parse.tokens
    let other = tokens[below(tokens.count)].span
    return Edit(
      span: tokens[below(tokens.count)].span,
      bytes: below(3) == 0 ? [] : Array(document.source.bytes[other.start..<other.end]))
  }

  private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
}
