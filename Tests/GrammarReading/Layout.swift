/// What may stand between two tokens; set by the innermost bracketed construct.
public enum Layout: Int, CaseIterable, Sendable {
  /// A line end ends a statement.
  case lines
  /// A line end is a space.
  case flowing
  /// Neither line ends nor comments, within the braces of a text.
  case oneLine
  /// Nothing: the characters of a text.
  case verbatim
}

/// Which constructs of a grammar set which layout, and where lines go on nevertheless.
struct LayoutRules: Sendable {
  private let ending: Set<String>
  private let flowing: Set<String>
  private let verbatim: Set<String>
  private let spaced: Set<String>
  /// The literals that no line end counts after.
  let goesOnAfter: Set<String>
  /// The literals that no line end counts before.
  let goesOnBefore: Set<String>

  init(_ grammar: Grammar) {
    ending = Set(grammar.list("lines-end"))
    flowing = Set(grammar.list("lines-flow"))
    verbatim = Set(grammar.list("verbatim"))
    spaced = Set(grammar.list("spaced"))
    goesOnAfter = Set(grammar.list("goes-on-after"))
    goesOnBefore = Set(grammar.list("goes-on-before"))
  }

  /// The layout after the first symbol of a rule.
  func inside(_ rule: String, within outer: Layout) -> Layout {
    if verbatim.contains(rule) { return .verbatim }
    if spaced.contains(rule) { return .oneLine }
    // Nothing within a text's braces brings line ends back.
    if outer == .oneLine { return outer }
    if ending.contains(rule) { return .lines }
    if flowing.contains(rule) { return .flowing }
    return outer
  }
}
