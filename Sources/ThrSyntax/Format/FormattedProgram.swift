/// A program in the one style of the language, piece by piece.
///
/// The pieces' places cover the whole source, in order, and their texts are the formatted program.
public struct FormattedProgram: Sendable {
  public struct Piece: Hashable, Sendable {
    /// Whole lines of the source.
    public var source: Span
    /// What stands there in the style, with the end of its last line.
    public var text: [UInt8]
  }

  public private(set) var pieces: [Piece] = []

  /// - Complexity: O(n) in the length of the text.
  public init(_ parse: Parse) {
    let lines = FormattedLines(parse)
    let aligned = CommentAlignment(lines.pieces.flatMap(\.lines)).columns
    var line = 0
    var start = 0
    for piece in lines.pieces {
      var text: [UInt8] = []
      for written in piece.lines {
        written.append(to: &text, commentAt: aligned[line], from: parse.source.bytes)
        line += 1
      }
      pieces.append(Piece(source: Span(start, piece.end), text: text))
      start = piece.end
    }
    if start < parse.source.bytes.count {
      pieces.append(Piece(source: Span(start, parse.source.bytes.count), text: []))
    }
  }

  /// The whole program, which may not be valid UTF-8 where the source is not.
  public var bytes: [UInt8] { pieces.flatMap(\.text) }
}

extension LayoutRenderer.Line {
  fileprivate func append(to text: inout [UInt8], commentAt column: Int, from source: [UInt8]) {
    if isBlankBefore { text.append(.lineFeed) }
    text += repeatElement(.space, count: indent)
    text += code
    if let comment {
      if !code.isEmpty { text += repeatElement(.space, count: column - self.column) }
      text += source[comment.start..<comment.end]
    }
    text.append(.lineFeed)
  }
}

/// Where the comments behind code stand: below each other on lines that follow each other.
struct CommentAlignment {
  /// For each line, the column of its comment.
  private(set) var columns: [Int] = []

  init(_ lines: [LayoutRenderer.Line]) {
    var first = 0
    while first < lines.count {
      var last = first
      while last + 1 < lines.count, Self.areAligned(lines[last], lines[last + 1]) { last += 1 }
      align(lines[first...last])
      first = last + 1
    }
  }

  private static func areAligned(
    _ line: LayoutRenderer.Line, _ next: LayoutRenderer.Line
  ) -> Bool {
    line.hasCommentBehind && next.hasCommentBehind && !next.isBlankBefore
      && line.indent == next.indent
  }

  private mutating func align(_ lines: ArraySlice<LayoutRenderer.Line>) {
    let common = (lines.map(\.column).max() ?? 0) + 2
    columns += lines.map { line in
      // One long line does not push the comments of short ones out of sight.
      common <= LayoutRenderer.columns * 3 / 4 ? common : line.column + 2
    }
  }
}

extension LayoutRenderer.Line {
  fileprivate var hasCommentBehind: Bool { comment != nil && !code.isEmpty }
}
