/// A metric and a constraint as steps that bound their values over whole boxes of counts.
///
/// All named metrics rise or fall in the true positives at any number of false positives, and the
/// other way round, so that they are least and greatest at corners of a box; arithmetic on them
/// goes by intervals. Truth is a number too: 0 where it can fail, 1 where it can hold.
struct BoundSteps {
  private enum Step {
    case constant(Double)
    /// A named metric, and what its values may be as numbers.
    case formula(NamedMetric.Formula, room: Double, least: Double)
    case unbounded
    case unary(Metric.Function, Int)
    case binary(Metric.Operator, Int, Int)
    case comparison(Constraint.Comparison, Int, Int)
    case and(Int, Int)
    case or(Int, Int)
    case not(Int)
  }

  private var steps: [Step] = []
  private var known: [ObjectIdentifier: Int] = [:]
  private let totals: ClassSums
  /// What sums and formulas may be off by, as a share.
  private let rounding: Double
  private var rank = 0
  private var truth: Int?

  /// - Parameters:
  ///   - totals: All rows of each class.
  ///   - rounding: What counts, and values computed of them, may be off by, as a share.
  ///   - byValue: Whether candidates rank by the metric's value, not by what compares it best.
  init(_ question: Question, totals: ClassSums, rounding: Double, byValue: Bool = false) {
    self.totals = totals
    self.rounding = rounding
    let comparison = byValue ? nil : question.metric.name?.comparison
    rank =
      comparison.map { comparison in
        add(formula({ comparison($0).defined }, least: -.infinity))
      } ?? add(question.metric.expression)
    truth = question.constraint.map { add($0.node) }
  }

  private mutating func add(_ step: Step) -> Int {
    steps.append(step)
    return steps.count - 1
  }

  private mutating func add(_ expression: Metric.Expression) -> Int {
    if let known = known[ObjectIdentifier(expression)] { return known }
    let step: Step =
      switch expression.form {
      case .constant(let number): .constant(number.isFinite ? number : .nan)
      case .named(let named):
        formula({ named.value($0) }, least: named.range?.lowerBound == 0 ? 0 : -.infinity)
      case .tallied, .grouped, .sampled, .regret: .unbounded
      case .priced(_, let inner): .binary(.plus, add(inner), add(.constant(0)))
      case .unary(let function, let operand): .unary(function, add(operand))
      case .binary(let symbol, let left, let right): .binary(symbol, add(left), add(right))
      }
    let place = add(step)
    known[ObjectIdentifier(expression)] = place
    return place
  }

  private mutating func add(_ node: Constraint.Node) -> Int {
    if let known = known[ObjectIdentifier(node)] { return known }
    let step: Step =
      switch node.form {
      case .comparison(let left, let comparison, let right):
        .comparison(comparison, add(left), add(right))
      case .and(let one, let other): .and(add(one), add(other))
      case .or(let one, let other): .or(add(one), add(other))
      case .not(let inner): .not(add(inner))
      }
    let place = add(step)
    known[ObjectIdentifier(node)] = place
    return place
  }

  /// A formula is off by a share of what it can reach, as differences of products are.
  private func formula(_ formula: @escaping NamedMetric.Formula, least: Double) -> Step {
    let (positives, negatives) = (totals.positives, totals.negatives)
    let reach = [(0, 0), (positives, 0), (0, negatives), (positives, negatives)].map { tp, fp in
      let confusion = Confusion(tp: tp, fp: fp, positives: positives, negatives: negatives)
      return formula(CountLanes(confusion))[0].magnitude
    }.filter(\.isFinite).max()
    return .formula(formula, room: rounding * (reach ?? 0), least: least)
  }
}

extension BoundSteps {
  /// What a metric ranks by, and whether a constraint can fail (0 within) or hold (1 within).
  struct Result {
    var rank: LaneIntervals
    var truth: LaneIntervals?
  }

  func run(_ boxes: CountBoxes) -> Result {
    var values: [LaneIntervals] = []
    values.reserveCapacity(steps.count)
    let corners = boxes.corners
    for step in steps {
      let value: LaneIntervals =
        switch step {
        case .constant(let number): LaneIntervals(number)
        case .formula(let formula, let room, let least):
          bounds(of: formula, corners, room: room, least: least)
        case .unbounded: .all
        case .unary(let function, let operand): function.apply(values[operand])
        case .binary(let symbol, let left, let right): symbol.apply(values[left], values[right])
        case .comparison(let comparison, let left, let right):
          comparison.apply(values[left], values[right])
        case .and(let one, let other):
          LaneIntervals(
            low: pointwiseMin(values[one].low, values[other].low),
            high: pointwiseMin(values[one].high, values[other].high))
        case .or(let one, let other):
          LaneIntervals(
            low: pointwiseMax(values[one].low, values[other].low),
            high: pointwiseMax(values[one].high, values[other].high))
        case .not(let inner):
          LaneIntervals(low: 1 - values[inner].high, high: 1 - values[inner].low)
        }
      values.append(value)
    }
    return Result(rank: values[rank], truth: truth.map { values[$0] })
  }

  private func bounds(
    of formula: NamedMetric.Formula, _ corners: [CountLanes], room: Double, least: Double
  ) -> LaneIntervals {
    var low = Lanes(repeating: .infinity)
    var high = Lanes(repeating: -.infinity)
    var undefined = Lanes() .!= 0
    for corner in corners {
      let value = formula(corner)
      low.replace(with: value, where: value .< low)
      high.replace(with: value, where: value .> high)
      undefined .|= value .!= value
    }
    var values = LaneIntervals(low: low, high: high).widened(share: rounding, by: room)
    values.low.clamp(
      lowerBound: Lanes(repeating: least), upperBound: Lanes(repeating: .infinity))
    // Beside a corner without a value there may be any.
    return values.replacing(with: .all, where: undefined)
  }
}

extension Constraint.Comparison {
  /// 0 within where it can fail, 1 within where it can hold.
  fileprivate func apply(_ x: LaneIntervals, _ y: LaneIntervals) -> LaneIntervals {
    let (canHold, canFail) =
      switch self {
      case .less: (x.low .< y.high, x.high .>= y.low)
      case .lessOrEqual: (x.low .<= y.high, x.high .> y.low)
      case .greater: (x.high .> y.low, x.low .<= y.high)
      case .greaterOrEqual: (x.high .>= y.low, x.low .< y.high)
      }
    let isNone = x.isNone .| y.isNone
    return LaneIntervals(
      low: Lanes(repeating: 1).replacing(with: 0, where: canFail).replacing(with: 1, where: isNone),
      high: Lanes().replacing(with: 1, where: canHold).replacing(with: 0, where: isNone))
  }
}

/// Eight boxes of counts: each count from a least to a greatest number.
struct CountBoxes {
  var least: CountLanes
  var greatest: CountLanes

  /// The corners, in any order; one where the boxes are points.
  fileprivate var corners: [CountLanes] {
    guard !isPoint else { return [least] }
    let hits = [(least.tp, greatest.fn), (greatest.tp, least.fn)]
    let alarms = [(least.fp, greatest.tn), (greatest.fp, least.tn)]
    return hits.flatMap { tp, fn in
      alarms.map { fp, tn in CountLanes(tp: tp, fp: fp, tn: tn, fn: fn) }
    }
  }

  private var isPoint: Bool { least.tp == greatest.tp && least.fp == greatest.fp }
}
