import TableIO
import ThrModel
import ThrSyntax

/// The statements that a session has run to their ends, and what each of them needed.
///
/// Lives on the evaluation thread.
final class StatementRecord {
  struct Entry {
    let number: Int
    /// The number of the first statement of the same input.
    let input: Int
    let syntax: Statement
    let source: Source
    /// Where the paths of its `use` statements start.
    let folder: String
    var read: Set<Journal.Read> = []
    /// The names that it bound, itself included where it declares a function.
    var bound: Set<String> = []
    /// Earlier statements that wrote the files it read.
    var writers: Set<Int> = []
    /// Where the expressions stand whose values it showed.
    var shown: Set<Span> = []
  }

  struct Shown {
    let value: Value
    let statement: Int
    let span: Span
  }

  private(set) var entries: [Int: Entry] = [:]
  /// The value shown last in the input under way.
  private(set) var lastShown: Shown?
  /// What the statement under way showed last, and where it showed anything.
  private var shown: (last: Shown, spans: Set<Span>)?
  private var lastNumber = 0
  /// The statement that wrote a file last, by path.
  private var fileWriters: [String: Int] = [:]
  let files = FileLog()

  /// Gives the statements of an input their numbers.
  func admit(_ program: Program, _ source: Source, folder: String) -> [Entry] {
    let first = lastNumber + 1
    lastNumber += program.statements.count
    lastShown = nil
    return program.statements.enumerated().map { position, statement in
      Entry(
        number: first + position, input: first, syntax: statement, source: source, folder: folder)
    }
  }

  func show(_ value: Value, of statement: Int, at span: Span) {
    let last = Shown(value: value, statement: statement, span: span)
    shown = (last, (shown?.spans ?? []).union([span]))
  }

  /// Adds a declaration that counts from the beginning of its input.
  func add(_ entry: Entry, declaring name: String) {
    var entry = entry
    entry.bound = [name]
    entries[entry.number] = entry
  }

  /// Adds a statement that reached its end.
  func add(_ entry: Entry, _ journal: Journal?) {
    var entry = entry
    if let journal {
      entry.read = Set(journal.read)
      entry.bound = Set(journal.bound.map(\.name))
    }
    // The declaration was bound already when its input began.
    if case .function(let function) = entry.syntax { entry.bound.insert(function.name.text) }
    for access in files.drain() {
      switch access {
      case .sought: break
      case .read(let path):
        if let writer = fileWriters[SourcePath.resolve(path, in: "")], writer != entry.number {
          entry.writers.insert(writer)
        }
      case .written(let path):
        fileWriters[SourcePath.resolve(path, in: "")] = entry.number
      }
    }
    if let shown {
      entry.shown = shown.spans
      lastShown = shown.last
    }
    shown = nil
    entries[entry.number] = entry
  }

  /// Forgets what a statement did that did not reach its end.
  func drop() {
    shown = nil
    // What it wrote stays written, by no statement that could be run again.
    for case .written(let path) in files.drain() {
      fileWriters[SourcePath.resolve(path, in: "")] = nil
    }
  }

  func clear() {
    drop()
    entries = [:]
    fileWriters = [:]
    lastShown = nil
  }
}
