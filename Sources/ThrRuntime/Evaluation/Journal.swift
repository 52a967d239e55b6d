/// What one statement after the other does with the names of a scope.
///
/// From it follow what a statement depends on, and how to undo one that did not reach its end.
final class Journal {
  struct Read: Hashable {
    let name: String
    /// The number of the statement that had bound it.
    let writer: Int
  }

  /// The number of the statement under way; numbers ascend from 1.
  private(set) var statement = 0
  /// The names that were read before the statement bound them itself, if it did: each once.
  var read: [Read] = []
  /// The names that the statement bound, each once, with what they stood for before.
  var bound: [(name: String, old: Scope.Binding?)] = []

  /// What a statement found absent, where that is asked for; `nil` where no one asks.
  var absent: Absences?

  /// What a statement looked for and did not find, or found by looking at everything.
  struct Absences {
    /// Names that are not bound here: they may be the library's, or undefined.
    var names: Set<String> = []
    /// Whether it asked which names there are.
    var readsAllNames = false
  }

  /// From here on, names are read and bound by this statement.
  func begin(_ statement: Int) {
    self.statement = statement
    read = []
    bound = []
    if absent != nil { absent = Absences() }
  }
}
