import ThrSyntax

/// The names in a statement of the file, found in its text alone.
struct StatementNames: Sendable {
  /// Those that it reads or gives values, each once.
  let all: [String]
  /// Those that it gives values, with the first place of each, counted from where it begins.
  let assigned: [(name: String, place: Span)]
  /// Whether functions stand within it.
  let holdsFunctions: Bool
  /// Whether all that it brings are values of names: no functions or other files in its blocks.
  let isSelfContained: Bool

  init(_ statement: Statement) {
    let start = statement.span.start
    if case .function(let function) = statement {
      // What it reads, its body reads; the function itself is known before.
      let name = function.name
      assigned = name.text.isEmpty ? [] : [(name.text, name.span.moved(by: -start))]
      all = assigned.map(\.name)
      (holdsFunctions, isSelfContained) = (true, true)
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
