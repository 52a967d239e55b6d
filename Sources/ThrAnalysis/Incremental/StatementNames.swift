import ThrSyntax

/// The names in a statement of the file, found in its text alone.
struct StatementNames: Sendable {
  /// Those that it reads or gives values, each once.
  let all: [String]
  /// Those that it gives values, with the first place of each, counted from where it begins.
  let assigned: [(name: String, place: Span)]
  /// Whether functions stand within it.
  let holdsFunctions: Bool
  /// Whether checking it can be told from its names: no functions and no other files in it.
  let isSelfContained: Bool

  init(_ statement: Statement) {
    let start = statement.span.start
    if case .function(let function) = statement {
      // What it reads, its body reads.
      all = []
      assigned =
        function.name.text.isEmpty
        ? [] : [(function.name.text, function.name.span.moved(by: -start))]
      (holdsFunctions, isSelfContained) = (true, false)
      return
    }
    let found = AssignedNames([statement])
    var mentioned = MentionedNames()
    mentioned.collect([statement])
    all = Array(mentioned.all.union(found.first.keys))
    assigned = found.first.map { ($0.key, $0.value.moved(by: -start)) }
    holdsFunctions = !found.functions.isEmpty
    isSelfContained = !holdsFunctions && !found.usesFiles && !statement.isInvalid
  }
}

extension Statement {
  fileprivate var isInvalid: Bool { if case .invalid = self { true } else { false } }
}
