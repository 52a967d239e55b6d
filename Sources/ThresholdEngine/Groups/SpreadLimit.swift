/// A bound on how far a metric differs between groups: `gap(recall, "site") <= 2%`, or
/// `ratio(flag_rate, "site") >= 80%`.
struct SpreadLimit {
  /// The metric that is compared.
  let metric: Metric.Expression
  private let isGap: Bool
  private let bound: Double
  private let isStrict: Bool

  /// - Parameter column: The column whose values are the groups.
  init?(_ constraint: Constraint, between column: String?) {
    guard
      case .comparison(let left, let comparison, let right) = constraint.node.form,
      case .grouped(let grouped) = left.form, case .constant(let bound) = right.form,
      grouped.column == column
    else { return nil }
    switch (grouped.summary, comparison) {
    case (.gap, .lessOrEqual), (.gap, .less): isGap = true
    case (.ratio, .greaterOrEqual), (.ratio, .greater): isGap = false
    default: return nil
    }
    metric = grouped.expression
    self.bound = bound
    isStrict = comparison == .less || comparison == .greater
  }

  /// Whether the least and the greatest value may stand side by side; once they may not, no greater
  /// value may.
  func allows(_ low: Double, _ high: Double) -> Bool {
    let spread = isGap ? high - low : low / high
    guard spread.isFinite else { return false }
    if isGap { return isStrict ? spread < bound : spread <= bound }
    return isStrict ? spread > bound : spread >= bound
  }
}

extension Metric {
  /// A metric with the same best candidates that is a sum over rows, so that the sums of groups add
  /// up; `nil` where there is none.
  var sumOverRows: Metric? { expression.sumOverRows.map(Metric.init(expression:)) }
}

extension Metric.Expression {
  fileprivate var sumOverRows: Metric.Expression? {
    switch form {
    case .named(let named), .tallied(let named, _):
      if named.isLinear { return self }
      if named.name == "flag_rate" { return mapLeaves { _, tally in .leaf(.flagged, tally) } }
      guard named.name == "accuracy" else { return nil }
      return mapLeaves { _, tally in
        Metric.Expression(.binary(.plus, .leaf(.tp, tally), .leaf(.tn, tally)))
      }
    case .priced(let text, let inner) where !text.hasPrefix("regret("):
      return inner.isSum ? inner : nil
    default: return isSum ? self : nil
    }
  }

  private static func leaf(_ metric: Metric, _ tally: Tally?) -> Metric.Expression {
    guard let named = metric.name, let tally else { return metric.expression }
    return Metric.Expression(.tallied(named, tally))
  }

  private var isConstant: Bool { if case .constant = form { true } else { false } }

  /// Whether it is made of sums over rows by addition and by factors.
  private var isSum: Bool {
    switch form {
    case .named(let named), .tallied(let named, _): named.isLinear
    case .priced(_, let inner), .unary(.negative, let inner): inner.isSum
    case .binary(.plus, let left, let right), .binary(.minus, let left, let right):
      left.isSum && right.isSum
    case .binary(.times, let left, let right):
      left.isConstant ? right.isSum : right.isConstant && left.isSum
    case .binary(.dividedBy, let left, let right): right.isConstant && left.isSum
    default: false
    }
  }
}

extension JointTask {
  /// Moves a window over the values that are compared: in each group the best candidate within it.
  ///
  /// With the least value fixed, the others reach up to where the spread is still allowed; both ends
  /// only rise, and a queue keeps the best of each group.
  func bestInWindow(_ isCancelled: () -> Bool) throws(JointTuningError) -> [Int] {
    guard let spread, question.metric.sumOverRows != nil else {
      // Of two groups, too many pairs.
      if groups.count == 2 { throw .tooManyPairs(groups[0].count, groups[1].count) }
      throw .noExactSearch(groups: groups.count)
    }
    if groups.contains(where: { $0.count == 0 }) { throw failure(false) }
    var windows = groups.map(RateWindow.init)
    let lows = windows.flatMap(\.values).sorted()
    var best: (worth: Double, places: [Int])?
    for (place, low) in lows.enumerated() where place == 0 || lows[place - 1] != low {
      if place.isMultiple(of: 1_024), isCancelled() { throw .tuning(.cancelled) }
      for group in windows.indices { windows[group].move(to: low, spread) }
      let places = windows.compactMap(\.best)
      guard places.count == groups.count else { continue }
      let worth = zip(groups, places).reduce(0) { $0 + $1.0.worths[$1.1] }
      if worth > best?.worth ?? -.infinity { best = (worth, places) }
    }
    guard let best else { throw failure(false) }
    return best.places
  }
}

/// The candidates of a group whose value lies between two ends that only rise.
private struct RateWindow {
  private let rates: [Double]
  private let worths: [Double]
  /// The candidates with a value, ascending by it.
  private let order: [Int]
  private var next = 0
  /// Those within the window that are best of all that follow, from a position on.
  private var queue: [Int] = []
  private var head = 0
  /// The best candidate where the value is undefined at all: the group is not compared.
  private let free: Int?

  init(_ group: GroupCandidates) {
    rates = group.rates
    worths = group.worths
    let rates = group.rates
    order = rates.indices.filter { !rates[$0].isNaN }
      .sorted { rates[$0] < rates[$1] || rates[$0] == rates[$1] && $0 < $1 }
    let worths = group.worths
    free =
      group.isCompared
      ? nil
      : worths.indices.max { worths[$0] < worths[$1] || worths[$0] == worths[$1] && $0 > $1 }
  }

  var values: [Double] { order.map { rates[$0] } }
  var best: Int? { free ?? (head < queue.count ? queue[head] : nil) }

  mutating func move(to low: Double, _ spread: SpreadLimit) {
    while next < order.count,
      rates[order[next]] < low || spread.allows(low, rates[order[next]])
    {
      let place = order[next]
      while queue.count > head, let last = queue.last, worths[last] < worths[place] {
        queue.removeLast()
      }
      queue.append(place)
      next += 1
    }
    while head < queue.count, rates[queue[head]] < low { head += 1 }
  }
}
