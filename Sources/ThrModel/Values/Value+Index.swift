import NumberText
public import ThrSyntax

extension Value {
  /// Which part an index names: from 0, negative from the end.
  ///
  /// - Parameter count: How many parts the list or text has.
  public func position(ofIndex number: Double, among count: Int) throws(CallError) -> Int {
    guard number == number.rounded() else { throw .fractionalIndex(number) }
    let position = number < 0 ? number + Double(count) : number
    guard position >= 0, position < Double(count) else {
      throw .indexOutOfRange(number, count: count, of: self)
    }
    return Int(position)
  }
}

extension CallError {
  fileprivate static func indexOutOfRange(
    _ number: Double, count: Int, of target: Value
  ) -> CallError {
    let isText = if case .text = target { true } else { false }
    let parts = isText ? "character" : "element"
    let size = count == 1 ? "1 \(parts)" : "\(Double(count).countText) \(parts)s"
    return CallError(
      .indexOutOfRange,
      "there is no `[\(number.shortestText)]` in a \(isText ? "text" : "list") of \(size)",
      remedy: count == 0
        ? nil : "indices go from `[0]` to `[\(count - 1)]`; `[-1]` is the last")
  }
}

extension Diagnostic.Kind {
  public static let indexOutOfRange = Diagnostic.Kind(
    "E0302", "index-out-of-range",
    explanation: .init(
      """
      Indices start at 0; negative indices count from the end. A list of three elements has the \
      indices 0, 1, 2 and -1, -2, -3.
      """,
      wrong: """
        xs = [5, 6, 7]
        fn at(i) = xs[i]
        at(3)
        """,
      right: """
        xs = [5, 6, 7]
        fn at(i) = xs[i]
        at(-1)
        """))
}
