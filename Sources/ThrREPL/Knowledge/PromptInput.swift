/// What an input at the prompt is: code, or one of the few things that only the prompt knows.
enum PromptInput: Hashable, Sendable {
  case empty
  /// `.name argument`; `cd FOLDER` is one too.
  case command(name: String, argument: String)
  /// `!command`, for the shell.
  case shell(String)
  /// `?name` or `name?`
  case help(String)
  /// `??name`
  case source(String)
  /// Code; `shift` bytes of it stand before what was typed.
  case code(String, shift: Int)

  init(_ text: String) {
    let trimmed = text.trimmed
    if trimmed.isEmpty {
      self = .empty
    } else if trimmed.hasPrefix("."), !trimmed.dropFirst().hasDigitFirst {
      let words = trimmed.dropFirst().split(maxSplits: 1, whereSeparator: \.isWhitespace)
      self = .command(
        name: words.first.map(String.init) ?? "",
        argument: words.dropFirst().first.map { String($0).trimmed } ?? "")
    } else if trimmed.hasPrefix("!"), !trimmed.hasPrefix("!=") {
      let line = String(trimmed.dropFirst()).trimmed
      // A shell of its own would change the folder and end.
      self = Self.changeOfFolder(line) ?? .shell(line)
    } else if trimmed.hasPrefix("??") {
      self = .source(String(trimmed.dropFirst(2)).trimmed)
    } else if trimmed.hasPrefix("?") {
      self = .help(String(trimmed.dropFirst()).trimmed)
    } else if trimmed.hasSuffix("?"), !trimmed.dropLast().contains(where: \.isWhitespace) {
      self = .help(String(trimmed.dropLast()))
    } else if trimmed.hasPrefix("|>") {
      self = .code("_ " + text, shift: 2)
    } else {
      self = Self.changeOfFolder(trimmed) ?? .code(text, shift: 0)
    }
  }

  /// `cd` or `cd FOLDER`, as a shell has it; `cd = 5` and `cd(2)` are code.
  private static func changeOfFolder(_ text: String) -> PromptInput? {
    guard text.hasPrefix("cd"), !text.contains("\n") else { return nil }
    let rest = text.dropFirst(2)
    guard rest.isEmpty || rest.first == " " else { return nil }
    let folder = String(rest).trimmed
    guard let first = folder.first else { return .command(name: "cd", argument: "") }
    guard folder == "-" || first.isLetter || first.isNumber || "~/.\"_".contains(first) else {
      return nil
    }
    // Names that join what stands on either side.
    guard !["and", "or", "in", "not"].contains(String(folder.prefix { $0 != " " })) else {
      return nil
    }
    return .command(name: "cd", argument: folder)
  }
}

extension String {
  /// The text without spaces at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

extension Substring {
  /// `.5` is a number that someone forgot the zero of.
  fileprivate var hasDigitFirst: Bool { first?.isNumber ?? false }
}
