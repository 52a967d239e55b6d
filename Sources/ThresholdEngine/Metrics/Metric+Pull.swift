extension Metric {
  /// The goal when none is given: a named metric's own, and of an expression that of its parts.
  ///
  /// What mistakes raise is minimised (`fp + 20*fn`), what they lower is maximised (`tpr - fpr`);
  /// where the parts disagree (`tp + fp/10`), the whole is maximised. `nil` for what is good neither
  /// large nor small by itself: a count, `flagged`, `flag_rate`, `tp + fp`.
  public var direction: Direction? {
    switch expression.form {
    case .named(let named), .tallied(let named, _): return named.direction
    case .grouped(let grouped):
      switch grouped.summary {
      case .worst: return Metric(expression: grouped.expression).direction
      case .gap: return .minimise
      case .ratio: return .maximise
      }
    case .sampled(let sampled): return Metric(expression: sampled.expression).direction
    case .priced, .regret: return .minimise
    default: break
    }
    return expression.countsFlags ? nil : expression.facts.pull.direction
  }

  /// The goal under a constraint: a count or a share of flags has one where the constraint rules out
  /// what would be best without it, as `recall >= 0.9` rules out to flag nothing.
  public func direction(where constraint: Constraint?) -> Direction? {
    if let direction { return direction }
    guard let constraint else { return nil }
    let trivial = trivialOptimum
    return constraint.rulesOut(trivial.decision) ? trivial.goal : nil
  }

  /// The goal of a metric without a direction where a constraint gives it one, and the decision
  /// without a model that is best for this goal, which the constraint must rule out.
  ///
  /// Few flags are best where nothing is flagged, many true positives where every row is.
  public var trivialOptimum: (goal: Direction, decision: TrivialDecision) {
    let goal: Direction = expression.countsFlags ? .minimise : expression.facts.pull.direction
    let sign: Double = goal == .maximise ? 1 : -1
    func worth(_ decision: TrivialDecision) -> Double {
      sign * (value(of: decision.extreme(positives: 64, negatives: 256)) ?? 0)
    }
    let isAll = worth(.flagNearlyEverything) > worth(.flagHardlyAnything)
    return (goal, isAll ? .flagNearlyEverything : .flagHardlyAnything)
  }
}

/// Which way the parts of an expression pull its goal.
enum Pull: Sendable {
  case none, up, down, both

  var direction: Direction { self == .down ? .minimise : .maximise }

  var turned: Pull {
    switch self {
    case .up: .down
    case .down: .up
    case .none, .both: self
    }
  }

  static func + (one: Pull, other: Pull) -> Pull {
    if one == .none { return other }
    return other == .none || one == other ? one : .both
  }

  /// Turned by a negative factor, stopped by 0.
  static func * (factor: Double, pull: Pull) -> Pull {
    factor > 0 ? pull : factor < 0 ? pull.turned : .none
  }
}

extension Metric.Expression.Form {
  var pull: Pull {
    switch self {
    case .constant: return .none
    case .named(let named), .tallied(let named, _): return named.pull
    case .grouped(let grouped):
      switch grouped.summary {
      case .worst: return grouped.expression.facts.pull
      case .gap: return .down
      case .ratio: return .up
      }
    case .sampled(let sampled): return sampled.expression.facts.pull
    case .priced, .regret: return .down
    case .unary(.negative, let operand): return operand.facts.pull.turned
    case .unary(.abs, let operand): return operand.facts.isDifference ? .down : operand.facts.pull
    case .unary(_, let operand): return operand.facts.pull
    case .binary(let symbol, let left, let right): return Self.pull(symbol, left, right)
    }
  }

  private static func pull(
    _ symbol: Metric.Operator, _ left: Metric.Expression, _ right: Metric.Expression
  ) -> Pull {
    let (one, other) = (left.facts.pull, right.facts.pull)
    switch symbol {
    case .plus, .min, .max: return one + other
    case .minus: return one + other.turned
    case .times:
      if let factor = left.number { return factor * other }
      return right.number.map { $0 * one } ?? one + other
    case .dividedBy: return right.number.map { $0 * one } ?? one + other.turned
    case .power:
      guard let exponent = right.number else { return one + other }
      let isEven = exponent > 0 && exponent.remainder(dividingBy: 2) == 0
      return left.facts.isDifference && isEven ? .down : exponent * one
    }
  }

  /// Whether its distance from 0 is a distance between two things.
  var isDifference: Bool {
    switch self {
    case .binary(.minus, _, _): true
    case .binary(.plus, let left, let right): left.isNegative || right.isNegative
    case .unary(.negative, let operand), .unary(.abs, let operand): operand.facts.isDifference
    case .binary(.times, let left, let right):
      left.number == nil
        ? right.number != nil && left.facts.isDifference : right.facts.isDifference
    default: false
    }
  }
}

