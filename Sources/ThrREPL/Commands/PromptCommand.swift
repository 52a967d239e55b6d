import ThrAnalysis

/// A command of the prompt, `.name argument`; declared once, for running it, for completion and for
/// `.help`.
struct PromptCommand: Sendable {
  enum Argument: Sendable {
    case none
    case file
    case fileOrNothing
    case folder
    case code
    /// One of these words, or nothing.
    case word([String])
    /// Anything, described so.
    case other(String)
  }

  let name: String
  /// Other names, which people try; they are not listed.
  let aliases: [String]
  let argument: Argument
  let summary: String
  /// Runs the command.
  let run: @Sendable (REPL, String) -> REPL.Next

  init(
    _ name: String, _ argument: Argument = .none, _ summary: String, aliases: [String] = [],
    run: @escaping @Sendable (REPL, String) -> REPL.Next
  ) {
    self.name = name
    self.aliases = aliases
    self.argument = argument
    self.summary = summary
    self.run = run
  }

  /// Whether the command goes by a name.
  func isNamed(_ name: String) -> Bool { self.name == name || aliases.contains(name) }

  /// How it is written.
  var usage: String {
    switch argument {
    case .none: ".\(name)"
    case .file: ".\(name) FILE"
    case .fileOrNothing: ".\(name) [FILE]"
    case .folder: ".\(name) [FOLDER]"
    case .code: ".\(name) [CODE]"
    case .word(let words): ".\(name) [\(words.joined(separator: "|"))]"
    case .other(let text): ".\(name) \(text)"
    }
  }

  /// What may be written at the cursor of an input that is a command.
  static func completions(
    in buffer: EditBuffer, among commands: [PromptCommand], _ surroundings: Surroundings
  ) -> CompletionList {
    let before = buffer.beforeCursor.drop(while: \.isWhitespace)
    guard let space = before.firstIndex(where: \.isWhitespace) else {
      let start = buffer.cursor - before.utf8.count
      return CompletionList(
        range: start..<buffer.cursor,
        items: commands.filter { ".\($0.name)".hasPrefix(before) }.map {
          CompletionList.Item($0.usage, summary: $0.summary, insertion: ".\($0.name)")
        })
    }
    let name = before[..<space].dropFirst()
    let typed = String(before[space...].drop(while: \.isWhitespace))
    guard let command = commands.first(where: { $0.name == name }) else { return .none }
    let start = buffer.cursor - typed.utf8.count
    switch command.argument {
    case .file, .fileOrNothing: return files(typed, start, surroundings)
    case .folder: return files(typed, start, surroundings, onlyFolders: true)
    case .word(let words):
      return CompletionList(
        range: start..<buffer.cursor,
        items: words.filter { $0.hasPrefix(typed) }.map { CompletionList.Item($0) })
    default: return .none
    }
  }

  private static func files(
    _ typed: String, _ start: Int, _ surroundings: Surroundings, onlyFolders: Bool = false
  ) -> CompletionList {
    let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let part = typed.dropFirst(folder.count)
    let entries = (surroundings.entries(folder.withHome) ?? []).filter {
      $0.name.hasPrefix(part) && (!$0.name.hasPrefix(".") || part.hasPrefix("."))
        && ($0.isFolder || !onlyFolders && $0.name.hasSuffix(".thr"))
    }
    return CompletionList(
      range: start..<(start + typed.utf8.count),
      items: entries.sorted { $0.name < $1.name }.map {
        let name = $0.name + ($0.isFolder ? "/" : "")
        return CompletionList.Item(name, insertion: folder + name)
      })
  }
}
