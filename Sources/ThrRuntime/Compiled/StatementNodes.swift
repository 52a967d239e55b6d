import ThrModel
import ThrSyntax

/// An assignment, `name = value`.
final class Assignment: Node {
  private let target: Target
  private let value: Node
  /// Where an assignment is reported: at top level, and nowhere else.
  private let reported: (name: String, span: Span)?

  init(_ target: Target, _ value: Node, reported: (name: String, span: Span)?) {
    self.target = target
    self.value = value
    self.reported = reported
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let value = try value.evaluate(run, frame)
    target.bind(value, frame)
    if let reported {
      run.reporter.send(.assigned(reported.name, value, at: reported.span))
    }
    return .none
  }
}

/// `fn name(…) …` where it is reached.
final class Declaration: Node {
  private let declaration: FunctionDeclaration
  private let target: Target

  init(_ declaration: FunctionDeclaration, _ target: Target) {
    self.declaration = declaration
    self.target = target
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    target.bind(declaration, frame)
    return .none
  }
}

/// A loop, `for name in sequence { … }`.
final class Loop: Node {
  private let sequence: SequenceNode
  private let variable: Target
  private let body: Node

  init(_ variable: Target, in sequence: SequenceNode, _ body: Node) {
    self.variable = variable
    self.sequence = sequence
    self.body = body
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let sequence = try sequence.elements(run, frame)
    var turns = run.progress?.begin(sequence.count)
    defer { if turns != nil { run.progress?.end() } }
    for position in sequence.indices {
      try run.poll()
      variable.bind(sequence[position], frame)
      _ = try body.evaluate(run, frame)
      turns?.complete()
    }
    return .none
  }
}

/// The names of another file, `use "file.thr"`.
final class Use: Node {
  private let syntax: Statement.Use
  private let file: SourceFile
  private let scope: Scope
  /// Whether the names are those of a call, and not the file's own.
  private let isInCall: Bool

  init(_ syntax: Statement.Use, in file: SourceFile, _ scope: Scope, isInCall: Bool) {
    self.syntax = syntax
    self.file = file
    self.scope = scope
    self.isInCall = isInCall
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    try run.use(syntax, in: file, into: scope, isInCall ? frame : nil)
    return .none
  }
}

/// A bare expression at top level, or in a block of it, which shows its value.
final class Shown: Node {
  private let value: Node
  private let span: Span
  private let ending: Ending
  private let scope: Scope

  init(_ value: Node, _ syntax: Expression, _ scope: Scope) {
    self.value = value
    span = syntax.span
    ending = Ending(syntax)
    self.scope = scope
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let value = try value.evaluate(run, frame)
    run.end(ending)
    // What was done for its effect has no answer: its `none` says nothing.
    if case .none = value, run.endedInProcedure { return value }
    run.record?.show(value, of: scope.journal?.statement ?? 0, at: span)
    run.reporter.send(.shown(value, at: span))
    return value
  }
}
