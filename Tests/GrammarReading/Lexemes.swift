/// The tokens of a grammar, found in a text by its lexical rules alone.
struct Lexemes: Sendable {
  typealias Scalars = [Unicode.Scalar]

  private let grammar: Grammar
  /// What competes for the longest match: the named tokens of the phrase rules, what the grammar
  /// refuses, and every literal.
  let candidates: [Grammar.Form]
  private let numbers: [Grammar.Form: Int]
  /// The tokens that are looked for only where a rule wants them.
  let contextual: Set<String>

  init(_ grammar: Grammar) {
    self.grammar = grammar
    let contextual = Set(grammar.list("contextual"))
    let lists: Set = ["contextual", "goes-on-after", "goes-on-before"]
    var candidates: [Grammar.Form] = [.reference("REFUSED")]
    for rule in grammar.rules where !rule.isLexical && !lists.contains(rule.name) {
      for part in rule.form.parts where !candidates.contains(part) {
        switch part {
        case .literal: candidates.append(part)
        case .reference(let name)
        where name.first?.isUppercase == true && name != "NEWLINE" && !contextual.contains(name):
          candidates.append(part)
        default: break
        }
      }
    }
    precondition(candidates.count <= 64, "the sets of tokens are masks of 64 bits")
    self.candidates = candidates
    self.contextual = contextual
    numbers = Dictionary(uniqueKeysWithValues: zip(candidates, 0...))
  }

  /// The bit that stands for a token in a mask.
  func mask(of form: Grammar.Form) -> UInt64 { numbers[form].map { 1 << UInt64($0) } ?? 0 }

  /// The longest token at a place, and all that are as long.
  func longest(in text: Scalars, at start: Int) -> (end: Int, mask: UInt64) {
    var best = (end: start, mask: UInt64(0))
    for (number, candidate) in candidates.enumerated() {
      guard let end = end(of: candidate, in: text, at: start), end > start else { continue }
      if end > best.end { best = (end, 0) }
      if end == best.end { best.mask |= 1 << UInt64(number) }
    }
    return best
  }

  /// Where the longest match of a form ends, if there is one.
  func end(of form: Grammar.Form, in text: Scalars, at start: Int) -> Int? {
    ends(of: form, in: text, at: start, from: start).max()
  }

  /// Every place where a match of a form may end; `from` is where the token began.
  private func ends(
    of form: Grammar.Form, in text: Scalars, at start: Int, from begin: Int
  ) -> [Int] {
    switch form {
    case .literal(let literal):
      var place = start
      for scalar in literal.unicodeScalars {
        guard place < text.count, text[place] == scalar else { return [] }
        place += 1
      }
      return [place]
    case .range(let range):
      return start < text.count && range.contains(text[start].value) ? [start + 1] : []
    case .special(let words):
      return special(words, in: text, at: start, from: begin)
    case .reference(let name):
      return ends(of: grammar[name], in: text, at: start, from: start)
    case .choice(let forms):
      return union(forms.map { ends(of: $0, in: text, at: start, from: begin) })
    case .sequence(let forms):
      return forms.reduce([start]) { places, form in
        union(places.map { ends(of: form, in: text, at: $0, from: begin) })
      }
    case .optional(let form):
      return union([[start], ends(of: form, in: text, at: start, from: begin)])
    case .repetition(let form):
      return closure(of: form, in: text, at: start, from: begin)
    case .difference(let form, let other):
      let excluded = ends(of: other, in: text, at: start, from: begin)
      return ends(of: form, in: text, at: start, from: begin).filter { !excluded.contains($0) }
    }
  }

  private func closure(
    of form: Grammar.Form, in text: Scalars, at start: Int, from begin: Int
  ) -> [Int] {
    var found = [start]
    var next = 0
    while next < found.count {
      for end in ends(of: form, in: text, at: found[next], from: begin) where !found.contains(end) {
        found.append(end)
      }
      next += 1
    }
    return found
  }

  private func union(_ lists: [[Int]]) -> [Int] {
    guard lists.count != 1 else { return lists[0] }
    var all: [Int] = []
    for list in lists { for end in list where !all.contains(end) { all.append(end) } }
    return all
  }

  /// What the grammar says in words: a class of characters, or a condition on the token so far.
  private func special(
    _ words: String, in text: Scalars, at place: Int, from begin: Int
  ) -> [Int] {
    switch words {
    case "a character beyond ASCII with the Unicode property XID_Start":
      guard place < text.count, !text[place].isASCII else { return [] }
      return text[place].properties.isXIDStart ? [place + 1] : []
    case "a character beyond ASCII with the Unicode property XID_Continue":
      guard place < text.count, !text[place].isASCII else { return [] }
      return text[place].properties.isXIDContinue ? [place + 1] : []
    case "zero, or a size that a Double can hold":
      return isDouble(text[begin..<place]) ? [place] : []
    case "up to six digits, the number of a Unicode character, no surrogate":
      let digits = String(String.UnicodeScalarView(text[begin..<place])).dropFirst(3).dropLast()
      let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
      return digits.count <= 6 && scalar != nil ? [place] : []
    default: fatalError("nothing is known of `? \(words) ?`")
    }
  }

  private func isDouble(_ written: ArraySlice<Unicode.Scalar>) -> Bool {
    let isPercent = written.last == "%"
    let plain = String(String.UnicodeScalarView(written.filter { $0 != "_" && $0 != "%" }))
    let significand = plain.lowercased().prefix { $0 != "e" }
    let exponent = plain.dropFirst(significand.count + 1)
    // An exponent beyond any Int decides alone.
    let shifted = exponent.isEmpty ? -2 : Int(exponent).map { $0 - 2 }
    let text = isPercent ? shifted.map { "\(significand)e\($0)" } ?? plain : plain
    guard let value = Double(text), value.isFinite else { return false }
    return value > 0 || !significand.contains { ("1"..."9").contains($0) }
  }
}
