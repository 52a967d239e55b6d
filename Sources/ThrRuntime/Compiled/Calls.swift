import ThrModel
public import ThrSyntax

/// `function(argument, name=argument)`, alone or as the stage of a pipe.
class CallNode: Node {
  final override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    try call(piping: nil, run, frame)
  }

  func call(piping piped: Value?, _ run: Evaluator, _ frame: Frame) throws(Stop) -> Value { .none }

  /// Hands the expression whose value is piped into the call the columns that the call uses of it.
  func prepare(_ piped: Node, _ run: Evaluator, _ frame: Frame) {}
}

/// `value |> stage |> stage`: each stage takes the value so far as its first argument.
final class Pipe: Node {
  private let first: Node
  private let stages: [CallNode]

  init(_ first: Node, _ stages: [CallNode]) {
    self.first = first
    self.stages = stages
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    stages.first?.prepare(first, run, frame)
    var value = try first.evaluate(run, frame)
    for stage in stages { value = try stage.call(piping: value, run, frame) }
    return value
  }
}

/// A call of what a name stands for.
final class NamedCall: CallNode {
  private let path: NamePath
  private let site: CallSite
  private let isInRow: Bool
  /// The library's function of that name, once it was called.
  private var builtin: BuiltinCall?
  /// The columns used of the table that the call gives; `nil`: any may be.
  var columnsUsed: Set<String>?

  /// - Parameter isInRow: whether the call stands in an expression evaluated for rows.
  init(_ path: NamePath, _ site: CallSite, isInRow: Bool) {
    self.path = path
    self.site = site
    self.isInRow = isInRow
  }

  override func call(
    piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    try run.poll()
    switch path.meaning(frame) {
    case .function(let declaration, let home)?:
      return try site.call(declaration, in: path.scope, home, piping: piped, run, frame)
    case .value(let value)?: return try call(value, piping: piped, run, frame)
    case .unavailable(let unavailable)?: throw .refused(.needs(unavailable.name))
    case nil:
      if let builtin = libraryCall(run) { return try builtin.call(piping: piped, run, frame) }
      return try callConstant(piping: piped, run, frame)
    }
  }

  override func prepare(_ piped: Node, _ run: Evaluator, _ frame: Frame) {
    guard path.meaning(frame) == nil else { return }
    libraryCall(run)?.prepare(piped)
  }

  private func libraryCall(_ run: Evaluator) -> BuiltinCall? {
    if let builtin { return builtin }
    guard let function = run.library.builtin(path.name.text) else { return nil }
    builtin = BuiltinCall(function, site, isInRow: isInRow, columnsUsed: columnsUsed)
    return builtin
  }

  private func callConstant(
    piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    guard let constant = run.library.constant(path.name.text) else {
      throw path.unknown(run, frame, isCalled: true)
    }
    return try call(constant, piping: piped, run, frame)
  }

  private func call(
    _ callee: Value, piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    guard case .function(let function) = callee else {
      throw run.failure(
        .notCallable(callee.type, named: path.name.text), at: path.name.span,
        notes: note(run, frame))
    }
    return try site.call(function, isInRow: isInRow, piping: piped, run, frame)
  }

  /// The line that gave the name the value that cannot be called.
  private func note(_ run: Evaluator, _ frame: Frame) -> [Diagnostic.Note] {
    guard let place = path.place(frame) else { return [] }
    let name = path.name.text
    let hides = run.library.builtin(name) != nil ? ", which hides the function" : ""
    return [
      Diagnostic.Note(
        "`\(name)` gets its value here\(hides)", at: place.span,
        in: place.file == path.file ? nil : place.file)
    ]
  }
}

/// A call of what an expression gives: `fs[0](1)`.
final class ComputedCall: CallNode {
  private let callee: Node
  private var site: CallSite
  private let isInRow: Bool

  init(_ callee: Node, _ site: CallSite, isInRow: Bool) {
    self.callee = callee
    self.site = site
    self.isInRow = isInRow
  }

