/// What a metric or a constraint is worked out with: values at once, or steps of a program.
///
/// Expressions, Kleene's logic and shortfalls are walked in one place for both.
protocol LaneAlgebra {
  associatedtype Term

  mutating func constant(_ number: Double) -> Term
  /// - Parameter place: The tally that counts the rows; the rows themselves where `nil`.
  mutating func formula(_ formula: @escaping NamedMetric.Formula, tally place: Int?) -> Term
  mutating func unary(_ function: @escaping (Lanes) -> Lanes, _ operand: Term) -> Term
  mutating func binary(
    _ function: @escaping (Lanes, Lanes) -> Lanes, _ left: Term, _ right: Term
  ) -> Term
  mutating func fold(
    _ function: @escaping (UnsafeMutableBufferPointer<Lanes>) -> Lanes, _ terms: [Term]
  ) -> Term

  /// What samples of the rows at hand say of a metric; undefined where none were drawn.
  mutating func sampled(_ metric: SampledMetric) -> Term

  /// The terms of parts that occur often.
  var known: [PartKey: Term] { get set }

  /// The tallies at hand; `nil` for made-up counts, where each row counts once and is in one group.
  var layout: TallyLayout? { get }
}

/// A part of an expression or of a constraint.
///
/// It is kept, so that no other takes its place in memory.
struct PartKey: Hashable {
  let part: any AnyObject & Sendable
  /// Of a constraint: what is worked out.
  var question: Question = .value

  enum Question { case value, truth, shortfall, shortfallOfNegation }

  static func == (one: PartKey, other: PartKey) -> Bool {
    one.part === other.part && one.question == other.question
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(part))
    hasher.combine(question)
  }
}

extension LaneAlgebra {
  /// The term of a part, worked out once where it is large; small ones are not worth the search.
  mutating func once(
    _ part: any AnyObject & Sendable, _ question: PartKey.Question = .value, size: Int,
    _ term: (inout Self) -> Term
  ) -> Term {
    guard size > 16 else { return term(&self) }
    let key = PartKey(part: part, question: question)
    if let known = known[key] { return known }
    let new = term(&self)
    known[key] = new
    return new
  }
}

/// The values at the counts of eight candidates.
struct LaneValues: LaneAlgebra {
  let counts: CountLanes
  let tallied: TalliedCounts?
  var known: [PartKey: Lanes] = [:]

  init(_ confusion: Confusion) {
    counts = CountLanes(confusion)
    tallied = confusion.tallied
  }

  /// Rows that no tally counts.
  init(_ counts: CountLanes) {
    self.counts = counts
    tallied = nil
  }

  var layout: TallyLayout? { tallied?.layout }

  func constant(_ number: Double) -> Lanes { Lanes(repeating: number) }
  func formula(_ formula: NamedMetric.Formula, tally place: Int?) -> Lanes {
    formula(place.flatMap { place in tallied.map { $0.lanes(of: place) } } ?? counts)
  }
  func unary(_ function: (Lanes) -> Lanes, _ operand: Lanes) -> Lanes { function(operand) }

  func binary(_ function: (Lanes, Lanes) -> Lanes, _ left: Lanes, _ right: Lanes) -> Lanes {
    function(left, right)
  }

  func sampled(_ metric: SampledMetric) -> Lanes {
    Lanes(repeating: tallied?.value(of: metric) ?? .nan)
  }

  func fold(
    _ function: (UnsafeMutableBufferPointer<Lanes>) -> Lanes, _ terms: [Lanes]
  ) -> Lanes {
    var terms = terms
    return terms.withUnsafeMutableBufferPointer { function($0) }
  }
}

extension Metric.Expression {
  func term<Algebra: LaneAlgebra>(in algebra: inout Algebra) -> Algebra.Term {
    algebra.once(self, size: facts.size) { form.term(in: &$0) }
  }
}

