public import ThrSyntax

/// A chapter of the walkthroughs: a script that is read step by step.
///
/// It is a plain script, whose comments are the prose. A blank line ends a paragraph's block; values
/// stand in the prose in braces, as in a text. A comment that begins with `Task:` sets a task, and
/// the statements below it are the solution:
///
///     # Task: find the threshold that keeps specificity at 90 %.
///     # Hint: `tune` takes a condition, `where = …`.
///     # Check: answer.specificity >= 90%
///     # If answer.threshold == 0.5: that is the default, which nobody has chosen.
///     tune(m, data.val, recall, where = specificity >= 90%)
///
/// `answer` is the value that the learner's input gives. What follows a keyword may go on in lines
/// that are indented further.
public struct Chapter: Hashable, Sendable {
  public enum Step: Hashable, Sendable {
    /// Paragraphs, values in braces.
    case prose([String])
    /// Statements to show and run.
    case code(String)
    case task(Task)
  }

  public struct Task: Hashable, Sendable {
    /// What to do, in paragraphs.
    public var text: [String] = []
    /// From a nudge to nearly the solution.
    public var hints: [String] = []
    /// A condition on `answer`; without one, `answer` is what the solution gives.
    public var check: String?
    /// What to say of answers that are wrong in a way that was expected.
    public var replies: [Reply] = []
    /// The statements that do it.
    public var solution = ""
    /// From the word `Task` to the end of the solution.
    public var span = Span(0, 0)
  }

  /// What to say of an answer that meets a condition.
  public struct Reply: Hashable, Sendable {
    public var condition: String
    public var words: String
  }

  /// As in the first line, without its number.
  public let title: String
  /// From the first line, `# 3. …`.
  public let number: Int
  public let steps: [Step]

  /// The chapter that a script is; `nil` where its first line is no heading, `# 3. Title`.
  public init?(_ parse: Parse) {
    var blocks = ChapterBlocks(parse).all
    guard case .comments(var lines, let span)? = blocks.first,
      let heading = lines.first, let point = heading.firstIndex(of: "."),
      let number = Int(heading[..<point])
    else { return nil }
    self.number = number
    title = heading[point...].dropFirst().trimmed
    lines.removeFirst()
    blocks[0] = .comments(lines, span)
    steps = Self.steps(blocks)
  }

  private static func steps(_ blocks: [ChapterBlocks.Block]) -> [Step] {
    var steps: [Step] = []
    for block in blocks {
      switch block {
      case .comments(let lines, let span):
        let task = lines.firstIndex { $0.hasPrefix("Task:") } ?? lines.endIndex
        let prose = paragraphs(lines[..<task])
        if !prose.isEmpty { steps.append(.prose(prose)) }
        if task < lines.endIndex { steps.append(.task(Task(lines[task...], span))) }
      case .code(let code, let span):
        if case .task(var task)? = steps.last, task.solution.isEmpty {
          task.solution = code
          task.span.end = span.end
          steps[steps.count - 1] = .task(task)
        } else {
          steps.append(.code(code))
        }
      }
    }
    return steps
  }

  fileprivate static func paragraphs(_ lines: ArraySlice<String>) -> [String] {
    lines.split(whereSeparator: \.isEmpty).map { $0.map(\.trimmed).joined(separator: " ") }
  }
}

extension Chapter.Task {
  /// Reads the lines of a task's comment.
  fileprivate init(_ lines: ArraySlice<String>, _ span: Span) {
    self.span = span
    // A keyword's text goes on in the lines indented below it.
    var parts: [[String]] = []
    for line in lines {
      if line.hasPrefix("  ") || line.isEmpty || parts.isEmpty {
        parts.isEmpty ? parts.append([line]) : parts[parts.count - 1].append(line)
      } else {
        parts.append([line])
      }
    }
    for part in parts { take(part) }
  }

  private mutating func take(_ lines: [String]) {
    guard let first = lines.first, let colon = first.range(of: ": ") ?? first.range(of: ":") else {
      return text += Chapter.paragraphs(lines[...])
    }
    let words = Chapter.paragraphs([String(first[colon.upperBound...])] + lines.dropFirst())
    switch first[..<colon.lowerBound] {
    case "Task": text += words
    case "Hint": hints.append(words.joined(separator: " "))
    case "Check": check = words.joined(separator: " ")
    case let head where head.hasPrefix("If "):
      replies.append(
        .init(condition: String(head.dropFirst(3)), words: words.joined(separator: " ")))
    default: text += Chapter.paragraphs(lines[...])
    }
  }
}

/// The comments and statements of a script, in the blocks that belong together.
struct ChapterBlocks {
  enum Block {
    /// The lines without their `#` and the space behind it.
    case comments([String], Span)
    case code(String, Span)
  }

  private(set) var all: [Block] = []

  init(_ parse: Parse) {
    let source = parse.source
    let statements = parse.program.statements.map(\.span)
    var places = statements.map { ($0, isComment: false) }
    var last = 0
    for comment in parse.comments {
      while last < statements.count, statements[last].end <= comment.start { last += 1 }
      let line = source.lines.span(ofLine: source.lines.line(at: comment.start))
      let isInside = last < statements.count && statements[last].start < comment.start
      let isAlone = source.text(Span(line.start, comment.start)).allSatisfy(\.isWhitespace)
      if !isInside, isAlone { places.append((comment.span, isComment: true)) }
    }
    places.sort { $0.0.start < $1.0.start }
    var previousEnd = 0
    for (span, isComment) in places {
      let gap = source.lines.line(at: span.start) - source.lines.line(at: previousEnd)
      add(span, isComment, isApart: gap > 1, source)
      previousEnd = span.end
    }
  }

  private mutating func add(_ span: Span, _ isComment: Bool, isApart: Bool, _ source: Source) {
    let line = String(source.text(span).dropFirst(isComment ? 1 : 0))
    switch all.last {
    case .comments(let lines, let before)? where isComment && !isApart:
      all[all.count - 1] = .comments(lines + [Self.text(line)], before.union(span))
    case .code(_, let before)? where !isComment && !isApart:
      let whole = before.union(span)
      all[all.count - 1] = .code(source.text(whole), whole)
    default:
      all.append(isComment ? .comments([Self.text(line)], span) : .code(source.text(span), span))
    }
  }

  private static func text(_ line: String) -> String {
    String(line.hasPrefix(" ") ? line.dropFirst() : line[...])
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  /// Where a short text stands first.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
