/// What a form of a builtin refuses in any program: asked by the checker, with
/// the arguments that every run gives.
///
/// The body refuses the same; declare only what needs no work.
public struct Refusal: Hashable, Sendable {
  let check: @Sendable (KnownArguments) throws(CallError) -> Void

  /// Why a call with these arguments fails in every run; `nil` where that is not known.
  public func error(_ arguments: KnownArguments) -> CallError? {
    do throws(CallError) {
      try check(arguments)
      return nil
    } catch { return error }
  }

  // A signature has one; two of the same form do the same.
  public static func == (one: Refusal, other: Refusal) -> Bool { true }
  public func hash(into hasher: inout Hasher) {}
}

/// The arguments of a call that every run gives, by their parameters; defaults among them.
public struct KnownArguments: Sendable {
  private let values: [String: Value]

  public init(_ values: [String: Value]) { self.values = values }

  /// `nil` where the argument is not known.
  public subscript(_ parameter: String) -> Value? { values[parameter] }

  public func number(_ parameter: String) -> Double? {
    if case .number(let number)? = values[parameter] { number } else { nil }
  }

  public func text(_ parameter: String) -> String? {
    if case .text(let text)? = values[parameter] { text } else { nil }
  }

  public func list(_ parameter: String) -> List? {
    if case .list(let list)? = values[parameter] { list } else { nil }
  }
}
