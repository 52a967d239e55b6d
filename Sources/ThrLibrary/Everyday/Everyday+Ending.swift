import ThrModel
public import ThrSyntax

// What ends a program on purpose.

extension Builtin {
  static let assert = Builtin(
    "assert", .everyday, "Stops the program with an error unless a condition holds.",
    documentation: """
      The error is the message, and the exit status 1. A condition that is undefined does not hold.
      A verification of a contract holds if its verdict is “holds”; one that is open ends the program
      with exit status 3. For a status of your own, use `exit`.
      """,
    effect: .ends,
    example: """
      e = evaluate(scores([0.2, 0.9], [0, 1]), at=0.5)
      assert(e.precision >= 90%, "precision is {e.precision}")
      """,
    foreignNames: ["stopifnot"],
    Form(
      Parameter<AssertedCondition>("condition", "What must hold."),
      Parameter<String>("message", default: "", "What the error says."),
      result: ValueType.none
    ) { context, condition, message in
      if case .verification(let verification) = condition {
        try verification.content.assertHolds(message, context)
      } else if condition.holds != true {
        throw CallError.assertionFailed(condition, message)
      }
      return Value.none
    })

  static let exit = Builtin(
    "exit", .everyday, "Ends the program with an exit status.",
    documentation: """
      What was shown and written before stays. 0 means success; thr itself uses 1 for a run that
      failed, 2 for wrong usage, 65 for a script with errors and 130 after Ctrl-C, so 3 to 63 are
      free. At the prompt, it ends the session. Live values in an editor do not run it.
      """,
    effect: .ends, example: "if 1 > 2 { exit(3) }", foreignNames: ["quit"],
    Form(
      Parameter<Int>("status", in: 0...255, default: 0, "The exit status of the process."),
      result: ValueType.none
    ) { (_, status) throws -> Value in throw Exit(status: status) })
}

/// A condition of which an undefined number may leave open whether it holds, or a verification.
enum AssertedCondition: ValueConvertible {
  case truth(Bool)
  case undefined
  case verification(VerificationResult)

  static var valueType: ValueType {
    .either(.boolean, .undefined, VerificationResult.valueType)
  }

  init?(_ value: Value) {
    switch value {
    case .boolean(let holds): self = .truth(holds)
    case .undefined: self = .undefined
    default:
      guard let verification = VerificationResult(value) else { return nil }
      self = .verification(verification)
    }
  }

  var value: Value {
    switch self {
    case .truth(let holds): .boolean(holds)
    case .undefined: .undefined
    case .verification(let verification): verification.value
    }
  }

  /// `nil` where undefined.
  var holds: Bool? { if case .truth(let holds) = self { holds } else { nil } }
}

extension CallError {
  fileprivate static func assertionFailed(
    _ condition: AssertedCondition, _ message: String
  ) -> CallError {
    CallError(
      .assertionFailed, message.isEmpty ? "the condition does not hold" : message,
      remedy: condition.holds == nil ? "the condition is undefined, so it does not hold" : nil,
      parameter: "condition")
  }
}

extension Diagnostic.Kind {
  public static let assertionFailed = Diagnostic.Kind(
    "E0420", "assertion-failed",
    explanation: .init(
      """
      A condition that the program asserts does not hold. The program stops here with exit status \
      1.
      """,
      wrong: "assert(1 + 1 == 3, \"arithmetic is broken\")",
      right: "assert(1 + 1 == 2, \"arithmetic is broken\")"))
}
