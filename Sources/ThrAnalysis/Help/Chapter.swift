public import ThrSyntax

/// A chapter of the walkthroughs: a script that is read step by step.
///
/// It is a plain script, whose comments are the prose. A blank line ends a paragraph's block;
/// values stand in the prose in braces, as in a text. A comment that begins with `Task:` sets a
/// task, and the statements below it are the solution:
///
///     # Task: find the threshold that keeps specificity at 90 %.
///     # Hint: `tune` takes a condition, `where = …`.
///     # Check: answer.specificity >= 90%
///     # Right: Nine of ten negatives are left alone.
///     # If answer.threshold == 0.5: That is the default, not a choice.
///     tune(m, data.val, recall, where = specificity >= 90%)
///
/// `answer` is the value that the learner's input gives. What follows a keyword may go on in lines
/// that are indented further. Below the heading, `Needs:` gives an expression that must have a value
/// for the chapter to begin, and `Without:` what is said where it has none.
public struct Chapter: Hashable, Sendable {
  public enum Step: Hashable, Sendable {
    /// Paragraphs, values in braces.
    case prose([String])
    /// Statements to show and run.
    case code(String)
    case task(Task)
  }

  public struct Task: Hashable, Sendable {
    /// Instructions, in paragraphs.
    public var text: [String] = []
    /// From a small hint to nearly the solution.
    public var hints: [String] = []
    /// Conditions on `answer` with what they mean, in their order: the first that is met decides.
    ///
    /// A condition that cannot be asked of the answer, such as one on a member that its type does not
    /// have, is not met. Without one for right answers, that is what the solution gives.
    public var replies: [Reply] = []
    /// What a right answer shows, said after it.
    public var why: String?
    /// The statements that do it.
    public var solution = ""
    /// From the word `Task` to the end of the solution.
    public var span = Span(0, 0)
  }

  /// Reply to an answer that meets a condition.
  public struct Reply: Hashable, Sendable {
    public var condition: String
    /// What to say of a wrong answer; `nil` where the answer is right.
    public var words: String?

    public var isRight: Bool { words == nil }

    public init(condition: String, words: String?) {
      self.condition = condition
      self.words = words
    }
  }

  /// As in the first line, without its number.
  public let title: String
  /// From the first line, `# 3. …`.
  public let number: Int
  public let steps: [Step]
  /// What the chapter cannot do without; `nil` for most.
  public let need: Need?

  /// An expression that must have a value, and what is said where it has none.
  public struct Need: Hashable, Sendable {
    public var expression: String
    public var words: String
  }

  /// The chapter that a script is; `nil` where its first line is no heading, `# 3. Title`.
  public init?(_ parse: Parse) {
    // Most scripts are not chapters; their first lines show it.
    guard let comment = parse.comments.first,
      comment.start < parse.program.statements.first?.span.start ?? .max
    else { return nil }
    var blocks = ChapterBlocks(parse).all
    guard case .comments(var lines, let span)? = blocks.first,
      let heading = lines.first, let point = heading.firstIndex(of: "."),
      let number = Int(heading[..<point])
    else { return nil }
    self.number = number
    title = heading[point...].dropFirst().trimmed
    lines.removeFirst()
    need = Need(takingFrom: &lines)
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

extension Chapter.Need {
  /// Takes its two lines out of those below the heading.
  fileprivate init?(takingFrom lines: inout [String]) {
    guard let first = lines.first, first.hasPrefix("Needs: ") else { return nil }
    expression = String(first.dropFirst("Needs: ".count))
    lines.removeFirst()
    words = "This chapter needs `\(expression)`."
    guard let second = lines.first, second.hasPrefix("Without: ") else { return }
    words = String(second.dropFirst("Without: ".count))
    lines.removeFirst()
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
    case "Check": replies.append(.init(condition: words.joined(separator: " "), words: nil))
    case "Right": why = words.joined(separator: " ")
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
    /// The lines without their `#` and the space after it.
    case comments([String], Span)
    case code(String, Span)
  }

  /// A block as it grows.
  private struct Growing {
    let isComment: Bool
    var lines: [String] = []
    var span: Span
  }

  let all: [Block]

  /// - Complexity: O(n log n).
  init(_ parse: Parse) {
    let source = parse.source
    var growing: [Growing] = []
    var previousEnd = 0
    for (span, isComment) in Self.places(parse) {
      let gap = source.lines.line(at: span.start) - source.lines.line(at: previousEnd)
      if gap > 1 || growing.last?.isComment != isComment {
        growing.append(Growing(isComment: isComment, span: span))
      }
      growing[growing.count - 1].span.end = span.end
      if isComment { growing[growing.count - 1].lines.append(Self.words(source.text(span))) }
      previousEnd = span.end
    }
    all = growing.map {
      $0.isComment ? .comments($0.lines, $0.span) : .code(source.text($0.span), $0.span)
    }
  }

  /// The statements, and the comments that stand alone between them, in order.
  private static func places(_ parse: Parse) -> [(Span, isComment: Bool)] {
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
    return places
  }

  /// A comment without its sign.
  private static func words(_ comment: String) -> String {
    let words = comment.dropFirst()
    return String(words.first == " " ? words.dropFirst() : words)
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
