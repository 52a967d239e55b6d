import TestSupport
import Testing
import ThrSyntax

/// A formatted program in which statements can be broken, with what formatting must make of it.
struct BreakableProgram {
  /// A place where a statement may be broken.
  struct Gap {
    var indent: Int
    /// Whether it stands in a block within brackets, in which no closer closes nothing.
    var isInBrackets: Bool
  }

  private enum Line {
    case sound(String)
    case gap(Gap)
  }

  private var lines: [Line] = []

  /// Opens gaps before some of the statements that begin a line; a gap shapes what is around it as
  /// a name would.
  init(_ text: String, gaps count: Int, _ random: inout SeededGenerator) {
    let opened = Self(formatted: text, gaps: count, &random)
    let named = opened.filled(with: opened.gaps.map { _ in ["gap_of_the_program"] })
    for line in formatted(parse(named)).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasSuffix("gap_of_the_program"), let gap = opened.gaps.dropFirst(gaps.count).first {
        lines.append(.gap(gap))
      } else {
        lines.append(.sound(String(line)))
      }
    }
  }

  private init(formatted text: String, gaps count: Int, _ random: inout SeededGenerator) {
    let brackets = Self.brackets(in: text)
    var starts = Set(Self.starts(in: parse(text)).shuffled(using: &random).prefix(count))
    var start = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = line.prefix { $0 == " " }.count
      if starts.remove(start + indent) != nil {
        let place = start + indent
        lines.append(
          .gap(Gap(indent: indent, isInBrackets: brackets.contains { $0.contains(place) })))
      }
      lines.append(.sound(String(line)))
      start += line.utf8.count + 1
    }
  }

  var gaps: [Gap] { lines.compactMap { if case .gap(let gap) = $0 { gap } else { nil } } }

  /// What stands in parentheses and brackets.
  private static func brackets(in text: String) -> [Range<Int>] {
    var open: [Int] = []
    var ranges: [Range<Int>] = []
    for token in tokens(of: Source(text)) {
      switch token.kind {
      case .leftParenthesis, .leftBracket: open.append(token.end)
      case .rightParenthesis, .rightBracket: ranges.append((open.popLast() ?? 0)..<token.start)
      default: break
      }
    }
    return ranges
  }

  /// Where the statements of the program and of its blocks begin.
  private static func starts(in parsed: Parse) -> [Int] {
    var starts = parsed.program.statements.map(\.span.start)
    func visit(_ block: Block) {
      starts += block.statements.map(\.span.start)
      block.statements.forEach(visit)
    }
    func visit(_ expression: Expression) {
      expression.blocks.forEach(visit)
      expression.parts.forEach(visit)
    }
    func visit(_ statement: Statement) {
      switch statement {
      case .assignment(let assignment): visit(assignment.value)
      case .function(let function):
        switch function.body {
        case .expression(let value): visit(value)
        case .block(let block): visit(block)
        }
      case .loop(let loop):
        visit(loop.sequence)
        visit(loop.body)
      case .expression(let value): visit(value)
      case .use, .invalid: break
      }
    }
    parsed.program.statements.forEach(visit)
    return starts
  }

  /// The program with its gaps filled, each with lines that are further in by what they say.
  func filled(with pieces: [[String]]) -> String { text(pieces, further: 0) { line, _ in line } }

  /// The same, the sound lines written badly: as far in again as they are, and with more spaces.
  func mistreated(with pieces: [[String]], _ random: inout SeededGenerator) -> String {
    text(pieces, further: 1) { line, indent in
      String(repeating: " ", count: indent) + Self.stretched(line, &random)
    }
  }

  private func text(
    _ pieces: [[String]], further: Int, _ written: (String, Int) -> String
  ) -> String {
    var pieces = pieces[...]
    return lines.map { line in
      switch line {
      case .sound(let line): return written(line, further * line.prefix { $0 == " " }.count)
      case .gap(let gap):
        let indent = String(repeating: " ", count: gap.indent * (1 + further))
        return (pieces.popFirst() ?? []).map { indent + $0 }.joined(separator: "\n")
      }
    }.joined(separator: "\n")
  }

  /// A line with more spaces where one stands between two words.
  private static func stretched(_ line: String, _ random: inout SeededGenerator) -> String {
    let bytes = Array(line.utf8)
    var result: [UInt8] = []
    var (end, texts) = (0, 0)
    for token in tokens(of: Source(line)) {
      result += bytes[end..<token.start]
      if token.kind == .textEnd { texts -= 1 }
      if token.kind == .textStart { texts += 1 }
      if end > 0, texts == 0, token.start == end + 1, token.kind != .comment {
        result += repeatElement(UInt8(ascii: " "), count: Int.random(in: 0...2, using: &random))
      }
      result += bytes[token.start..<token.end]
      end = token.end
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// Programs some of whose statements are broken.
@Suite struct BrokenProgramTests {
  /// Broken statements that end where their lines do.
  private static let pieces: [[String]] = [
    ["b= = 2"], ["x=1  2  # why "], ["f(1  2)"], ["y=\"open"], ["1_ +a"],
    ["x = f(1  2,", "    3", ")"], ["f( a= ,", "  # inside", "  b)"], ["use  x"],
    ["fn 3(a)=a"], ["for x  of xs {", "  a = 1", "}"], ["x = if  { a  }"], ["x==1=2"], ["1<x<2"],
    ["x = 5 %%3"], ["é=€"],
  ]
  /// Others that do so where no bracket is open around them.
  private static let unpaired: [[String]] = [["f(1,,2"], ["x = [1,(2"], ["a=)"], ["]"]]

  private func programs() -> [String] {
    (0..<40).map { formatted(parse(RandomProgram(seed: UInt64($0)).text)) }
      + FormatProperties.scripts.map { formatted(parse($0.text)) }
  }

  @Test func whatIsSoundIsFormattedAsInTheUnbrokenProgram() {
    var random = SeededGenerator(11)
    for program in programs() {
      for count in [1, 3] {
        let breakable = BreakableProgram(program, gaps: count, &random)
        let pieces = breakable.gaps.map { gap in
          (Self.pieces + (gap.isInBrackets ? [] : Self.unpaired)).randomElement(using: &random)
            ?? []
        }
        let broken = breakable.filled(with: pieces)
        #expect(FormatPromise.check(broken) == broken)
        let bad = breakable.mistreated(with: pieces, &random)
        #expect(FormatPromise.check(bad) == broken, "\(bad)")
      }
    }
  }

  @Test func keepsWhatEditsBreakAnywhere() {
    var random = SeededGenerator(5)
    let pieces = [
      "(", ")", "{", "}", "[", "]", "\"", "\n", "  ", ",", ";", "#", "=", "x", "1_", "é", "\r",
      "else", " if ", "\t", "|>", "{\n", "\n}", "fn ", ".", "for x in ",
    ]
    for seed in 0..<700 {
      var text = Array(RandomProgram(seed: UInt64(seed), statements: 4).text.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0...text.count, using: &random)
        let end = min(text.count, place + Int.random(in: 0...2, using: &random))
        text.replaceSubrange(
          place..<end, with: Array((pieces.randomElement(using: &random) ?? "").utf8))
      }
      FormatPromise.check(String(decoding: text, as: UTF8.self))
    }
  }
}
