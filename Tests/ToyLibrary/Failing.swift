import ThrModel
import ThrSyntax

extension [Builtin] {
  /// Functions that warn, fail or never end.
  static let failing: [Builtin] = [
    Builtin(
      "wrap", .everyday, "A list around a value.", example: "wrap(1)",
      Builtin.Form(Parameter<Value>("value", "Anything.")) { _, value in [value] }),
    Builtin(
      "warn", .everyday, "Warns.", example: "warn(\"a\")",
      Builtin.Form(Parameter<String>("message", "What.")) { context, message in
        context.warn(Warning(.toyWarning, message))
        return 1.0
      }),
    Builtin(
      "broken", .everyday, "Fails.", example: "broken()",
      Builtin.Form(Parameter<Double?>("value", "Which way.")) { _, value -> Double in
        switch value {
        case 1: throw CallError(.toyFault, "one is bad", remedy: "take two", parameter: "value")
        case 2: return .nan
        case 3: return -.infinity
        default: throw Unexpected()
        }
      }),
    // Works until it is stopped.
    Builtin(
      "wait", .everyday, "Waits.", example: "1",
      Builtin.Form(Parameter<Double?>("value", "Nothing.")) { context, _ -> Double in
        while true { try context.checkCancelled() }
      }),
  ]
}

private struct Unexpected: Error {}

extension Diagnostic.Kind {
  static let toyWarning = Diagnostic.Kind("W0690", "toy-warning", .warning)
  static let toyFault = Diagnostic.Kind("E0490", "toy-fault")
}