  override func call(
    piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    try run.poll()
    let callee = try callee.evaluate(run, frame)
    guard case .function(let function) = callee else {
      throw run.failure(.notCallable(callee.type, named: nil), at: site.callee.span)
    }
    let site = site.naming(function.name)
    self.site = site
    return try site.call(function, isInRow: isInRow, piping: piped, run, frame)
  }
}

extension CallSite {
  func call(
    _ function: Function, isInRow: Bool, piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    if let closure = function.target as? Closure {
      return try call(
        closure.declaration, in: closure.scope, closure.frame, piping: piped, run, frame)
    }
    guard let builtin = run.library.builtin(function.name) else {
      throw run.failure(.unknownName(function.name, among: []), at: callee.span)
    }
    return try BuiltinCall(builtin, self, isInRow: isInRow).call(piping: piped, run, frame)
  }

  /// Calls a user's function.
  ///
  /// - Parameter home: the call that it was declared in, whose names it reads now.
  func call(
    _ function: FunctionDeclaration, in scope: Scope, _ home: Frame?, piping piped: Value?,
    _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    let plan = try plan(function, run)
    let code = function.code(in: scope)
    let inner = code.frames.frame(in: home)
    // A default must not see the parameters after it.
    var values: [Value] = []
    for position in arguments.indices {
      let value = try value(position, piping: piped, run, frame)
      if plan.isComplete {
        code.bind(plan.parameters[position], value, inner)
      } else {
        values.append(value)
      }
    }
    guard run.depth < Evaluator.maximumCalls, run.stack.hasRoom else {
      throw run.failure(.tooManyCalls(run.depth, of: callee))
    }
    run.depth += 1
    defer { run.depth -= 1 }
    do throws(Stop) {
      if !plan.isComplete {
        try code.bindAll(plan.arguments.map { $0.map { values[$0] } }, run, inner)
      }
      let value = try code.body.evaluate(run, inner)
      run.end(code.ending)
      code.frames.giveBack(consume inner)
      return value
    } catch {
      throw error.leaving(function.file.name, .function(function.syntax.name.text), span)
    }
  }
}

/// A user's function, compiled.
final class FunctionCode {
  let scope: Scope
  fileprivate let frames: FramePool
  fileprivate let body: Node
  fileprivate let ending: Ending
  private let parameters: [Parameter]

  struct Parameter {
    /// Where the parameter stands among the names of the layout.
    let index: Int
    let place: Int32
    let defaultValue: Node?
  }

  init(
    _ scope: Scope, _ layout: FrameLayout, _ parameters: [Parameter], _ body: Node, _ ending: Ending
  ) {
    self.scope = scope
    frames = FramePool(layout)
    self.parameters = parameters
    self.body = body
    self.ending = ending
  }

  fileprivate func bind(_ parameter: Int, _ value: Value, _ frame: Frame) {
    frame.bind(parameters[parameter].index, value, at: parameters[parameter].place)
  }

  /// A default is computed at each call, and sees the parameters before it.
  fileprivate func bindAll(
    _ values: [Value?], _ run: Evaluator, _ frame: Frame
  ) throws(Stop) {
    for (position, parameter) in parameters.enumerated() {
      var value = values[position]
      if value == nil { value = try parameter.defaultValue?.evaluate(run, frame) }
      bind(position, value ?? .none, frame)
    }
  }
}

extension Diagnostic {
  fileprivate static func tooManyCalls(_ count: Int, of callee: Name) -> Diagnostic {
    Diagnostic(
      .recursionTooDeep, at: callee.span,
      "`\(callee.text)` is called while \(count) calls are still running",
      remedy: "make sure that the recursion ends; for many steps use `for`")
  }
}

extension Diagnostic.Kind {
  public static let recursionTooDeep = Diagnostic.Kind(
    "E0303", "recursion-too-deep",
    explanation: .init(
      """
      A function may call itself, but not too deeply. Give it a case that does not call itself, or \
      use a `for` loop or a list.
      """,
      wrong: """
        fn sum_to(n) = n + sum_to(n - 1)
        sum_to(10)
        """,
      right: """
        fn sum_to(n) = if n == 0 { 0 } else { n + sum_to(n - 1) }
        sum_to(10)
        """))
}
