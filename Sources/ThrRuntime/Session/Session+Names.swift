public import ThrModel
import ThrSyntax

extension Session {
  /// A name of the session with what it stands for.
  public struct Variable: Sendable {
    public let name: String
    public let value: Value
  }

  /// The names that the inputs so far have bound, each with its value, in the order of the alphabet.
  ///
  /// `_` and `args` are left out. Waits for a run under way: ask between runs, not from the sink.
  public var variables: [Variable] {
    withEvaluator { evaluator in
      evaluator.scope.boundNames.filter { $0 != lastShownName }.compactMap { name in
        evaluator.value(named: name).map { Variable(name: name, value: $0) }
      }
    }
  }

  /// Value of a name; `_` is the value shown last.
  public func value(of name: String) -> Value? {
    withEvaluator { $0.value(named: name) }
  }

  /// Gives a name a value between two runs, as an assignment would.
  public func bind(_ value: Value, to name: String) {
    withEvaluator { $0.scope.bind(name, .value(value), at: Span(0, 0), in: "") }
  }
}

extension Evaluator {
  /// What a name of this file stands for.
  fileprivate func value(named name: String) -> Value? {
    switch scope.binding(name)?.content {
    case .value(let value)?: value
    case .function(let declaration)?: .function(Function(declaration, in: scope, nil))
    case .unavailable, nil: nil
    }
  }
}
