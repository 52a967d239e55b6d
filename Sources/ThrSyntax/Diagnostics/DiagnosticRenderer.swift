/// Writes diagnostics for people: what, where, the source line with the place marked, why, and
/// what to write instead.
///
///     error[E0116] chained-comparison: a comparison has two sides, not three
///       --> tune.thr:2:7
///       |
///     2 | 1 < x < 2
///       |       ^
///       = help: write `1 < x and x < 2`
public struct DiagnosticRenderer: Sendable {
  private let source: Source
  private let file: String
  private let others: [String: Source]
  private let style: Style
  private let width: Int
  private let typed: TypedInputs?

  /// A renderer for the diagnostics of one source.
  ///
  /// `colour` asks for terminal colours; `width` is that of the terminal, so that no line is broken
  /// within a word or beside its mark; `others` are the texts, by name, of the other files that notes
  /// point into; `typed` says which of them are inputs of a prompt.
  public init(
    source: Source, file: String, colour: Bool = false, width: Int? = nil,
    others: [String: Source] = [:], typed: TypedInputs? = nil
  ) {
    self.typed = typed
    self.width = width.map { max($0, 20) } ?? .max
    self.source = source
    self.file = file
    self.others = others
    self.style = Style(isColoured: colour)
  }

  /// All diagnostics one after another, an empty line between; complexity O(length of the lines).
  public func render(_ diagnostics: [Diagnostic]) -> String {
    var positions = PositionCursor(source)
    return diagnostics.map { render($0, &positions) }.joined(separator: "\n")
  }

  /// One diagnostic, in several lines, each with a line end.
  public func render(_ diagnostic: Diagnostic) -> String {
    render([diagnostic])
  }

  private func render(_ diagnostic: Diagnostic, _ positions: inout PositionCursor) -> String {
    let isError = diagnostic.severity == .error
    let paint: Style.Paint = isError ? .error : .warning
    let label = "\(diagnostic.severity.rawValue)[\(diagnostic.kind.code)]"
    let message = "\(diagnostic.kind.name): \(visible(diagnostic.message))"
    let lines = message.lines(of: width, startingAt: label.count + 1)
    var result =
      style.paint(label, paint) + " "
      + lines.map { style.paint($0, .strong) }.joined(separator: "\n") + "\n"
    let position = positions.position(at: diagnostic.span.start)
    let gutter = Gutter(line: position.line, style: style, width: width, typed: typed)
    result += gutter.place(file, position)
    result += gutter.excerpt(source, diagnostic.span, paint)
    for note in diagnostic.notes { result += render(note) }
    if let remedy = diagnostic.remedy {
      result += gutter.aside("help", visible(remedy))
    }
    return result
  }

  private func render(_ note: Diagnostic.Note) -> String {
    let lines = visible(note.message).lines(of: width, startingAt: "note: ".count)
    let label = style.paint("note", .note) + ": " + lines.joined(separator: "\n") + "\n"
    guard let text = note.file.map({ others[$0] }) ?? source else {
      return label + "  " + style.paint("-->", .gutter) + " \(visible(note.file ?? file))\n"
    }
    let position = text.lines.position(at: note.span.start)
    let gutter = Gutter(line: position.line, style: style, width: width, typed: typed)
    return label + gutter.place(note.file ?? file, position)
      + gutter.excerpt(text, note.span, .note)
  }
}

/// The margin with line numbers, as wide as the number in it.
private struct Gutter {
  let line: Int
  let style: Style
  let width: Int
  let typed: TypedInputs?

  private var margin: String { String(repeating: " ", count: "\(line)".count) }

  func place(_ file: String, _ position: Position) -> String {
    let place =
      typed?.place(in: file, position)
      ?? "\(visible(file)):\(position.line):\(position.column)"
    return margin + style.paint("-->", .gutter) + " \(place)\n"
  }

  func excerpt(_ source: Source, _ span: Span, _ paint: Style.Paint) -> String {
    // The margin, the bar and the dots where the line is cut need their room.
    let room = max(min(SourceExcerpt.columns, width - margin.count - 5), 8)
    let excerpt = SourceExcerpt(source, span, line: line, columns: room)
    let bar = style.paint(margin + " |", .gutter)
    let spaces = String(repeating: " ", count: excerpt.indent)
    let marks = String(repeating: "^", count: excerpt.width)
    return bar + "\n" + style.paint("\(line) |", .gutter) + " \(excerpt.text)\n"
      + bar + " " + spaces + style.paint(marks, paint) + "\n"
  }

  func aside(_ label: String, _ text: String) -> String {
    let start = margin.count + 3 + label.count + 2
    let lines = text.lines(of: width, startingAt: start)
    let indent = String(repeating: " ", count: min(start, width / 4))
    return margin + style.paint(" = ", .gutter) + style.paint(label, .help)
      + ": \(lines.joined(separator: "\n" + indent))\n"
  }
}

extension String {
  /// The text in lines no wider than a terminal, broken between words; the first begins further
  /// right, and the others may stand under it.
  fileprivate func lines(of width: Int, startingAt start: Int) -> [String] {
    guard start + columnWidth(self) > width else { return [self] }
    var lines = [""]
    var column = start
    for word in words(within: width / 2) {
      let needed = columnWidth(word)
      if column + 1 + needed > width, !(lines.count == 1 && lines[0].isEmpty) {
        lines.append(word)
        column = min(start, width / 4) + needed
      } else {
        let space = lines.count == 1 && lines[0].isEmpty ? "" : " "
        lines[lines.count - 1] += space + word
        column += space.count + needed
      }
    }
    return lines
  }
}

extension String {
  /// The parts between which a line may be broken: words, and what stands in backquotes, where it is
  /// no longer than half a line.
  fileprivate func words(within limit: Int) -> [String] {
    var words: [String] = []
    var open: String?
    for word in split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      let joined = open.map { $0 + " " + word } ?? word
      let isOpen = joined.count(where: { $0 == "`" }) % 2 == 1
      if isOpen, joined.count <= limit {
        open = joined
      } else {
        words += isOpen ? joined.split(separator: " ").map(String.init) : [joined]
        open = nil
      }
    }
    return words + (open?.split(separator: " ").map(String.init) ?? [])
  }
}

/// Terminal colours, or none.
private struct Style {
  enum Paint: String {
    case error = "1;31"
    case warning = "1;33"
    case strong = "1"
    case gutter = "34"
    case note = "36"
    case help = "32"
  }

  let isColoured: Bool

  func paint(_ text: String, _ paint: Paint) -> String {
    isColoured ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// Positions of ascending offsets, each counted on from the one before: many faults may stand on
/// one very long line.
private struct PositionCursor {
  private let source: Source
  private var last = Position(line: 1, column: 1)
  private var offset = 0

  init(_ source: Source) { self.source = source }

  mutating func position(at wanted: Int) -> Position {
    let line = source.lines.line(at: wanted)
    guard line == last.line, wanted >= offset else {
      last = source.lines.position(at: wanted)
      offset = wanted
      return last
    }
    last.column += source.lines.characters(in: offset..<min(wanted, source.bytes.count))
    offset = min(wanted, source.bytes.count)
    return last
  }
}