extension Metric.Expression.Form {
  fileprivate func term<Algebra: LaneAlgebra>(in algebra: inout Algebra) -> Algebra.Term {
    switch self {
    case .constant(let number): return algebra.constant(number.isFinite ? number + 0 : .nan)
    case .named(let named): return algebra.formula({ named.value($0) }, tally: nil)
    case .tallied(let named, let tally):
      return algebra.tallied({ named.value($0) }, by: tally)
    case .grouped(let grouped):
      let groups = algebra.layout.map { $0.groups[grouped] ?? [] }
      let terms = groups?.map { grouped.metric(in: $0).term(in: &algebra) }
      return algebra.fold(
        { grouped.joined($0) }, terms ?? [grouped.expression.term(in: &algebra)])
    case .sampled(let sampled):
      // Of made-up counts there are no samples.
      return algebra.layout == nil
        ? sampled.expression.term(in: &algebra) : algebra.sampled(sampled)
    case .priced(_, let inner): return inner.term(in: &algebra)
    case .regret: return algebra.constant(.nan)
    case .unary(let function, let operand):
      let operand = operand.term(in: &algebra)
      return algebra.unary(function.apply, operand)
    case .binary(let symbol, let left, let right):
      let (left, right) = (left.term(in: &algebra), right.term(in: &algebra))
      return algebra.binary(symbol.apply, left, right)
    }
  }
}

extension LaneAlgebra {
  /// A formula of rows that a tally counts; undefined where the rows at hand have no such tally.
  mutating func tallied(_ formula: @escaping NamedMetric.Formula, by tally: Tally) -> Term {
    guard let layout else { return self.formula(formula, tally: nil) }
    guard let place = layout.places[tally] else { return constant(.nan) }
    return self.formula(formula, tally: place)
  }
}

extension Constraint.Node {
  /// 1 where true, 0 where false, NaN where unknown.
  func truth<Algebra: LaneAlgebra>(in algebra: inout Algebra) -> Algebra.Term {
    algebra.once(self, .truth, size: size) { form.truth(in: &$0) }
  }

  /// How far from true, or from false where `negated`; NaN where unknown.
  func shortfall<Algebra: LaneAlgebra>(
    negated: Bool = false, in algebra: inout Algebra
  ) -> Algebra.Term {
    algebra.once(self, negated ? .shortfallOfNegation : .shortfall, size: size) {
      form.shortfall(negated: negated, in: &$0)
    }
  }
}

extension Constraint.Node.Form {
  fileprivate func truth<Algebra: LaneAlgebra>(in algebra: inout Algebra) -> Algebra.Term {
    switch self {
    case .comparison(let left, let comparison, let right):
      let (left, right) = (left.term(in: &algebra), right.term(in: &algebra))
      return algebra.binary(comparison.truth, left, right)
    case .and(let one, let other):
      let (one, other) = (one.truth(in: &algebra), other.truth(in: &algebra))
      return algebra.binary(Truth.and, one, other)
    case .or(let one, let other):
      let (one, other) = (one.truth(in: &algebra), other.truth(in: &algebra))
      return algebra.binary(Truth.or, one, other)
    case .not(let inner):
      let inner = inner.truth(in: &algebra)
      return algebra.unary(Truth.not, inner)
    }
  }

  fileprivate func shortfall<Algebra: LaneAlgebra>(
    negated: Bool, in algebra: inout Algebra
  ) -> Algebra.Term {
    switch self {
    case .comparison(let left, let comparison, let right):
      let (left, right) = (left.term(in: &algebra), right.term(in: &algebra))
      let comparison = negated ? comparison.opposite : comparison
      return algebra.binary(comparison.shortfall, left, right)
    case .not(let inner): return inner.shortfall(negated: !negated, in: &algebra)
    case .and(let one, let other), .or(let one, let other):
      let one = one.shortfall(negated: negated, in: &algebra)
      let other = other.shortfall(negated: negated, in: &algebra)
      return needsBoth(negated)
        ? algebra.binary(Shortfall.both, one, other)
        : algebra.binary(Shortfall.either, one, other)
    }
  }

  /// De Morgan: to fail an `and` it is enough to fail the easier half.
  private func needsBoth(_ negated: Bool) -> Bool {
    if case .and = self { !negated } else { negated }
  }
}