extension Metric.Expression {
  fileprivate var isNegative: Bool {
    if case .unary(.negative, _) = form { return true }
    return number.map { $0 < 0 } ?? false
  }
}

extension NamedMetric {
  fileprivate var pull: Pull {
    switch direction {
    case .maximise: .up
    case .minimise: .down
    case nil: ["tp", "tn"].contains(name) ? .up : .down
    }
  }
}

// MARK: - Sums of counts

/// `tp`·TP + `fp`·FP + `tn`·TN + `fn`·FN, perhaps with a number beside.
struct CountSum: Sendable {
  var tp = 0.0
  var fp = 0.0
  var tn = 0.0
  var fn = 0.0

  /// The size of a class, or of both: the same at every threshold.
  var isFixed: Bool { tp == fn && fp == tn }
  /// So much for every flag, whether it is right or not.
  var countsFlags: Bool { tp - fn == fp - tn && tp > fn }

  func scaled(by factor: Double) -> CountSum {
    CountSum(tp: factor * tp, fp: factor * fp, tn: factor * tn, fn: factor * fn)
  }

  static func + (one: CountSum, other: CountSum) -> CountSum {
    CountSum(
      tp: one.tp + other.tp, fp: one.fp + other.fp, tn: one.tn + other.tn, fn: one.fn + other.fn)
  }
}

extension Metric.Expression {
  fileprivate var countsFlags: Bool {
    switch form {
    case .tallied(let named, _): CountSum(named.name)?.countsFlags ?? false
    case .grouped(let grouped): grouped.expression.countsFlags
    case .sampled(let sampled): sampled.expression.countsFlags
    default: facts.linear?.countsFlags ?? false
    }
  }
}

extension Metric.Expression.Form {
  /// The expression as a sum of counts; `nil` where it is none.
  var linear: CountSum? {
    switch self {
    case .constant: return CountSum()
    case .named(let named): return CountSum(named.name)
    case .unary(.negative, let operand): return operand.facts.linear?.scaled(by: -1)
    case .binary(.plus, let left, let right):
      return left.facts.linear.flatMap { sum in right.facts.linear.map { sum + $0 } }
    case .binary(.minus, let left, let right):
      return left.facts.linear.flatMap { sum in
        right.facts.linear.map { sum + $0.scaled(by: -1) }
      }
    case .binary(.times, let left, let right):
      if let factor = left.number { return right.facts.linear?.scaled(by: factor) }
      return right.number.flatMap { factor in left.facts.linear?.scaled(by: factor) }
    case .binary(.dividedBy, let left, let right):
      return right.number.flatMap { factor in left.facts.linear?.scaled(by: 1 / factor) }
    default: return nil
    }
  }
}

extension CountSum {
  fileprivate init?(_ name: String) {
    switch name {
    case "tp": self.init(tp: 1)
    case "fp": self.init(fp: 1)
    case "tn": self.init(tn: 1)
    case "fn": self.init(fn: 1)
    case "flagged": self.init(tp: 1, fp: 1)
    default: return nil
    }
  }
}

// MARK: - Worth of an outcome

extension Metric {
  /// The probability from which flagging a row pays, where the metric says what each outcome is
  /// worth: a cost, a net benefit, a sum of counts; `nil` for all else, and where it always pays or
  /// never does.
  ///
  /// With the benefits b of the outcomes, flagging pays from (b_tn - b_fp) / (b_tn - b_fp + b_tp -
  /// b_fn) on (Elkan 2001).
  public var calibratedCut: Double? {
    let isPriced = name.map { ["cost(", "net_benefit("].contains(where: $0.name.hasPrefix) }
    guard !asksRows, isPriced ?? (expression.facts.linear != nil), let tp = value(of: .only(tp: 1)),
      let fp = value(of: .only(fp: 1)), let tn = value(of: .only(tn: 1)),
      let fn = value(of: .only(fn: 1))
    else { return nil }
    let (alarm, hit) = (tn - fp, tp - fn)
    // Both of one sign: a false alarm is worse than none, and a hit better than a miss.
    guard alarm * hit > 0, (alarm > 0) == (direction == .maximise) else { return nil }
    return alarm / (alarm + hit)
  }
}

extension Confusion {
  /// One row.
  fileprivate static func only(
    tp: Double = 0, fp: Double = 0, tn: Double = 0, fn: Double = 0
  ) -> Confusion {
    Confusion(truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn)
  }
}
