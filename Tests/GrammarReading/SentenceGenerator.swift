/// Draws sentences of a grammar at random, and keeps count of what of the grammar they showed.
public struct SentenceGenerator<Random: RandomNumberGenerator> {
  /// A token of a sentence with what stands before it.
  public struct Piece: Sendable {
    public var gap: String
    public var token: String

    public init(gap: String, token: String) {
      self.gap = gap
      self.token = token
    }
  }

  private struct Drawn {
    var text: String
    var literal: String?
    var layout: Layout
    var isNewline = false
  }

  private let grammar: Grammar
  private let lexemes: Lexemes
  private let layouts: LayoutRules
  private let depths: [String: Int]
  private let reached: [Grammar.Rule]
  private var random: Random
  private var drawn: [Drawn] = []
  private var remaining = 0
  private var level = 0
  private var eagerness = 0.3
  private var isSpelling = false
  /// Whether the sentence is to nest rather than to go on.
  private var isDeep = false
  /// How often each way of each choice, option and repetition was taken.
  private var taken: [Grammar.Form: [Int]] = [:]

  public init(_ grammar: Grammar, random: Random) {
    self.grammar = grammar
    self.random = random
    lexemes = Lexemes(grammar)
    layouts = LayoutRules(grammar)
    depths = grammar.leastDepths()
    reached = grammar.rulesReached(from: "program")
    for rule in reached { prepare(rule.form) }
  }

  /// The ways through the grammar that no sentence has taken yet.
  public var missing: [String] {
    reached.flatMap { rule in
      rule.form.drawnParts.flatMap { part in
        (taken[part] ?? []).enumerated().filter { $0.element == 0 }.map { way, _ in
          "\(rule.name): way \(way) of \(part)"
        }
      }
    }
  }

  private mutating func prepare(_ form: Grammar.Form) {
    for part in form.drawnParts {
      switch part {
      case .choice(let forms): taken[part] = Array(repeating: 0, count: forms.count)
      case .optional, .repetition: taken[part] = [0, 0]
      default: break
      }
    }
  }

  /// A sentence of at least `size` tokens, often a few more; fewer where luck has it.
  public mutating func sentence(size: Int) -> [Piece] {
    var longest: [Drawn] = []
    for _ in 0..<20 where longest.count < size {
      drawn = []
      remaining = size
      level = 0
      isDeep = Int.random(in: 0..<4, using: &random) == 0
      eagerness = Double.random(in: isDeep ? 0.02...0.15 : 0.05...0.45, using: &random)
      draw(grammar["program"], .lines, .lines)
      if drawn.count > longest.count { longest = drawn }
    }
    drawn = longest
    return pieces()
  }

  // MARK: - Phrases

  private mutating func draw(_ form: Grammar.Form, _ first: Layout, _ layout: Layout) {
    switch form {
    case .sequence(let forms):
      for (index, part) in forms.enumerated() { draw(part, index == 0 ? first : layout, layout) }
    case .choice(let forms): draw(forms[way(of: form, among: forms)], first, layout)
    case .optional(let inner):
      let isTaken = takes(form)
      if isTaken { draw(inner, first, layout) }
    case .repetition(let inner):
      while takes(form) { draw(inner, first, layout) }
    case .reference("NEWLINE"):
      // Where no line end may stand, a statement ends at a semicolon.
      let isEnd = first == .lines
      drawn.append(
        Drawn(
          text: isEnd ? lexeme("NEWLINE") : ";", literal: isEnd ? nil : ";", layout: first,
          isNewline: isEnd))
      remaining -= 1
    case .reference(let name) where name.first?.isUppercase == true:
      let text = name == "NAME" ? familiarName() : lexeme(name)
      drawn.append(Drawn(text: text, literal: nil, layout: first))
      remaining -= 1
    case .reference(let name):
      level += 1
      draw(grammar[name], first, layouts.inside(name, within: first))
      level -= 1
    case .literal(let text):
      drawn.append(Drawn(text: text, literal: text, layout: first))
      remaining -= 1
    case .range, .special, .difference: fatalError("a phrase rule holds what only tokens may")
    }
  }

