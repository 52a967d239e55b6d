import ThrSyntax

/// The diagnostics of a check, each place and kind once.
struct Findings {
  // Beyond this many, a text is read as something else than a program.
  private static let limit = 1000

  private struct Place: Hashable {
    let kind: Diagnostic.Kind
    let span: Span
  }

  private var all: [Diagnostic] = []
  private var places: Set<Place> = []

  var count: Int { all.count }
  var isFull: Bool { all.count >= Self.limit }

  mutating func add(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    let place = Place(kind: diagnostic.kind, span: diagnostic.span)
    if places.insert(place).inserted { all.append(diagnostic) }
  }

  func contains(_ kind: Diagnostic.Kind, at span: Span) -> Bool {
    places.contains(Place(kind: kind, span: span))
  }

  /// What was found since there were this many.
  func added(since count: Int) -> ArraySlice<Diagnostic> { all[count...] }

  /// All in the order of the places, with some that were found without the check.
  func sorted(adding others: [Diagnostic]) -> [Diagnostic] {
    (all + others).enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
  }
}
