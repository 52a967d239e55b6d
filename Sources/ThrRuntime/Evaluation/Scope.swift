import ThrModel
import ThrSyntax

/// The names of one file, each with a cell that programs are compiled to.
///
/// A cell holds for the life of the scope: the inputs of a prompt and the statements of a notebook
/// share the names of one.
final class Scope {
  /// What a name stands for, and where it was bound.
  struct Binding {
    enum Content {
      case value(Value)
      case function(FunctionDeclaration)
      /// It has no value, because the statement that gives it one did not reach its end.
      case unavailable(Unavailable)
    }

    var content: Content
    let place: Place
    /// The statements that bound it and that read it last, in a scope with a journal.
    fileprivate(set) var writer = 0
    fileprivate var reader = 0

    var file: String { place.file }
  }

  /// Where a name was bound.
  final class Place {
    let span: Span
    let file: String

    init(_ span: Span, in file: String) {
      self.span = span
      self.file = file
    }
  }

  /// One name of the file.
  final class Cell {
    let name: String
    /// `nil` where the name is not bound.
    @exclusivity(unchecked) fileprivate(set) var content: Binding.Content?
    @exclusivity(unchecked) fileprivate var place: Place?
    @exclusivity(unchecked) fileprivate var writer = 0
    @exclusivity(unchecked) fileprivate var reader = 0

    fileprivate init(_ name: String) { self.name = name }

    /// The binding; `nil` where the name is not bound.
    fileprivate(set) var binding: Binding? {
      get {
        guard let content, let place else { return nil }
        return Binding(content: content, place: place, writer: writer, reader: reader)
      }
      set {
        content = newValue?.content
        place = newValue?.place
        writer = newValue?.writer ?? 0
        reader = newValue?.reader ?? 0
      }
    }
  }

  /// Names that the file sees without declaring them.
  let parent: Scope?
  private var cells: [String: Cell] = [:]
  /// What the statement under way reads and binds here; only where it is asked for afterwards.
  @exclusivity(unchecked) var journal: Journal?

  init(parent: Scope?) { self.parent = parent }

  /// The cell of a name, which is given one where it has none.
  func cell(_ name: String) -> Cell {
    if let cell = cells[name] { return cell }
    let cell = Cell(name)
    cells[name] = cell
    return cell
  }

  /// The cell of a name that is bound.
  func boundCell(_ name: String) -> Cell? {
    cells[name].flatMap { $0.content == nil ? nil : $0 }
  }

  // MARK: - Reading

  /// What a name stands for, without noting that it was read.
  func binding(_ name: String) -> Binding? { cells[name]?.binding }

  /// What a name stands for; notes that the statement under way read it.
  func read(_ cell: Cell) -> Binding.Content? {
    if journal != nil { note(cell) }
    return cell.content
  }

  /// Notes each name once for a statement, but for those that it bound itself.
  func note(_ cell: Cell) {
    guard let journal else { return }
    guard cell.content != nil else {
      journal.absent?.names.insert(cell.name)
      return
    }
    let statement = journal.statement
    guard cell.writer != statement, cell.reader != statement else { return }
    cell.reader = statement
    journal.read.append(.init(name: cell.name, writer: cell.writer))
  }

  /// Every name that is bound, in the order of the alphabet.
  var boundNames: [String] { cells.filter { $0.value.content != nil }.keys.sorted() }

  /// Every name that is bound from here, for a message that lists them.
  var names: [String] {
    journal?.absent?.readsAllNames = true
    return boundNames + (parent?.names ?? [])
  }

  /// Every name that is bound, with what it stands for.
  var bindings: [(name: String, binding: Binding)] {
    cells.values.compactMap { cell in cell.binding.map { (cell.name, $0) } }
  }

  // MARK: - Binding

  func bind(_ cell: Cell, _ content: Binding.Content, at place: Place) {
    prepareToBind(cell)
    cell.content = content
    if cell.place !== place { cell.place = place }
  }

  func bind(_ name: String, _ content: Binding.Content, at span: Span, in file: String) {
    bind(cell(name), content, at: Place(span, in: file))
  }

  /// Binds a name as it was bound before.
  func restore(_ name: String, _ binding: Binding) {
    bind(cell(name), binding.content, at: binding.place)
  }

  /// Keeps what a name stood for before the statement under way, where it may be asked for.
  @inline(__always)
  private func prepareToBind(_ cell: Cell) {
    if journal != nil { keep(cell) }
  }

  private func keep(_ cell: Cell) {
    guard let journal else { return }
    if cell.content == nil || cell.writer != journal.statement {
      journal.bound.append((cell.name, cell.binding))
    }
    cell.writer = journal.statement
    cell.reader = 0
  }

  /// Takes a value out, so that it can be changed without a copy where nothing else holds it; `bind`
  /// must follow, with nothing read between.
  func take(_ cell: Cell) -> Value {
    prepareToBind(cell)
    guard case .value(let value)? = cell.content else { return .none }
    cell.content = .value(.none)
    return value
  }

  /// Takes over the names of another scope, as `use` does, but for those bound here that may not be
  /// replaced.
  func bind(contentsOf other: Scope, replacing mayReplace: (Binding) -> Bool = { _ in true }) {
    for (name, binding) in other.bindings where self.binding(name).map(mayReplace) ?? true {
      let binding = binding.used(in: other)
      bind(cell(name), binding.content, at: binding.place)
    }
  }

  /// Takes away what another scope brought and a later one in its place does not, as far as it is
  /// still bound here.
  func unbind(namesOf earlier: Scope, goneFrom later: Scope) {
    for (name, known) in earlier.bindings where later.binding(name) == nil {
      guard let cell = boundCell(name), cell.place?.file == known.file else { continue }
      keep(cell)
      cell.binding = nil
    }
  }

  /// Gives every name back what it stood for before the statement under way.
  func rollBack() {
    guard let journal else { return }
    for (name, old) in journal.bound.reversed() { cell(name).binding = old }
    journal.bound = []
  }

  /// Lets go of all values: a function value in a scope that it reads would keep both alive.
  func clear() {
    for cell in cells.values { cell.binding = nil }
  }
}

extension Scope.Binding {
  /// The binding as another file sees it: a function goes on reading the names of its own file.
  func used(in home: Scope) -> Self {
    guard case .function(let declaration) = content else { return self }
    var binding = self
    binding.content = .value(.function(Function(declaration, in: home, nil)))
    return binding
  }
}

/// Why a name has no value.
struct Unavailable: Hashable, Sendable {
  /// What the reader of the name needs: the name, or a file.
  let name: String
}

/// A text that is being run.
struct SourceFile: Hashable, Sendable {
  /// The path, or what stands for one: unique among the texts of a session.
  let name: String
  /// Where relative paths start; empty for the working folder.
  let folder: String
}
