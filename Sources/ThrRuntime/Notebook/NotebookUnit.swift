import ThrSyntax

/// One top-level statement as a text of its own, wherever it stands in the notebook.
///
/// Its places count from its own beginning, so that what is remembered of it stays right when it
/// moves. The runtime takes it for a file; its name is no path, and no one sees it.
final class NotebookUnit {
  let file: SourceFile
  let statement: Statement
  /// The names that it may bind.
  let boundNames: Set<String>
  /// Its function, where it declares one.
  let declaration: FunctionDeclaration?
  /// What came of it, latest first.
  var memories: [NotebookMemory] = []

  init(_ statement: Statement, named name: String, folder: String) {
    file = SourceFile(name: name, folder: folder)
    self.statement = statement
    boundNames = statement.namesBound
    if case .function(let function) = statement {
      declaration = FunctionDeclaration(function, in: file)
    } else {
      declaration = nil
    }
  }
}

/// The units of a notebook, by their text, and by which of several equal texts they are.
struct NotebookUnits {
  private struct Key: Hashable {
    let text: [UInt8]
    let occurrence: Int
  }

  private struct Known {
    let unit: NotebookUnit
    var lastPass: Int
  }

  private var known: [Key: Known] = [:]
  private var made = 0

  /// The units of a text's statements; `nil` for one whose text is no whole statement by itself.
  mutating func units(of parse: Parse, folder: String, pass: Int) -> [NotebookUnit?] {
    var occurrences: [[UInt8]: Int] = [:]
    return parse.program.statements.map { statement in
      let span = statement.span
      let text = Array(parse.source.bytes[span.start..<span.end])
      occurrences[text, default: -1] += 1
      return unit(Key(text: text, occurrence: occurrences[text] ?? 0), folder, pass)
    }
  }

  private mutating func unit(_ key: Key, _ folder: String, _ pass: Int) -> NotebookUnit? {
    if let old = known[key], old.unit.file.folder == folder {
      known[key]?.lastPass = pass
      return old.unit
    }
    let parse = parse(key.text)
    guard parse.diagnostics.allSatisfy({ $0.severity != .error }),
      parse.program.statements.count == 1, let statement = parse.program.statements.first
    else { return nil }
    made += 1
    let unit = NotebookUnit(statement, named: "\u{1}\(made)", folder: folder)
    known[key] = Known(unit: unit, lastPass: pass)
    return unit
  }

  var all: [NotebookUnit] { known.values.map(\.unit) }

  /// Forgets texts that have long been out of the notebook.
  mutating func prune(before pass: Int) {
    known = known.filter { $0.value.lastPass >= pass }
  }
}
