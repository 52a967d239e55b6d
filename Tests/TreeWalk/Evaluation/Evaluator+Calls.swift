import ThrModel
import ThrSyntax

/// A call as the runtime sees it: a piped value is its first argument.
struct CallSite {
  enum Source {
    case expression(Expression)
    case value(Value)
  }

  struct Argument {
    let label: Name?
    /// What a message points to.
    let span: Span
    let source: Source
  }

  /// The function as written; a name where it has one.
  let callee: Name
  let arguments: [Argument]
  let span: Span

  var labels: [String?] { arguments.map { $0.label?.text } }
}

extension Evaluator {
  func call(_ call: Expression.Call, piping piped: CallSite.Argument? = nil) throws(Stop) -> Value {
    let written = call.arguments.map {
      CallSite.Argument(label: $0.label, span: $0.value.span, source: .expression($0.value))
    }
    return try self.call(
      call.callee, (piped.map { [$0] } ?? []) + written, at: call.span)
  }

  /// Each stage takes the value so far as its first argument.
  func pipe(_ pipe: Expression.Pipe) throws(Stop) -> Value {
    var value = try evaluate(pipe.first)
    var span = pipe.first.span
    for stage in pipe.stages {
      let piped = CallSite.Argument(label: nil, span: span, source: .value(value))
      if case .call(let call) = stage {
        value = try self.call(call, piping: piped)
      } else {
        value = try call(stage, [piped], at: stage.span)
      }
      span = Span(pipe.first.span.start, stage.span.end)
    }
    return value
  }

  private func call(
    _ callee: Expression, _ arguments: [CallSite.Argument], at span: Span
  ) throws(Stop) -> Value {
    try checkCancelled()
    if case .parenthesized(let inner, _) = callee { return try call(inner, arguments, at: span) }
    guard case .name(let name) = callee else {
      let function = try evaluate(callee)
      let site = CallSite(
        callee: Name(function.functionName ?? "", callee.span), arguments: arguments, span: span)
      return try call(function, site, named: nil)
    }
    return try call(CallSite(callee: name, arguments: arguments, span: span))
  }

  /// Calls what a name stands for.
  private func call(_ site: CallSite) throws(Stop) -> Value {
    let name = site.callee.text
    if let (binding, home) = scope.find(name) {
      switch binding.content {
      case .function(let declaration): return try call(declaration, in: home, site)
      case .value(let value): return try call(value, site, named: binding)
      case .unavailable(let unavailable): throw .refused(.needs(unavailable.name))
      }
    }
    if let builtin = library.builtin(name) { return try call(builtin, site) }
    if let constant = library.constant(name) { return try call(constant, site, named: nil) }
    let here = library.vocabulary.nameHere(for: name)
    throw failure(
      .unknownName(name, among: knownNames, nameHere: here, isCalled: true), at: site.callee.span)
  }

  func call(
    _ callee: Value, _ site: CallSite, named binding: Scope.Binding?
  ) throws(Stop) -> Value {
    guard case .function(let function) = callee else {
      let name = site.callee.text
      throw failure(
        .notCallable(callee.type, named: name.isEmpty ? nil : name), at: site.callee.span,
        notes: binding.map { [note(hiding: name, $0)] } ?? [])
    }
    if let closure = function.target as? Closure {
      return try call(closure.declaration, in: closure.scope, site)
    }
    guard let builtin = library.builtin(function.name) else {
      throw failure(.unknownName(function.name, among: []), at: site.callee.span)
    }
    return try call(builtin, site)
  }

  /// The line that gave a name the value that cannot be called.
  private func note(hiding name: String, _ binding: Scope.Binding) -> Diagnostic.Note {
    let hides = library.builtin(name) != nil ? ", which hides the function" : ""
    return Diagnostic.Note(
      "`\(name)` gets its value here\(hides)", at: binding.span,
      in: binding.file == file.name ? nil : binding.file)
  }

  func evaluate(_ argument: CallSite.Argument) throws(Stop) -> Value {
    switch argument.source {
    case .expression(let expression): try evaluate(expression)
    case .value(let value): value
    }
  }

  /// Matches the arguments with the parameters, or refuses the call with all that is wrong.
  func match(_ site: CallSite, to shapes: [ParameterShape]) throws(Stop) -> ArgumentMatch {
    let match = ArgumentMatch(labels: site.labels, to: shapes)
    guard !match.faults.isEmpty else { return match }
    throw failure(
      match.diagnostics(
        for: site.callee, site.arguments.map { ($0.label, $0.span) }, to: shapes))
  }
}

extension Value {
  fileprivate var functionName: String? {
    if case .function(let function) = self { function.name } else { nil }
  }
}
