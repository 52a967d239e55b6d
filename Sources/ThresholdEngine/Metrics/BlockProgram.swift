/// An expression or a constraint flattened to run over whole blocks: one dispatch per step and
/// block instead of one per candidate.
final class BlockProgram {
  private enum Step {
    case constant(Double)
    case formula(NamedMetric.Formula)
    case unary((Lanes) -> Lanes)
    case binary((Lanes, Lanes) -> Lanes)
  }

  private let steps: [Step]
  private let columns: [UnsafeMutablePointer<Double>]

  private init(_ flatten: (inout Steps) -> Void) {
    var flattened = Steps()
    flatten(&flattened)
    steps = flattened.steps
    columns = (0..<flattened.columns).map { _ in LaneMemory.allocate() }
  }

  /// What candidates are compared by: the metric itself, or its form that rounds once.
  convenience init(comparing metric: Metric) {
    self.init { metric.rank(in: &$0) }
  }

  convenience init(valueOf metric: Metric) {
    self.init { metric.expression.term(in: &$0) }
  }

  convenience init(truthOf constraint: Constraint) {
    self.init { constraint.node.truth(in: &$0) }
  }

  convenience init(shortfallOf constraint: Constraint) {
    self.init { constraint.node.shortfall(in: &$0) }
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
      case .formula(let formula):
        let result = columns[depth]
        for group in 0..<groups {
          let counts = block.counts(ofGroup: group, positives: positives, negatives: negatives)
          LaneMemory.store(formula(counts), result, group)
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
      }
    }
    return columns[0]
  }
}

// MARK: - Flattening

extension BlockProgram {
  /// Steps in the order of their evaluation, each working on what the last ones left.
  private struct Steps: LaneAlgebra {
    var steps: [Step] = []

    mutating func constant(_ number: Double) { steps.append(.constant(number)) }
    mutating func formula(_ formula: @escaping NamedMetric.Formula) {
      steps.append(.formula(formula))
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
        }
        deepest = max(deepest, depth)
      }
      return deepest
    }
  }
}
