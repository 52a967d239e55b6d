extension Metric {
  /// The goal when none is given: a named metric's own, and of an expression that of its parts.
  ///
  /// What mistakes raise is minimised (`fp + 20*fn`), what they lower is maximised (`tpr - fpr`);
  /// where the parts disagree (`tp + fp/10`), the whole is maximised. `nil` for what is good neither
  /// large nor small by itself: a count, `flagged`, `flag_rate`, `tp + fp`.
  public var direction: Direction? {
    switch expression {
    case .named(let named), .tallied(let named, _): return named.direction
    case .grouped(let grouped):
      switch grouped.summary {
      case .worst: return Metric(expression: grouped.expression).direction
      case .gap: return .minimise
      case .ratio: return .maximise
      }
    case .priced: return .minimise
    default: break
    }
    return expression.countsFlags ? nil : expression.pull.direction
  }

  /// The goal under a constraint: a count or a share of flags has one where the constraint rules out
  /// what would be best without it, as `recall >= 0.9` rules out to flag nothing.
  public func direction(where constraint: Constraint?) -> Direction? {
    if let direction { return direction }
    guard let constraint else { return nil }
    let goal: Direction = expression.countsFlags ? .minimise : expression.pull.direction
    let extremes = TrivialDecision.allCases.map { decision in
      (decision, value(of: decision.extreme(positives: 64, negatives: 256)) ?? 0)
    }
    let best = extremes.max { goal == .maximise ? $0.1 < $1.1 : $0.1 > $1.1 }
    return best.map { constraint.rulesOut($0.0) } == true ? goal : nil
  }
}

/// Which way the parts of an expression pull its goal.
private enum Pull {
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

extension Metric.Expression {
  fileprivate var pull: Pull {
    if let counts = linear { if counts.isFixed { return .none } }
    switch self {
    case .constant: return .none
    case .named(let named), .tallied(let named, _): return named.pull
    case .grouped(let grouped):
      switch grouped.summary {
      case .worst: return grouped.expression.pull
      case .gap: return .down
      case .ratio: return .up
      }
    case .priced: return .down
    case .unary(.negative, let operand): return operand.pull.turned
    case .unary(.abs, let operand): return operand.isDifference ? .down : operand.pull
    case .unary(_, let operand): return operand.pull
    case .binary(let symbol, let left, let right): return Self.pull(symbol, left, right)
    }
  }

  private static func pull(
    _ symbol: Metric.Operator, _ left: Metric.Expression, _ right: Metric.Expression
  ) -> Pull {
    switch symbol {
    case .plus, .min, .max: left.pull + right.pull
    case .minus: left.pull + right.pull.turned
    case .times:
      if let factor = left.number {
        factor * right.pull
      } else if let factor = right.number {
        factor * left.pull
      } else {
        left.pull + right.pull
      }
    case .dividedBy:
      if let factor = right.number { factor * left.pull } else { left.pull + right.pull.turned }
    case .power:
      if let exponent = right.number {
        left.isDifference && exponent > 0 && exponent.remainder(dividingBy: 2) == 0
          ? .down : exponent * left.pull
      } else {
        left.pull + right.pull
      }
    }
  }

  /// Whether its distance from 0 is a distance between two things.
  private var isDifference: Bool {
    switch self {
    case .binary(.minus, _, _): true
    case .binary(.plus, let left, let right): left.isNegative || right.isNegative
    case .unary(.negative, let operand), .unary(.abs, let operand): operand.isDifference
    case .binary(.times, let left, let right):
      left.number == nil ? right.number != nil && left.isDifference : right.isDifference
    default: false
    }
  }

  private var isNegative: Bool {
    if case .unary(.negative, _) = self { return true }
    return number.map { $0 < 0 } ?? false
  }

  /// The number it is; `nil` where it depends on the counts.
  private var number: Double? {
    guard names.isEmpty else { return nil }
    return Metric(expression: self).value(
      of: Confusion(tp: 0, fp: 0, positives: 1, negatives: 1))
  }

  /// Every named metric in the expression, left to right.
  private var names: [NamedMetric] {
    switch self {
    case .constant: []
    case .named(let named), .tallied(let named, _): [named]
    case .grouped(let grouped): grouped.expression.names
    case .priced(_, let inner): inner.names
    case .unary(_, let operand): operand.names
    case .binary(_, let left, let right): left.names + right.names
    }
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
private struct CountSum {
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
    switch self {
    case .tallied(let named, _): CountSum(named.name)?.countsFlags ?? false
    case .grouped(let grouped): grouped.expression.countsFlags
    default: linear?.countsFlags ?? false
    }
  }

  /// The expression as a sum of counts; `nil` where it is none.
  fileprivate var linear: CountSum? {
    switch self {
    case .constant: return CountSum()
    case .named(let named): return CountSum(named.name)
    case .unary(.negative, let operand): return operand.linear?.scaled(by: -1)
    case .binary(.plus, let left, let right):
      return left.linear.flatMap { sum in right.linear.map { sum + $0 } }
    case .binary(.minus, let left, let right):
      return left.linear.flatMap { sum in right.linear.map { sum + $0.scaled(by: -1) } }
    case .binary(.times, let left, let right):
      if let factor = left.number { return right.linear?.scaled(by: factor) }
      return right.number.flatMap { factor in left.linear?.scaled(by: factor) }
    case .binary(.dividedBy, let left, let right):
      return right.number.flatMap { factor in left.linear?.scaled(by: 1 / factor) }
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
    guard !asksRows, isPriced ?? (expression.linear != nil), let tp = value(of: .only(tp: 1)),
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
