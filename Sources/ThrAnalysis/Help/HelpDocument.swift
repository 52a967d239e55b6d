/// A page of help as data, to be written for a terminal or as Markdown.
public struct HelpDocument: Hashable, Sendable {
  public enum Part: Hashable, Sendable {
    case heading(String)
    /// Prose with Markdown's inline marks.
    case paragraph(String)
    /// Text of the language, as it stands.
    case code(String)
    /// Terms with their meaning beside them.
    case definitions([Definition])
  }

  public struct Definition: Hashable, Sendable {
    public let term: String
    public let meaning: String

    public init(_ term: String, _ meaning: String) {
      self.term = term
      self.meaning = meaning
    }
  }

  public var parts: [Part]

  public init(_ parts: [Part] = []) { self.parts = parts }

  /// Prose of several paragraphs, separated by empty lines; indented ones are code.
  public init(prose: String) {
    self.init()
    var lines: [Substring] = []
    func end(_ parts: inout [Part]) {
      guard let first = lines.first else { return }
      let isCode = first.hasPrefix("    ")
      parts.append(
        isCode
          ? .code(lines.map { String($0.dropFirst(4)) }.joined(separator: "\n"))
          : .paragraph(lines.joined(separator: " ")))
      lines = []
    }
    for line in prose.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        end(&parts)
      } else {
        lines.append(line)
      }
    }
    end(&parts)
  }

  static func + (left: HelpDocument, right: HelpDocument) -> HelpDocument {
    HelpDocument(left.parts + right.parts)
  }
}

extension HelpDocument {
  /// The page as Markdown, without a line break at its end.
  public var markdown: String {
    parts.map { part in
      switch part {
      case .heading(let text): "### \(text)"
      case .paragraph(let text): text
      case .code(let text): "```thr\n\(text)\n```"
      case .definitions(let definitions):
        definitions.map { "- `\($0.term)`: \($0.meaning)" }.joined(separator: "\n")
      }
    }.joined(separator: "\n\n")
  }

  /// The page for a terminal, its prose broken into lines of at most `width` characters where words
  /// allow it; without a line break at its end.
  public func text(width: Int = 80) -> String {
    var text = ""
    for (index, part) in parts.enumerated() {
      // A heading stands directly above what it heads.
      if index > 0 {
        if case .heading = parts[index - 1] { text += "\n" } else { text += "\n\n" }
      }
      text += self.text(of: part, width)
    }
    return text
  }

  private func text(of part: Part, _ width: Int) -> String {
    switch part {
    case .heading(let text): return text
    case .paragraph(let text): return text.wrapped(width, indent: 0)
    case .code(let text):
      return text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    case .definitions(let definitions): return table(definitions, width)
    }
  }

  private func table(_ definitions: [Definition], _ width: Int) -> String {
    // A longer term has its meaning on the next line.
    let widest = definitions.map(\.term.count).filter { $0 <= 24 }.max() ?? 0
    return definitions.map { definition in
      let meaning = definition.meaning.wrapped(width, indent: widest + 4)
      let gap = widest - definition.term.count
      guard gap >= 0 else { return "  \(definition.term)\n\(meaning)" }
      let start = "  \(definition.term)" + String(repeating: " ", count: gap + 2)
      return start + meaning.dropFirst(widest + 4)
    }.joined(separator: "\n")
  }
}

extension String {
  /// The words in lines of at most `width` characters, each after `indent` spaces.
  fileprivate func wrapped(_ width: Int, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(margin + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return (lines + [margin + line]).joined(separator: "\n")
  }
}
