/// An expression or a constraint flattened to run over whole blocks: one dispatch per step and
/// block instead of one per candidate.
final class BlockProgram {
  private let steps: [BlockStep]
  private let columns: [UnsafeMutablePointer<Double>]
  /// Where the last step leaves its numbers.
  private let result: Int

  private init(_ layout: TallyLayout?, _ flatten: (inout BlockSteps) -> Int) {
    var flattened = BlockSteps(layout: layout)
    let root = flatten(&flattened)
    let allocation = flattened.allocated(root)
    steps = allocation.steps
    result = allocation.result
    columns = (0..<allocation.columns).map { _ in LaneMemory.allocate() }
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

  /// How many steps there are.
  var length: Int { steps.count }

  deinit { for column in columns { column.deallocate() } }

  /// The value at every candidate of the block, NaN where undefined; valid until the next run.
  ///
  /// Values beyond the block's count are leftovers.
  func run(
    _ block: CandidateBlock, positives: Double, negatives: Double
  ) -> UnsafeMutablePointer<Double> {
    for step in steps {
      let column = columns[step.column]
      switch step.operation {
      case .constant(let number):
        for group in 0..<block.groups {
          LaneMemory.store(Lanes(repeating: number), column, group)
        }
      case .formula(let formula, tally: nil):
        for group in 0..<block.groups {
          let counts = block.counts(ofGroup: group, positives: positives, negatives: negatives)
          LaneMemory.store(formula(counts), column, group)
        }
      case .formula(let formula, tally: let place?):
        for group in 0..<block.groups {
          LaneMemory.store(formula(block.counts(ofGroup: group, tally: place)), column, group)
        }
      case .unary(let function, let operand):
        let operand = columns[operand]
        for group in 0..<block.groups {
          LaneMemory.store(function(LaneMemory.load(operand, group)), column, group)
        }
      case .binary(let function, let left, let right):
        let (left, right) = (columns[left], columns[right])
        for group in 0..<block.groups {
          let joined = function(LaneMemory.load(left, group), LaneMemory.load(right, group))
          LaneMemory.store(joined, column, group)
        }
      case .sampled(let place):
        for group in 0..<block.groups {
          LaneMemory.store(block.sampled(ofGroup: group, at: place), column, group)
        }
      case .fold(let function, let parts):
        fold(parts.map { columns[$0] }, block.groups, function, into: column)
      }
    }
    return columns[result]
  }

  /// Makes one column of several, perhaps in place of one of them.
  private func fold(
    _ parts: [UnsafeMutablePointer<Double>], _ groups: Int,
    _ function: (UnsafeMutableBufferPointer<Lanes>) -> Lanes,
    into column: UnsafeMutablePointer<Double>
  ) {
    var lanes = [Lanes](repeating: Lanes(), count: parts.count)
    lanes.withUnsafeMutableBufferPointer { lanes in
      for group in 0..<groups {
        for (place, part) in parts.enumerated() { lanes[place] = LaneMemory.load(part, group) }
        LaneMemory.store(function(lanes), column, group)
      }
    }
  }
}
