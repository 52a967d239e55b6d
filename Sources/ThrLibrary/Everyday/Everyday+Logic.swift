import ThrModel

// Booleans in a list. An undefined element leaves the result undefined where it could change it.

extension Builtin {
  static let any = Builtin(
    "any", .everyday, "Whether at least one boolean of a list is true; false for an empty list.",
    documentation: "Undefined if none is true and one is undefined.",
    example: "any([x > 2 for x in [1, 2, 3]])",
    Form(Parameter<Truths>("list", "The booleans."), result: .either(.boolean, .undefined)) {
      _, list in list.first(ofEither: true)
    })

  static let all = Builtin(
    "all", .everyday, "Whether every boolean of a list is true; true for an empty list.",
    documentation: "If none is false but some are undefined, the result is undefined.",
    example: "all([x > 0 for x in [1, 2, 3]])",
    Form(Parameter<Truths>("list", "The booleans."), result: .either(.boolean, .undefined)) {
      _, list in list.first(ofEither: false)
    })
}

/// A list of booleans of which some may be undefined.
private struct Truths: ValueConvertible {
  let list: List

  static var valueType: ValueType { .list(.either(.boolean, .undefined)) }

  init?(_ value: Value) {
    guard case .list(let list) = value else { return nil }
    let isLogical = list.allSatisfy { element in
      if case .boolean = element { true } else { element == .undefined }
    }
    if !isLogical { return nil }
    self.list = list
  }

  var value: Value { .list(list) }

  /// The boolean that decides where the list holds it, else the other one, or undefined.
  func first(ofEither deciding: Bool) -> Value {
    if list.contains(.boolean(deciding)) { return .boolean(deciding) }
    return list.contains(.undefined) ? .undefined : .boolean(!deciding)
  }
}