  private var isTired: Bool { remaining <= 0 || level > 400 }

  /// One of the alternatives: the shallowest once the sentence is long, else any, one that was
  /// seldom taken rather than one that often was.
  private mutating func way(of form: Grammar.Form, among forms: [Grammar.Form]) -> Int {
    let counts = taken[form] ?? []
    let way: Int
    if isTired, !isSpelling {
      let least = forms.map { grammar.depth(of: $0, depths) }
      way = least.indices.min { least[$0] < least[$1] } ?? 0
    } else if isDeep, !isSpelling, Int.random(in: 0..<4, using: &random) > 0 {
      let least = forms.map { grammar.depth(of: $0, depths) }
      let deep = least.indices.filter { least[$0] > least.min() ?? 0 }
      way = deep.randomElement(using: &random) ?? 0
    } else if Bool.random(using: &random) {
      way = Int.random(in: 0..<forms.count, using: &random)
    } else {
      way = counts.indices.min { counts[$0] < counts[$1] } ?? 0
    }
    taken[form]?[way] += 1
    return way
  }

  private mutating func takes(_ form: Grammar.Form) -> Bool {
    let isTaken = !isTired && Double.random(in: 0..<1, using: &random) < eagerness
    taken[form]?[isTaken ? 1 : 0] += 1
    return isTaken
  }

  // MARK: - Tokens

  /// A token alone, by its lexical rule.
  public mutating func token(_ name: String) -> String { lexeme(name) }

  // Names that occur twice and names of the library are likelier to meet what treats them apart.
  private mutating func familiarName() -> String {
    let familiar = ["x", "y", "f", "tp", "elif", "return", "def", "while", "let", "e", "u", "_"]
    if Bool.random(using: &random), let name = familiar.randomElement(using: &random) {
      return name
    }
    return lexeme("NAME")
  }

  /// A token by its lexical rule, drawn again until what the rule excludes is not it.
  private mutating func lexeme(_ name: String) -> String {
    isSpelling = true
    defer { isSpelling = false }
    while true {
      var scalars: [Unicode.Scalar] = []
      spell(.reference(name), into: &scalars)
      guard lexemes.end(of: .reference(name), in: scalars, at: 0) == scalars.count else { continue }
      if lexemes.contextual.contains(name) || lexemes.mask(of: .reference(name)) == 0 {
        return String(String.UnicodeScalarView(scalars))
      }
      let longest = lexemes.longest(in: scalars, at: 0)
      guard longest.end == scalars.count, longest.mask & lexemes.mask(of: .reference(name)) != 0
      else { continue }
      return String(String.UnicodeScalarView(scalars))
    }
  }

  private mutating func spell(_ form: Grammar.Form, into scalars: inout [Unicode.Scalar]) {
    switch form {
    case .literal(let text): scalars += Array(text.unicodeScalars)
    case .range(let range): scalars.append(character(in: range))
    case .special(let words): scalars += characters(for: words)
    case .reference(let name): spell(grammar[name], into: &scalars)
    case .sequence(let forms): for form in forms { spell(form, into: &scalars) }
    case .choice(let forms): spell(forms[way(of: form, among: forms)], into: &scalars)
    case .optional(let inner): if takesCharacter(form) { spell(inner, into: &scalars) }
    case .repetition(let inner): while takesCharacter(form) { spell(inner, into: &scalars) }
    case .difference(let inner, let other):
      while true {
        var candidate: [Unicode.Scalar] = []
        spell(inner, into: &candidate)
        guard lexemes.end(of: other, in: candidate, at: 0) != candidate.count else { continue }
        scalars += candidate
        return
      }
    }
  }

  // A token has to end, but may have a few characters however tired the sentence is.
  private mutating func takesCharacter(_ form: Grammar.Form) -> Bool {
    let isTaken = Double.random(in: 0..<1, using: &random) < 0.4
    taken[form]?[isTaken ? 1 : 0] += 1
    return isTaken
  }

