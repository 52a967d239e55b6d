public import ThrSyntax

/// Lines that an editor can show as one.
public struct Folding: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Text between two brackets.
    case region
    case comment
  }

  /// The hidden part: from the opening bracket, which stays visible, to the closing one; of
  /// comments from the first to the end of the last.
  public var span: Span
  public var kind: Kind
}

extension Document {
  /// Brackets over several lines, and comments over several lines; in the order of the text.
  public var foldings: [Folding] {
    let lines = source.lines
    var all = parse.bracketPairs.compactMap { pair -> Folding? in
      guard lines.line(at: pair.open.start) < lines.line(at: pair.close.start) else { return nil }
      return Folding(span: Span(pair.open.end, pair.close.start), kind: .region)
    }
    all += commentFoldings
    return all.sorted { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) }
  }

  /// Runs of two or more lines that hold a comment and nothing else.
  private var commentFoldings: [Folding] {
    var runs: [(first: Token, last: Token, line: Int)] = []
    for comment in parse.comments {
      let line = source.lines.line(at: comment.start)
      let start = source.lines.span(ofLine: line).start
      guard source.bytes[start..<comment.start].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else {
        continue
      }
      if let run = runs.last, run.line == line - 1 {
        runs[runs.count - 1].last = comment
        runs[runs.count - 1].line = line
      } else {
        runs.append((comment, comment, line))
      }
    }
    return runs.filter { $0.first.start != $0.last.start }
      .map { Folding(span: Span($0.first.start, $0.last.end), kind: .comment) }
  }
}
