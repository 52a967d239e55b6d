/// Bounds the work, so that no program takes long to check.
struct Effort {
  /// How much was checked more often than the text says it once.
  struct Weight: Hashable, Sendable {
    fileprivate(set) var inCalls = 0
    fileprivate(set) var inLoops = 0

    // Far beyond all limits; what is remembered and used twice again and again would overflow.
    private static let maximum = 1 << 40

    static func - (one: Weight, other: Weight) -> Weight {
      Weight(inCalls: one.inCalls - other.inCalls, inLoops: one.inLoops - other.inLoops)
    }

    fileprivate mutating func add(_ other: Weight) {
      inCalls = min(inCalls + other.inCalls, Self.maximum)
      inLoops = min(inLoops + other.inLoops, Self.maximum)
    }
  }

  /// Levels of expressions and calls; beyond, a thread's stack might not suffice.
  private static let maximumDepth = 400
  private static let maximumInCalls = 50_000
  private static let maximumInLoops = 400_000

  private(set) var depth = 0
  /// The greatest depth reached, or that would have been had nothing been remembered.
  private(set) var deepest = 0
  private var comparisons = 0
  private var done = Weight()
  /// What would have been done had nothing been remembered: by it alone, and not by what happened
  /// to be checked before, may be decided whether to take over what is known of an earlier text.
  private(set) var weight = Weight()

  mutating func enter(_ context: Context) {
    depth += 1
    deepest = max(deepest, depth)
    if context.purpose == .call {
      done.inCalls += 1
      weight.inCalls += 1
    } else if context.loops > 0 {
      done.inLoops += 1
      weight.inLoops += 1
    }
  }

  mutating func leave() { depth -= 1 }

  /// Notes what was done before and need not be done again.
  ///
  /// - Parameter levels: how deep it went.
  mutating func add(_ weight: Weight, levels: Int = 0) {
    self.weight.add(weight)
    deepest = max(deepest, depth + levels)
  }

  /// Whether a wrong name may still be compared with all others.
  mutating func mayCompareNames() -> Bool {
    comparisons += 1
    return comparisons <= 40
  }

  /// Whether bodies of functions are checked no more for single calls.
  var isSpentOnCalls: Bool { done.inCalls > Self.maximumInCalls || depth > Self.maximumDepth }
  /// Whether loops are walked once only, with everything they change unknown.
  var isSpentOnLoops: Bool { done.inLoops > Self.maximumInLoops }

  /// Whether something may have been cut short, in any order of the work.
  var isNearLimits: Bool {
    weight.inCalls > Self.maximumInCalls || weight.inLoops > Self.maximumInLoops
      || deepest > Self.maximumDepth
  }

  // MARK: - One body of many

  /// Begins to measure how deep a part of the work goes.
  mutating func beginLevels() -> Int {
    let outer = deepest
    deepest = depth
    return outer
  }

  /// How deep the part went that began with `beginLevels`.
  mutating func endLevels(_ outer: Int) -> Int {
    let levels = deepest - depth
    deepest = max(outer, deepest)
    return levels
  }
}