  private mutating func character(in range: ClosedRange<UInt32>) -> Unicode.Scalar {
    // Mostly ASCII where the range has it; else every plane of Unicode is as likely as its size.
    let ascii = range.clamped(to: 0x20...0x7E)
    let likely = range.contains(0x20) && Int.random(in: 0..<8, using: &random) > 0 ? ascii : range
    return Unicode.Scalar(UInt32.random(in: likely, using: &random)) ?? "x"
  }

  private mutating func characters(for words: String) -> [Unicode.Scalar] {
    let some: [Unicode.Scalar] =
      words.hasSuffix("XID_Start")
      ? ["é", "ß", "λ", "语", "я", "ª"]
      : words.hasSuffix("XID_Continue") ? ["\u{301}", "٣", "·"] : []
    return some.randomElement(using: &random).map { [$0] } ?? []
  }

  // MARK: - Between tokens

  private mutating func pieces() -> [Piece] {
    var result: [Piece] = []
    var before: Drawn?
    for token in drawn {
      result.append(Piece(gap: gap(between: before, and: token), token: token.text))
      before = token
    }
    return result
  }

  private mutating func gap(between before: Drawn?, and token: Drawn) -> String {
    guard token.layout != .verbatim else { return "" }
    var gap = ""
    while Int.random(in: 0..<3, using: &random) == 0 {
      gap += filling(token.layout, mayBreak: mayBreak(before, token))
    }
    guard gap.isEmpty, let before else { return gap }
    return wouldMerge(before.text, token.text) ? " " : ""
  }

  private func mayBreak(_ before: Drawn?, _ token: Drawn) -> Bool {
    if token.layout == .flowing { return true }
    guard token.layout == .lines, !token.isNewline else { return false }
    return before?.literal.map(layouts.goesOnAfter.contains) ?? false
      || token.literal.map(layouts.goesOnBefore.contains) ?? false
  }

  private mutating func filling(_ layout: Layout, mayBreak: Bool) -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0 where mayBreak: lexeme("NEWLINE")
    case 1 where mayBreak && layout != .oneLine: lexeme("COMMENT") + lexeme("NEWLINE")
    default: lexeme("SPACE")
    }
  }

  /// Whether two tokens without anything between would be read as others.
  private func wouldMerge(_ first: String, _ second: String) -> Bool {
    let scalars = Array((first + second).unicodeScalars)
    return lexemes.longest(in: scalars, at: 0).end > first.unicodeScalars.count
  }
}

extension Grammar.Form {
  /// The form and all within it that a sentence can show: not what a difference excludes.
  fileprivate var drawnParts: [Grammar.Form] {
    switch self {
    case .sequence(let forms), .choice(let forms): [self] + forms.flatMap(\.drawnParts)
    case .optional(let form), .repetition(let form): [self] + form.drawnParts
    case .difference(let form, _): [self] + form.drawnParts
    case .literal, .range, .special, .reference: [self]
    }
  }
}

extension Grammar {
  /// The rules that sentences of a rule can show.
  public func rulesReached(from start: String) -> [Rule] {
    var names = [start]
    var next = 0
    while next < names.count {
      for case .reference(let name) in self[names[next]].drawnParts where !names.contains(name) {
        names.append(name)
      }
      next += 1
    }
    return rules.filter { names.contains($0.name) }
  }

  /// The fewest levels of rules that each phrase rule needs.
  func leastDepths() -> [String: Int] {
    var depths: [String: Int] = [:]
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for rule in rules {
        let depth = depth(of: rule.form, depths)
        if depth < depths[rule.name] ?? .max {
          depths[rule.name] = depth
          hasChanged = true
        }
      }
    }
    return depths
  }

  func depth(of form: Form, _ depths: [String: Int]) -> Int {
    switch form {
    case .literal, .range, .special, .optional, .repetition: 0
    case .reference(let name): depths[name].map { $0 == .max ? .max : $0 + 1 } ?? .max
    case .sequence(let forms): forms.map { depth(of: $0, depths) }.max() ?? 0
    case .choice(let forms): forms.map { depth(of: $0, depths) }.min() ?? 0
    case .difference(let form, _): depth(of: form, depths)
    }
  }
}
