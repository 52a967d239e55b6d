import ThrModel
import ThrSyntax

/// The names that one file, function call or comprehension binds.
final class Scope {
  /// What a name stands for, and where it was bound.
  struct Binding {
    enum Content {
      case value(Value)
      case function(FunctionDeclaration)
      /// It has no value, because the statement that gives it one did not come to its end.
      case unavailable(Unavailable)
    }

    var content: Content
    var span: Span
    var file: String
    /// The statements that bound it and that read it last, in a scope with a journal.
    fileprivate(set) var writer = 0
    fileprivate var reader = 0
  }

  let parent: Scope?
  /// Whether functions declared here may outlive a call only through values: see `reach`.
  private let isCall: Bool
  private(set) var bindings: [String: Binding] = [:]
  /// Columns of the row that a builtin's expression is evaluated for.
  var column: ((String) -> Value?)?
  /// The names of these columns.
  var columnNames: [String] = []
  /// What the statement under way reads and binds here; only where somebody asks afterwards.
  var journal: Journal?

  init(parent: Scope?, isCall: Bool = true) {
    self.parent = parent
    self.isCall = isCall
  }

  /// The columns of the rows around, innermost first.
  var columnsAround: [String] { columnNames + (parent?.columnsAround ?? []) }

  /// A binding, and the scope that it stands in: a function declared there reads its names there.
  func find(_ name: String) -> (binding: Binding, scope: Scope)? {
    var scope: Scope? = self
    while let current = scope {
      if let value = current.column?(name) {
        return (Binding(content: .value(value), span: Span(0, 0), file: ""), current)
      }
      if let binding = current.bindings[name] {
        if let journal = current.journal { current.note(name, binding, journal) }
        return (binding, current)
      }
      current.journal?.absent?.names.insert(name)
      scope = current.parent
    }
    return nil
  }

  func bind(_ name: String, _ content: Binding.Content, at span: Span, in file: String) {
    bind(name, Binding(content: content, span: span, file: file))
  }

  /// Binds a name as it was bound before.
  func restore(_ name: String, _ binding: Binding) { bind(name, binding) }

  private func bind(_ name: String, _ new: Binding) {
    guard let journal else {
      bindings[name] = new
      return
    }
    let old = bindings[name]
    var new = new
    new.writer = journal.statement
    new.reader = 0
    if old?.writer != journal.statement { journal.bound.append((name, old)) }
    bindings[name] = new
  }

  /// Takes over the names of another scope, as `use` does.
  func bind(contentsOf other: Scope) {
    for (name, binding) in other.bindings {
      var binding = binding
      // The function goes on reading the names of its own file.
      if case .function(let declaration) = binding.content {
        binding.content = .value(.function(Function(declaration, in: other)))
      }
      bind(name, binding)
    }
  }

  /// Every name that is bound from here.
  var names: [String] {
    journal?.absent?.readsAllNames = true
    return bindings.keys.sorted() + (parent?.names ?? [])
  }

  /// Notes each name once for a statement, but for those that it bound itself.
  private func note(_ name: String, _ binding: Binding, _ journal: Journal) {
    let statement = journal.statement
    guard binding.writer != statement, binding.reader != statement else { return }
    bindings[name]?.reader = statement
    journal.read.append(.init(name: name, writer: binding.writer))
  }

  /// Gives every name back what it stood for before the statement under way.
  func rollBack() {
    guard let journal else { return }
    for (name, old) in journal.bound.reversed() { bindings[name] = old }
    journal.bound = []
  }

  /// Lets go of all values: a function value in a scope that it reads would keep both alive.
  func clear() { bindings = [:] }

  /// How deep the values nest that a function declared here holds on to.
  var reach: Int {
    guard isCall else { return 0 }
    var deepest = parent?.reach ?? 0
    for case .value(let value) in bindings.values.map(\.content) {
      deepest = max(deepest, value.depth)
    }
    return deepest + 1
  }
}

/// Why a name has no value.
struct Unavailable: Hashable, Sendable {
  /// What the reader of the name needs: the name, or a file.
  let name: String
}

/// A function as declared in a file.
final class FunctionDeclaration: Sendable {
  let syntax: Statement.FunctionDeclaration
  let file: SourceFile
  let shapes: [ParameterShape]

  init(_ syntax: Statement.FunctionDeclaration, in file: SourceFile) {
    self.syntax = syntax
    self.file = file
    shapes = syntax.parameters.map {
      ParameterShape(name: $0.name.text, isRequired: $0.defaultValue == nil)
    }
  }
}

/// A declaration together with the scope that it reads, once a function is used as a value.
final class Closure: FunctionTarget {
  let declaration: FunctionDeclaration
  /// Only touched on the evaluation thread; elsewhere the closure is an opaque handle.
  nonisolated(unsafe) let scope: Scope

  init(_ declaration: FunctionDeclaration, in scope: Scope) {
    self.declaration = declaration
    self.scope = scope
  }

  func isEqual(_ other: any FunctionTarget) -> Bool {
    guard let other = other as? Closure, scope === other.scope else { return false }
    // A declaration in a loop, or one that is reached after it was seen, is still the same one.
    return declaration === other.declaration
      || declaration.file == other.declaration.file
        && declaration.syntax.span == other.declaration.syntax.span
  }
}

extension Function {
  init(_ declaration: FunctionDeclaration, in scope: Scope) {
    self.init(
      name: declaration.syntax.name.text, target: Closure(declaration, in: scope),
      depth: scope.reach)
  }
}

/// A text that is being run.
struct SourceFile: Hashable, Sendable {
  /// The path, or what stands for one: unique among the texts of a session.
  let name: String
  /// Where relative paths start; empty for the working folder.
  let folder: String
}
