/// What is known of an expression from what is known of its parts: worked out once, when it is
/// made.
struct ExpressionFacts: Sendable {
  let hash: Int
  /// How many names, numbers and operators its text has; at most `Int.max`.
  let size: Int
  /// How many operators stand inside one another.
  let depth: Int
  /// The number that it is at all counts, NaN where that is undefined; `nil` where it depends
  /// on counts.
  let fixed: Double?
  /// As a sum of counts; `nil` where it is none.
  let linear: CountSum?
  /// Which way it pulls a goal.
  let pull: Pull
  /// Whether its distance from 0 is a distance between two things.
  let isDifference: Bool
  /// Whether a quantile over samples is in it.
  let holdsSamples: Bool

  init(_ form: Metric.Expression.Form) {
    hash = form.hashOfParts
    size = form.parts.reduce(1) { $0.addingSaturated($1.facts.size) }
    depth = 1 + (form.parts.map(\.facts.depth).max() ?? 0)
    fixed = form.fixed
    linear = form.linear
    pull = linear?.isFixed == true ? .none : form.pull
    isDifference = form.isDifference
    holdsSamples = form.isSampled || form.parts.contains { $0.facts.holdsSamples }
  }
}

extension Metric.Expression.Form {
  var parts: [Metric.Expression] {
    switch self {
    case .constant, .named, .tallied: []
    case .grouped(let grouped): [grouped.expression]
    case .sampled(let sampled): [sampled.expression]
    case .priced(_, let inner), .unary(_, let inner): [inner]
    case .regret(let parts): parts
    case .binary(_, let left, let right): [left, right]
    }
  }

  fileprivate var isSampled: Bool { if case .sampled = self { true } else { false } }

  fileprivate var hashOfParts: Int {
    var hasher = Hasher()
    hash(into: &hasher)  // parts give the hash that they keep
    return hasher.finalize()
  }

  fileprivate var fixed: Double? {
    switch self {
    case .constant(let number): number.isFinite ? number + 0 : .nan
    case .named, .tallied, .grouped, .sampled, .regret: nil
    case .priced(_, let inner): inner.facts.fixed
    case .unary(let function, let operand):
      operand.facts.fixed.map { function.apply(Lanes(repeating: $0))[0] }
    case .binary(let symbol, let left, let right):
      left.facts.fixed.flatMap { left in
        right.facts.fixed.map { symbol.apply(Lanes(repeating: left), Lanes(repeating: $0))[0] }
      }
    }
  }
}

extension Metric.Expression {
  /// The number it is; `nil` where it depends on the counts, or is undefined.
  var number: Double? { facts.fixed.flatMap { $0.isNaN ? nil : $0 } }
}

extension Int {
  func addingSaturated(_ other: Int) -> Int {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}
