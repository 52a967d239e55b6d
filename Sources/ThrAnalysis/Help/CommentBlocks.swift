import Algorithms
import ThrSyntax

/// The comments of a text that stand on lines of their own, for what stands below them.
struct CommentBlocks: Sendable {
  private let source: Source
  private let comments: [Token]

  init(_ parse: Parse) {
    source = parse.source
    comments = parse.comments
  }

  /// The comment lines directly above the line of `offset`, without their signs; empty where none
  /// stand there.
  func text(above offset: Int) -> String {
    var line = source.lines.line(at: offset) - 1
    var index = firstIndex(from: offset) - 1
    var lines: [String] = []
    while index >= 0, line >= 1, let text = wholeLine(comments[index], line: line) {
      lines.append(text)
      line -= 1
      index -= 1
    }
    return lines.reversed().joined(separator: "\n")
  }

  /// The comment's words, if nothing else stands in that line.
  private func wholeLine(_ comment: Token, line: Int) -> String? {
    let span = source.lines.span(ofLine: line)
    guard comment.start >= span.start, comment.end <= span.end,
      source.bytes[span.start..<comment.start].allSatisfy({ $0 == 0x20 || $0 == 0x09 })
    else { return nil }
    var text = Substring(source.text(comment.span)).drop { $0 == "#" }
    if text.first == " " { text.removeFirst() }
    return String(text)
  }

  /// The index of the first comment that begins at or after `offset`.
  private func firstIndex(from offset: Int) -> Int {
    comments.partitioningIndex { $0.start >= offset }
  }
}
