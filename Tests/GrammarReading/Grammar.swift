/// A grammar as its file defines it: rules by name, in order.
public struct Grammar: Sendable {
  /// What stands on the right of `=`.
  public indirect enum Form: Hashable, Sendable {
    case sequence([Form])
    case choice([Form])
    /// `[ … ]`
    case optional(Form)
    /// `{ … }`
    case repetition(Form)
    /// `A - B`
    case difference(Form, Form)
    /// Characters in quotes.
    case literal(String)
    /// A character from a range of Unicode numbers.
    case range(ClosedRange<UInt32>)
    /// `? … ?`
    case special(String)
    case reference(String)
  }

  public struct Rule: Sendable {
    public let name: String
    public let form: Form

    public init(name: String, form: Form) {
      self.name = name
      self.form = form
    }

    /// Whether the rule is a token or a part of one.
    public var isLexical: Bool { name.first?.isUppercase ?? false }
  }

  public private(set) var rules: [Rule] = []
  private var indices: [String: Int] = [:]

  init() {}

  /// A grammar of rules that refer to each other only.
  public init(rules: [Rule]) {
    for rule in rules { add(rule) }
  }

  mutating func add(_ rule: Rule) {
    indices[rule.name] = rules.count
    rules.append(rule)
  }

  public func contains(_ name: String) -> Bool { indices[name] != nil }

  /// What a name stands for.
  public subscript(_ name: String) -> Form {
    guard let index = indices[name] else { fatalError("the grammar has no rule `\(name)`") }
    return rules[index].form
  }

  /// What a rule that only lists things lists: its literals and the names it refers to.
  public func list(_ name: String) -> [String] {
    let form = self[name]
    let alternatives = if case .choice(let forms) = form { forms } else { [form] }
    return alternatives.map { alternative in
      switch alternative {
      case .literal(let text), .reference(let text): text
      default: fatalError("`\(name)` lists something else than names and literals")
      }
    }
  }
}

extension Grammar.Form {
  /// The form and all within it, outermost first.
  public var parts: [Grammar.Form] {
    switch self {
    case .sequence(let forms), .choice(let forms): [self] + forms.flatMap(\.parts)
    case .optional(let form), .repetition(let form): [self] + form.parts
    case .difference(let form, let other): [self] + form.parts + other.parts
    case .literal, .range, .special, .reference: [self]
    }
  }
}
