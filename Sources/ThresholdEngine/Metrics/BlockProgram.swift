/// An expression or a constraint flattened to run over whole blocks: one dispatch per step and
/// block instead of one per candidate.
final class BlockProgram {
  private enum Step {
    case constant(Double)
    case formula(NamedMetric.Formula, tally: Int?)
    case unary((Lanes) -> Lanes)
    case binary((Lanes, Lanes) -> Lanes)
    case fold((UnsafeMutableBufferPointer<Lanes>) -> Lanes, count: Int)
  }

  private let steps: [Step]
  private let columns: [UnsafeMutablePointer<Double>]

  private init(_ layout: TallyLayout?, _ flatten: (inout Steps) -> Void) {
    var flattened = Steps(layout: layout)
    flatten(&flattened)
    steps = flattened.steps
    columns = (0..<flattened.columns).map { _ in LaneMemory.allocate() }
  }

  /// What candidates are compared by: the metric itself, or its form that rounds once.
  convenience init(comparing metric: Metric, _ layout: TallyLayout? = nil) {
    self.init(layout) { metric.rank(in: &$0) }
  }

  convenience init(valueOf metric: Metric, _ layout: TallyLayout? = nil) {
    self.init(layout) { metric.expression.term(in: &$0) }
  }

  convenience init(truthOf constraint: Constraint, _ layout: TallyLayout? = nil) {
    self.init(layout) { constraint.node.truth(in: &$0) }
  }

  convenience init(shortfallOf constraint: Constraint, _ layout: TallyLayout? = nil) {
    self.init(layout) { constraint.node.shortfall(in: &$0) }
  }

  deinit { for column in columns { column.deallocate() } }

  /// The value at every candidate of the block, NaN where undefined; valid until the next run.
  ///
  /// Values beyond the block's count are leftovers.
  func run(
    _ block: CandidateBlock, positives: Double, negatives: Double
  ) -> UnsafeMutablePointer<Double> {
    var depth = 0
    let groups = block.groups
    for step in steps {
      switch step {
      case .constant(let number):
        for group in 0..<groups {
          LaneMemory.store(Lanes(repeating: number), columns[depth], group)
        }
        depth += 1
      case .formula(let formula, tally: nil):
        let result = columns[depth]
        for group in 0..<groups {
          let counts = block.counts(ofGroup: group, positives: positives, negatives: negatives)
          LaneMemory.store(formula(counts), result, group)
        }
        depth += 1
      case .formula(let formula, tally: let place?):
        for group in 0..<groups {
          let counts = block.counts(ofGroup: group, tally: place)
          LaneMemory.store(formula(counts), columns[depth], group)
        }
        depth += 1
      case .unary(let function):
        let operand = columns[depth - 1]
        for group in 0..<groups {
          LaneMemory.store(function(LaneMemory.load(operand, group)), operand, group)
        }
      case .binary(let function):
        depth -= 1
        let (left, right) = (columns[depth - 1], columns[depth])
        for group in 0..<groups {
          let joined = function(LaneMemory.load(left, group), LaneMemory.load(right, group))
          LaneMemory.store(joined, left, group)
        }
      case .fold(let function, let count):
        depth += 1 - count
        fold(columns[(depth - 1)..<(depth - 1 + count)], groups, function)
      }
    }
    return columns[0]
  }

  /// Makes one column of several, in place of the first.
  private func fold(
    _ parts: ArraySlice<UnsafeMutablePointer<Double>>, _ groups: Int,
    _ function: (UnsafeMutableBufferPointer<Lanes>) -> Lanes
  ) {
    var lanes = [Lanes](repeating: Lanes(), count: parts.count)
    let result = columns[parts.startIndex]
    lanes.withUnsafeMutableBufferPointer { lanes in
      for group in 0..<groups {
        for (place, part) in parts.enumerated() { lanes[place] = LaneMemory.load(part, group) }
        LaneMemory.store(function(lanes), result, group)
      }
    }
  }
}

// MARK: - Flattening

extension BlockProgram {
  /// Steps in the order of their evaluation, each working on what the last ones left.
  private struct Steps: LaneAlgebra {
    let layout: TallyLayout?
    var steps: [Step] = []

    init(layout: TallyLayout?) { self.layout = layout }

    mutating func constant(_ number: Double) { steps.append(.constant(number)) }
    mutating func formula(_ formula: @escaping NamedMetric.Formula, tally place: Int?) {
      steps.append(.formula(formula, tally: place))
    }
    mutating func fold(
      _ function: @escaping (UnsafeMutableBufferPointer<Lanes>) -> Lanes, _ terms: [Void]
    ) {
      // An empty fold has a column of its own to be undefined in.
      if terms.isEmpty { constant(.nan) } else { steps.append(.fold(function, count: terms.count)) }
    }
    mutating func unary(_ function: @escaping (Lanes) -> Lanes, _ operand: Void) {
      steps.append(.unary(function))
    }
    mutating func binary(
      _ function: @escaping (Lanes, Lanes) -> Lanes, _ left: Void, _ right: Void
    ) {
      steps.append(.binary(function))
    }

    /// As many columns as the steps ever hold at once.
    var columns: Int {
      var (depth, deepest) = (0, 0)
      for step in steps {
        switch step {
        case .constant, .formula: depth += 1
        case .unary: break
        case .binary: depth -= 1
        case .fold(_, let count): depth += 1 - count
        }
        deepest = max(deepest, depth)
      }
      return deepest
    }
  }
}
