import GrammarReading
import ThrLibrary
import ThrModel

/// The words of the language by what they are: from the grammar's file and the library's
/// declarations, the only two places that name them.
struct Words {
  /// `true`, `none` and the like.
  let constants: [String]
  /// `and`, `or` and the like.
  let operators: [String]
  /// What begins or joins statements.
  let keywords: [String]
  /// Signs that join values.
  let signs: [String]
  let functions: [String]
  let metrics: [String]

  init(_ grammar: Grammar, _ library: Library) {
    let reserved = grammar.list("KEYWORD")
    let joining = grammar.list("goes-on-after")
    constants = grammar.list("constant")
    operators = reserved.filter(joining.contains)
    keywords = reserved.filter { [constants, operators] in
      !constants.contains($0) && !operators.contains($0)
    }
    // Longest first, as an alternative that begins another would hide it.
    signs = joining.filter { !reserved.contains($0) && $0 != "," }
      .sorted { ($1.count, $0) < ($0.count, $1) }
    functions = library.builtins.map(\.signature.name).sorted()
    metrics = library.constants.map(\.name).filter { [functions] in !functions.contains($0) }
      .sorted()
  }
}
