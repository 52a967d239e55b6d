import Foundation
import Testing
import ThrSyntax
import TreeSitterScanner

/// The scanner that Tree-sitter asks where statements end, run as it runs it.
@Suite struct ScannerTests {
  /// Where the line end at a place ends; `nil` where none stands there that ends a statement.
  private func lineEnd(_ text: String, at start: Int = 0, isWanted: Bool = true) -> Int? {
    let characters = text.unicodeScalars.map { Int32(bitPattern: $0.value) }
    var end = 0
    let isFound = thr_scan_line_end(characters, characters.count, start, isWanted, &end)
    return isFound ? end : nil
  }

  @Test(
    arguments: [
      ("\n", 1), ("\r\n", 2), ("\r", 1), (" \t\n", 3), ("\nx", 1), ("\n\n\nx", 1),
      ("\n # é\n x", 1),
      ("\n# a\r\n# b\rx", 1), ("\nelsewhere = 1", 1), ("\nelse_1", 1), ("\nelseif", 1),
      ("\nels", 1),
      ("\n|x", 1), ("\n#|> x", 1), ("\nélse", 1),
      ("", nil), ("x", nil), (" ", nil), ("# a\n", nil), (";\n", nil),
      ("\n|> f", nil), ("\n  # why\n\n  |> f", nil), ("\n.x", nil), ("\r\n.x", nil),
      ("\n\t.x", nil), ("\nelse", nil), ("\nelse {", nil), ("\n# a\nelse if", nil),
    ] as [(String, Int?)])
  func ends(text: String, end: Int?) {
    #expect(lineEnd(text) == end)
    #expect(lineEnd("x" + text, at: 1) == end.map { $0 + 1 })
    // Where none is expected, a line end is a space.
    #expect(lineEnd(text, isWanted: false) == nil)
  }

  /// What may stand between two lines, and how the next begins.
  private static let gaps = ["\n", "\r\n", "\r", " \n\t", "\n\n", "\n# c\n", "  \n  # |> \n\n "]
  private static let beginnings = [
    "y", "|> f", "|>f()", ".y", "elsewhere", "else_", "else1", "\"else\"", "(y)", "[y]", "-y", "5",
    "not y", "fn f() = 1", "for i in x { i }", "elséwhere",
  ]

  @Test func agreesWithTheParser() {
    for gap in Self.gaps {
      for beginning in Self.beginnings {
        let text = "x" + gap + beginning
        let statements = parse(text).program.statements.count
        #expect((lineEnd(text, at: 1) != nil) == (statements == 2), "\(text.debugDescription)")
      }
      for beginning in ["else { 2 }", "else if y { 2 }", "elsewhere", "else1 = 2", "y"] {
        let text = "if x { 1 }" + gap + beginning
        let statements = parse(text).program.statements.count
        #expect((lineEnd(text, at: 10) != nil) == (statements == 2), "\(text.debugDescription)")
      }
    }
  }

  /// Every line end of the scripts that is outside of brackets.
  @Test func agreesWithTheParserOnTheScripts() throws {
    var ends = 0
    var continuations = 0
    for script in try GrammarFile.scripts().map(onMoreLines) {
      let parsed = parse(script)
      #expect(parsed.diagnostics.isEmpty)
      let bytes = Array(script.utf8)
      for place in bytes.indices where bytes[place] == UInt8(ascii: "\n") {
        let inside = parsed.program.statements.contains {
          $0.span.start < place && place < $0.span.end
        }
        guard !isInBrackets(parsed, place), !(inside && isAfterOperator(parsed, place)) else {
          continue
        }
        if inside { continuations += 1 } else { ends += 1 }
        let before = String(decoding: bytes[..<place], as: UTF8.self).unicodeScalars.count
        #expect((lineEnd(script, at: before) != nil) == !inside, "\(script.prefix(40)) at \(place)")
      }
    }
    #expect(ends > 300)
    #expect(continuations > 0)
  }

  /// The script with each stage and each member on a line of its own.
  private func onMoreLines(_ script: String) -> String {
    script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard !line.contains(/[#"]/) else { return String(line) }
      return String(line).replacing(" |> ", with: "\n  # so\n\n  |> ")
        .replacing(/\.(?=[a-z])/, with: "\n  .")
    }.joined(separator: "\n")
  }

  private func isInBrackets(_ parsed: Parse, _ place: Int) -> Bool {
    var open = 0
    for token in parsed.tokens where token.span.start < place {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open += 1
      case .rightParenthesis, .rightBracket, .rightBrace: open -= 1
      default: break
      }
    }
    return open > 0
  }

  /// Where the statement cannot end, Tree-sitter does not ask.
  private func isAfterOperator(_ parsed: Parse, _ place: Int) -> Bool {
    let last = parsed.tokens.last { $0.span.end <= place && $0.kind != .newline }
    let operators: Set<Token.Kind> = [
      .assign, .plus, .minus, .times, .divide, .remainder, .power, .pipe, .and, .or, .not, .in,
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]
    return last.map { operators.contains($0.kind) } ?? false
  }
}
