public import ThrSyntax

/// Calls of one function, by the function that they stand in.
public struct CallsWithin: Sendable {
  /// `nil` for the statements of the file.
  public let caller: Statement.FunctionDeclaration?
  /// The places of the called name, in order.
  public internal(set) var places: [Span]
}

extension Document {
  /// The function of this text whose declared name begins at a place.
  public func function(namedAt offset: Int) -> Statement.FunctionDeclaration? {
    SyntaxPath(to: clamped(offset), in: parse.program).functions.last {
      $0.name.span.start == offset
    }
  }

  /// The calls among places of a function's name, by the function around them.
  public func calls(at places: [Span]) -> [CallsWithin] {
    var calls: [CallsWithin] = []
    for place in places {
      let path = SyntaxPath(to: place.start, in: parse.program)
      guard path.isCall(of: place) else { continue }
      let caller = path.functions.last
      if let known = calls.firstIndex(where: { $0.caller?.span == caller?.span }) {
        calls[known].places.append(place)
      } else {
        calls.append(CallsWithin(caller: caller, places: [place]))
      }
    }
    return calls
  }

  /// The places of names that a function calls, in order; those outside functions for `nil`.
  public func calls(in function: Statement.FunctionDeclaration?) -> [Span] {
    let statements = parse.program.statements.filter { statement in
      guard case .function = statement else { return function == nil }
      return false
    }
    let parts = function.map { [Statement.function($0)] } ?? statements
    guard let first = parts.first, let last = parts.last else { return [] }
    var places: [Span] = []
    Program(statements: parts, span: Span(first.span.start, last.span.end)).walk { node in
      switch node {
      case .expression(.call(let call)):
        if case .name(let name) = call.callee { places.append(name.span) }
      case .expression(.pipe(let pipe)):
        for case .name(let name) in pipe.stages { places.append(name.span) }
      default: break
      }
    }
    return places.sorted { $0.start < $1.start }
  }
}

extension SyntaxPath {
  /// Whether the name at a place is what a call or a stage of a pipe calls.
  fileprivate func isCall(of place: Span) -> Bool {
    guard case .expression(.name(let name))? = nodes.last, name.span == place,
      case .expression(let outer)? = nodes.dropLast().last
    else { return false }
    switch outer {
    case .call(let call): return call.callee.span == place
    case .pipe(let pipe): return pipe.stages.contains { $0.span == place }
    default: return false
    }
  }
}
