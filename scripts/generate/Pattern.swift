import GrammarReading

/// A token's lexical rule as a regular expression.
struct Pattern {
  /// How a program writes regular expressions.
  enum Dialect {
    /// PCRE, Oniguruma, Qt.
    case common
    /// What Tree-sitter's lexers are made from.
    case treeSitter
    /// Vim's, after `\v`.
    case vim
    case python
  }

  let grammar: Grammar
  let dialect: Dialect

  /// The expression of a rule.
  ///
  /// Conditions that the grammar says in words are left out, and where a
  /// dialect lacks Unicode's properties, characters beyond ASCII are all taken for letters: what
  /// colours a text need not refuse anything.
  func callAsFunction(_ rule: String) -> String { text(grammar[rule]) }

  private func text(_ form: Grammar.Form) -> String {
    switch form {
    case .literal(let literal): return escape(literal)
    case .reference(let name): return text(grammar[name])
    case .sequence(let forms): return sequence(forms)
    case .choice: return choice(alternatives(of: form))
    case .optional(let inner): return repeated(inner, "?")
    case .repetition(let inner): return repeated(inner, "*")
    case .difference(let inner, let other):
      guard inner == .reference("ANY"), let members = members(of: other) else { return text(inner) }
      return "[^\(members)]"
    case .special(let words):
      return words.hasPrefix("a character beyond ASCII") ? "[^\\x00-\\x7f]" : ""
    case .range: return members(of: form).map { "[\($0)]" } ?? ""
    }
  }

  /// `a { a }` is one or more of `a`.
  private func sequence(_ forms: [Grammar.Form]) -> String {
    var result = ""
    var index = 0
    while index < forms.count {
      let isRow = index + 1 < forms.count && forms[index + 1] == .repetition(forms[index])
      result += isRow ? repeated(forms[index], "+") : text(forms[index])
      index += isRow ? 2 : 1
    }
    return result
  }

  /// What a form chooses from, regardless of its names.
  private func alternatives(of form: Grammar.Form) -> [Grammar.Form] {
    switch form {
    case .choice(let forms): forms.flatMap(alternatives)
    case .reference(let name):
      if case .choice = grammar[name] { alternatives(of: grammar[name]) } else { [form] }
    default: [form]
    }
  }

  /// All that is one character becomes one bracket expression.
  private func choice(_ forms: [Grammar.Form]) -> String {
    var members: [String] = []
    var others: [String] = []
    for form in forms {
      if let some = self.members(of: form) {
        if !members.contains(some) { members.append(some) }
      } else if case let other = text(form), !others.contains(other) {
        others.append(other)
      }
    }
    if !members.isEmpty { others.insert("[\(members.joined())]", at: 0) }
    return others.count == 1 ? others[0] : group(others.joined(separator: "|"))
  }

  private func repeated(_ form: Grammar.Form, _ sign: String) -> String {
    let inner = text(form)
    return (isOnePiece(inner) ? inner : group(inner)) + sign
  }

  /// Whether a sign after the text counts for all of it: a group, a bracket expression, a
  /// character.
  private func isOnePiece(_ text: String) -> Bool {
    let start = dialect == .vim ? "%(" : "("
    if text.hasPrefix(start) { return isOneGroup(text) }
    if text.hasPrefix("[") {
      return text.firstIndex(of: "]").map { text.index(after: $0) } == text.endIndex
    }
    return text.count == 1 || text.count == 2 && text.hasPrefix("\\")
  }

  private func isOneGroup(_ text: String) -> Bool {
    var depth = 0
    for (index, character) in text.enumerated() {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0, character == ")" { return index == text.count - 1 }
    }
    return false
  }

  private func group(_ inner: String) -> String {
    dialect == .vim ? "%(\(inner))" : "(?:\(inner))"
  }

  /// The inside of a bracket expression, for a form that is one character out of some.
  private func members(of form: Grammar.Form) -> String? {
    switch form {
    case .literal(let text) where text.unicodeScalars.count == 1: return member(text)
    case .range(let range):
      if range.lowerBound > 0x7F { return nil }
      let (first, last) = (member(range.lowerBound), member(range.upperBound))
      return first == last ? first : "\(first)-\(last)"
    case .special(let words) where words.hasPrefix("a character beyond ASCII"):
      switch dialect {
      case .common: return "\\x{80}-\\x{10FFFF}"
      case .python: return "\\u0080-\\U0010FFFF"
      case .treeSitter: return words.hasSuffix("XID_Start") ? "\\p{XID_Start}" : "\\p{XID_Continue}"
      case .vim: return nil
      }
    case .reference(let name): return name == "ANY" ? nil : members(of: grammar[name])
    case .choice(let forms):
      let parts = forms.map(members)
      guard !parts.contains(nil) else { return nil }
      var seen: [String] = []
      for case let part? in parts where !seen.contains(part) { seen.append(part) }
      return seen.joined()
    default: return nil
    }
  }

  private func member(_ text: String) -> String {
    "\\]^-\"".contains(text) && text != "\"" ? "\\\(text)" : text
  }

  private func member(_ number: UInt32) -> String {
    guard let scalar = Unicode.Scalar(number), number > 0x20, number < 0x7F else {
      let digits = String(number, radix: 16)
      return "\\x" + (digits.count < 2 ? "0" : "") + digits
    }
    return member(String(scalar))
  }

  private func escape(_ literal: String) -> String {
    let special = dialect == .vim ? "\\.*+?()[]{}|^$~<>=@%&" : "\\.*+?()[]{}|^$/"
    return literal.map { special.contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
