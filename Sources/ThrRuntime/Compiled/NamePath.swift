import ThrModel
import ThrSyntax

/// Where a name may stand for something: in calls, innermost first, then in the file.
///
/// Which of them it is depends on what has run: a function may read an outer name and bind its own
/// of that name later.
struct NamePath {
  enum Step {
    /// A name of a call, so many calls further out.
    case slot(depth: Int, index: Int)
    /// A column of the row that an expression is evaluated for.
    case row(depth: Int)
    /// A name that a `use` may have brought into a call.
    case brought(depth: Int)
  }

  let name: Name
  let steps: [Step]
  let scope: Scope
  /// The name in the file.
  let cell: Scope.Cell
  /// The name among those that every file sees; `nil` where it is none of them.
  let given: Scope.Cell?
  /// The file that the name stands in.
  let file: String
}

/// What a name stands for.
enum Meaning {
  case value(Value)
  /// A function with the call that it was declared in; `nil` at top level.
  case function(FunctionDeclaration, Frame?)
  case unavailable(Unavailable)
}

extension NamePath {
  /// What the name stands for, where the program bound it.
  func meaning(_ frame: Frame) -> Meaning? {
    for step in steps {
      if let found = meaning(frame, step) { return found }
    }
    if let content = scope.read(cell) { return Meaning(content) }
    guard let given else { return nil }
    return scope.parent?.read(given).map(Meaning.init)
  }

  private func meaning(_ frame: Frame, _ step: Step) -> Meaning? {
    switch step {
    case .slot(let depth, let index):
      let home = frame.ancestor(depth)
      switch home.slots[index].content {
      case .unbound: return nil
      case .value(let value): return .value(value)
      case .function(let declaration): return .function(declaration, home)
      }
    case .row(let depth):
      return frame.ancestor(depth).column?(name.text).map { .value($0) }
    case .brought(let depth):
      return frame.ancestor(depth).brought[name.text].map { Meaning($0.content) }
    }
  }

  /// Where the name was bound, for a message.
  func place(_ frame: Frame) -> (span: Span, file: String)? {
    for step in steps {
      switch step {
      case .slot(let depth, let index):
        let home = frame.ancestor(depth)
        let slot = home.slots[index]
        if case .unbound = slot.content { continue }
        guard slot.place == Frame.elsewhere else {
          return (home.layout.span(of: slot.place), home.layout.file.name)
        }
        return home.brought[name.text].map { ($0.place.span, $0.place.file) }
      case .row(let depth):
        if frame.ancestor(depth).column?(name.text) != nil { return (Span(0, 0), "") }
      case .brought(let depth):
        guard let binding = frame.ancestor(depth).brought[name.text] else { continue }
        return (binding.place.span, binding.place.file)
      }
    }
    let binding = cell.binding ?? given?.binding
    return binding.map { ($0.place.span, $0.place.file) }
  }

  /// Every name that may be read here.
  func knownNames(_ run: Evaluator, _ frame: Frame) -> [String] {
    frame.names + scope.names + run.library.vocabulary.names
  }

  func unknown(_ run: Evaluator, _ frame: Frame, isCalled: Bool = false) -> Stop {
    let here = run.library.vocabulary.nameHere(for: name.text)
    return run.failure(
      .unknownName(
        name.text, among: knownNames(run, frame), nameHere: here, columns: frame.columnsAround,
        isCalled: isCalled),
      at: name.span)
  }
}

extension Meaning {
  init(_ content: Scope.Binding.Content) {
    switch content {
    case .value(let value): self = .value(value)
    case .function(let declaration): self = .function(declaration, nil)
    case .unavailable(let unavailable): self = .unavailable(unavailable)
    }
  }
}

/// A name, wherever it stands.
class NameNode: Node {
  let path: NamePath
  /// What the library's name stands for, once it was asked for.
  private var given: Value?

  init(_ path: NamePath) { self.path = path }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    guard let meaning = path.meaning(frame) else { return try library(run, frame) }
    switch meaning {
    case .value(let value): return value
    case .function(let declaration, let home):
      return .function(Function(declaration, in: path.scope, home))
    case .unavailable(let unavailable): throw .refused(.needs(unavailable.name))
    }
  }

  private func library(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    if let given { return given }
    let name = path.name.text
    var value = run.library.constant(name)
    if value == nil, run.library.builtin(name) != nil { value = .function(Function(builtin: name)) }
    guard let value else { throw path.unknown(run, frame) }
    given = value
    return value
  }
}

/// A name of the call under way, which is nearly always bound when it is read.
final class LocalName: NameNode {
  private let index: Int

  init(_ path: NamePath, at index: Int) {
    self.index = index
    super.init(path)
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    if case .value(let value) = frame.slots[index].content { return value }
    return try super.evaluate(run, frame)
  }
}

/// A name that only the file or the library gives.
final class FileName: NameNode {
  private let scope: Scope
  private let cell: Scope.Cell

  override init(_ path: NamePath) {
    scope = path.scope
    cell = path.cell
    super.init(path)
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    if scope.journal == nil, case .value(let value)? = cell.content { return value }
    return try super.evaluate(run, frame)
  }
}
