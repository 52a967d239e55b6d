/// What an input at the prompt is: code, or one of the few things that only the prompt knows.
enum PromptInput: Hashable, Sendable {
  case empty
  /// `.name argument`
  case command(name: String, argument: String)
  /// `?name` or `name?`
  case help(String)
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
    } else if trimmed.hasPrefix("?") {
      self = .help(String(trimmed.dropFirst()).trimmed)
    } else if trimmed.hasSuffix("?"), !trimmed.dropLast().contains(where: \.isWhitespace) {
      self = .help(String(trimmed.dropLast()))
    } else if trimmed.hasPrefix("|>") {
      self = .code("_ " + text, shift: 2)
    } else {
      self = .code(text, shift: 0)
    }
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
