import Foundation
import GrammarReading

/// The JSON form of the Tree-sitter grammar, read back as a grammar in the notation's terms.
struct TreeSitterGrammar {
  static let hasNode =
    ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/node")
    } ?? false

  struct Unreadable: Error { let what: String }

  private static let tokens = [
    "identifier": "NAME", "number": "NUMBER", "percent": "PERCENT", "characters": "CHARACTERS",
    "format": "FORMAT", "_newline": "NEWLINE",
  ]

  /// Its phrase rules, with the tokens and the layout of `thr.ebnf`.
  let grammar: Grammar
  /// The regular expression of each token.
  let patterns: [String: String]

  init(json data: Data) throws {
    let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    guard let rules = json?["rules"] as? [String: [String: Any]] else {
      throw Unreadable(what: "no rules")
    }
    var patterns: [String: String] = [:]
    var read: [Grammar.Rule] = []
    for (name, rule) in rules.sorted(by: { $0.key < $1.key }) {
      if Self.tokens[name] != nil || name == "comment" {
        patterns[name] = Self.pattern(rule)
      } else {
        read.append(.init(name: Self.name(name), form: try Self.form(rule)))
      }
    }
    let names = Set(read.map(\.name))
    let layouts = [
      "contextual", "lines-end", "lines-flow", "verbatim", "spaced", "goes-on-after",
      "goes-on-before",
    ]
    let others = GrammarFile.grammar.rules.filter {
      $0.isLexical || layouts.contains($0.name) && !names.contains($0.name)
    }
    grammar = Grammar(rules: read + others)
    self.patterns = patterns
  }

  private static func name(_ name: String) -> String {
    name.first == "_" ? name : name.replacing("_", with: "-")
  }

  private static func pattern(_ rule: [String: Any]) -> String? {
    if let content = rule["content"] as? [String: Any] { return pattern(content) }
    return rule["value"] as? String
  }

  private static func form(_ rule: [String: Any]) throws -> Grammar.Form {
    let members = rule["members"] as? [[String: Any]] ?? []
    func content() throws -> Grammar.Form { try form(rule["content"] as? [String: Any] ?? [:]) }
    switch rule["type"] as? String {
    case "SYMBOL":
      let symbol = rule["name"] as? String ?? ""
      return .reference(tokens[symbol] ?? name(symbol))
    case "STRING": return .literal(rule["value"] as? String ?? "")
    case "SEQ": return .sequence(try sequence(members))
    case "CHOICE":
      let some = try members.filter { $0["type"] as? String != "BLANK" }.map(form)
      let choice = some.count == 1 ? some[0] : .choice(some)
      return some.count < members.count ? .optional(choice) : choice
    case "REPEAT": return .repetition(try content())
    case "REPEAT1": return .sequence([try content(), .repetition(try content())])
    case let type: throw Unreadable(what: type ?? "\(rule)")
    }
  }

  /// After a dot, Tree-sitter expects no keyword, and so takes any word for an identifier.
  private static func sequence(_ members: [[String: Any]]) throws -> [Grammar.Form] {
    var forms: [Grammar.Form] = []
    for member in members {
      let form = try form(member)
      let isMember = forms.last == .literal(".") && form == .reference("NAME")
      forms.append(isMember ? .reference("WORD") : form)
    }
    return forms
  }
}
