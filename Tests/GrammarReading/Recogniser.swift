/// Says of any text whether it is a sentence of a grammar, by the grammar alone.
///
/// A memoised search through all ways to match (Norvig 1991), without left recursion: each rule at
/// each place is tried once, so that the time is about proportional to the text.
public struct Recogniser: Sendable {
  private let program: CompiledGrammar

  public init(_ grammar: Grammar) { program = CompiledGrammar(grammar) }

  /// Whether the text is a sentence of the rule `program`.
  public func accepts(_ text: String) -> Bool {
    var scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    return Recognition(program, scalars).accepts()
  }
}

/// A grammar's phrase rules with numbers for names and tokens.
struct CompiledGrammar: Sendable {
  indirect enum Node: Sendable {
    case sequence([Node])
    case choice([Node])
    case optional(Node)
    case repetition(Node)
    /// A literal or token that competes for the longest match.
    case token(mask: UInt64, text: String?)
    case contextual(String)
    case newline
    case rule(Int)
  }

  struct Rule: Sendable {
    let node: Node
    /// The layout after the rule's first symbol, by the layout around the rule.
    let inside: [Layout]
    /// Whether the rule changes the layout.
    let isBracketed: Bool
  }

  let lexemes: Lexemes
  let layouts: LayoutRules
  private(set) var rules: [Rule] = []
  let start: Int

  init(_ grammar: Grammar) {
    let lexemes = Lexemes(grammar)
    let layouts = LayoutRules(grammar)
    let phrases = grammar.rules.filter { !$0.isLexical }
    let numbers = Dictionary(uniqueKeysWithValues: zip(phrases.map(\.name), 0...))
    self.lexemes = lexemes
    self.layouts = layouts
    start = numbers["program"] ?? 0

    func compile(_ form: Grammar.Form) -> Node {
      switch form {
      case .sequence(let forms): return .sequence(forms.map(compile))
      case .choice(let forms): return .choice(forms.map(compile))
      case .optional(let form): return .optional(compile(form))
      case .repetition(let form): return .repetition(compile(form))
      case .literal(let text): return .token(mask: lexemes.mask(of: form), text: text)
      case .reference("NEWLINE"): return .newline
      case .reference(let name):
        if let number = numbers[name] { return .rule(number) }
        if lexemes.contextual.contains(name) { return .contextual(name) }
        return .token(mask: lexemes.mask(of: form), text: nil)
      case .difference, .range, .special:
        fatalError("a phrase rule holds what only tokens may")
      }
    }
    for phrase in phrases {
      let inside = Layout.allCases.map { layouts.inside(phrase.name, within: $0) }
      rules.append(
        Rule(
          node: compile(phrase.form), inside: inside, isBracketed: inside != Layout.allCases))
    }
  }
}

/// One text on its way through a grammar.
private final class Recognition {
  private typealias Node = CompiledGrammar.Node

  private let grammar: CompiledGrammar
  private let text: [Unicode.Scalar]
  private var ends: [[Int]?]
  private var longest: [(end: Int, mask: UInt64)?]
  /// Whether the token that ends at a place is one that a line does not end after.
  private var goesOnAfter: [Bool]

  init(_ grammar: CompiledGrammar, _ text: [Unicode.Scalar]) {
    self.grammar = grammar
    self.text = text
    let places = text.count + 1
    ends = Array(repeating: nil, count: places * grammar.rules.count * Layout.allCases.count)
    longest = Array(repeating: nil, count: places)
    goesOnAfter = Array(repeating: false, count: places)
  }

  func accepts() -> Bool {
    rule(grammar.start, at: 0, .lines).contains { skip($0, .lines) == text.count }
  }

  private func rule(_ number: Int, at place: Int, _ layout: Layout) -> [Int] {
    let key = (place * grammar.rules.count + number) * Layout.allCases.count + layout.rawValue
    if let known = ends[key] { return known }
    let rule = grammar.rules[number]
    let inside = rule.inside[layout.rawValue]
    let found: [Int]
    if rule.isBracketed, case .sequence(let nodes) = rule.node {
      found = sequence(nodes, at: place, first: layout, inside)
    } else {
      found = match(rule.node, at: place, inside)
    }
    ends[key] = found
    return found
  }

  private func match(_ node: Node, at place: Int, _ layout: Layout) -> [Int] {
    switch node {
    case .rule(let number): return rule(number, at: place, layout)
    case .sequence(let nodes): return sequence(nodes, at: place, first: layout, layout)
    case .choice(let nodes):
      var found: [Int] = []
      for node in nodes { add(match(node, at: place, layout), to: &found) }
      return found
    case .optional(let node):
      var found = [place]
      add(match(node, at: place, layout), to: &found)
      return found
    case .repetition(let node):
      var found = [place]
      var next = 0
      while next < found.count {
        add(match(node, at: found[next], layout), to: &found)
        next += 1
      }
      return found
    case .token(let mask, let literal): return token(mask, literal, at: place, layout)
    case .contextual(let name):
      let start = skip(place, layout)
      let end = grammar.lexemes.end(of: .reference(name), in: text, at: start)
      return end.map { $0 > start ? [$0] : [] } ?? []
    case .newline:
      guard layout == .lines else { return [] }
      return lineEnd(at: skip(place, layout)).map { [$0] } ?? []
    }
  }

  private func sequence(
    _ nodes: [Node], at place: Int, first: Layout, _ layout: Layout
  ) -> [Int] {
    var places = [place]
    for (index, node) in nodes.enumerated() where !places.isEmpty {
      var next: [Int] = []
      for place in places { add(match(node, at: place, index == 0 ? first : layout), to: &next) }
      places = next
    }
    return places
  }

  private func add(_ more: [Int], to found: inout [Int]) {
    for end in more where !found.contains(end) { found.append(end) }
  }

  private func token(
    _ mask: UInt64, _ literal: String?, at place: Int, _ layout: Layout
  ) -> [Int] {
    var start = skip(place, layout)
    if layout == .lines {
      let before = literal.map(grammar.layouts.goesOnBefore.contains) ?? false
      if before || goesOnAfter[place] { start = skip(place, .flowing) }
    }
    let end: Int
    if layout == .verbatim, let literal {
      // The characters of a text make no tokens that could be longer.
      guard let found = grammar.lexemes.end(of: .literal(literal), in: text, at: start) else {
        return []
      }
      end = found
    } else {
      let found = lexeme(at: start)
      guard found.mask & mask != 0 else { return [] }
      end = found.end
    }
    if let literal, grammar.layouts.goesOnAfter.contains(literal) { goesOnAfter[end] = true }
    return [end]
  }

  private func lexeme(at place: Int) -> (end: Int, mask: UInt64) {
    if let known = longest[place] { return known }
    let found = grammar.lexemes.longest(in: text, at: place)
    longest[place] = found
    return found
  }

  /// Where what may stand between tokens ends.
  private func skip(_ start: Int, _ layout: Layout) -> Int {
    guard layout != .verbatim else { return start }
    var place = start
    while place < text.count {
      if let next = grammar.lexemes.end(of: .reference("SPACE"), in: text, at: place) {
        place = next
      } else if layout != .oneLine, text[place] == "#",
        let next = grammar.lexemes.end(of: .reference("COMMENT"), in: text, at: place)
      {
        place = next
      } else if layout == .flowing, let next = lineEnd(at: place) {
        place = next
      } else {
        break
      }
    }
    return place
  }

  private func lineEnd(at place: Int) -> Int? {
    grammar.lexemes.end(of: .reference("NEWLINE"), in: text, at: place)
  }
}
