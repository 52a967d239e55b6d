/// An expression or a constraint flattened to run over whole blocks: one dispatch per step and
/// block instead of one per candidate.
final class BlockProgram {
  private enum Step {
    case constant(Double)
    case formula(NamedMetric.Formula)
    case unary((Lanes) -> Lanes)
    case binary((Lanes, Lanes) -> Lanes)
  }

  private var steps: [Step] = []
  private var columns: [UnsafeMutablePointer<Double>] = []

  /// What candidates are compared by: the metric itself, or its form that rounds once.
  init(comparing metric: Metric) {
    if let comparison = metric.name?.comparison {
      steps = [.formula(comparison)]
    } else {
      append(metric.expression)
    }
    reserve()
  }

  init(truthOf constraint: Constraint) {
    appendTruth(of: constraint.node)
    reserve()
  }

  init(shortfallOf constraint: Constraint) {
    appendShortfall(of: constraint.node, negated: false)
    reserve()
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
        for group in 0..<groups { Column.store(Lanes(repeating: number), columns[depth], group) }
        depth += 1
      case .formula(let formula):
        let result = columns[depth]
        for group in 0..<groups {
          let counts = block.counts(ofGroup: group, positives: positives, negatives: negatives)
          Column.store(formula(counts).defined, result, group)
        }
        depth += 1
      case .unary(let function):
        let operand = columns[depth - 1]
        for group in 0..<groups {
          Column.store(function(Column.load(operand, group)), operand, group)
        }
      case .binary(let function):
        depth -= 1
        let (left, right) = (columns[depth - 1], columns[depth])
        for group in 0..<groups {
          let joined = function(Column.load(left, group), Column.load(right, group))
          Column.store(joined, left, group)
        }
      }
    }
    return columns[0]
  }
}

// MARK: - Flattening

extension BlockProgram {
  private func append(_ expression: Metric.Expression) {
    switch expression {
    case .constant(let number): steps.append(.constant(number.isFinite ? number : .nan))
    case .named(let named): steps.append(.formula(named.value))
    case .unary(let function, let operand):
      append(operand)
      steps.append(.unary(function.apply))
    case .binary(let symbol, let left, let right):
      append(left)
      append(right)
      steps.append(.binary(symbol.apply))
    }
  }

  private func appendTruth(of node: Constraint.Node) {
    switch node {
    case .comparison(let left, let comparison, let right):
      append(left)
      append(right)
      steps.append(.binary(comparison.truth))
    case .and(let one, let other):
      appendTruth(of: one)
      appendTruth(of: other)
      steps.append(.binary(Truth.and))
    case .or(let one, let other):
      appendTruth(of: one)
      appendTruth(of: other)
      steps.append(.binary(Truth.or))
    case .not(let inner):
      appendTruth(of: inner)
      steps.append(.unary { 1 - $0 })
    }
  }

  private func appendShortfall(of node: Constraint.Node, negated: Bool) {
    switch node {
    case .comparison(let left, let comparison, let right):
      append(left)
      append(right)
      steps.append(.binary((negated ? comparison.opposite : comparison).shortfall))
    case .not(let inner):
      appendShortfall(of: inner, negated: !negated)
    case .and(let one, let other):
      appendShortfall(of: one, negated: negated)
      appendShortfall(of: other, negated: negated)
      appendJoin(ofBoth: !negated)
    case .or(let one, let other):
      appendShortfall(of: one, negated: negated)
      appendShortfall(of: other, negated: negated)
      appendJoin(ofBoth: negated)
    }
  }

  private func appendJoin(ofBoth isBoth: Bool) {
    if isBoth {
      steps.append(.binary { Shortfall.both($0, $1) })
    } else {
      steps.append(.binary { Shortfall.either($0, $1) })
    }
  }

  /// Allocates as many columns as the steps ever hold at once.
  private func reserve() {
    var (depth, deepest) = (0, 0)
    for step in steps {
      switch step {
      case .constant, .formula: depth += 1
      case .unary: break
      case .binary: depth -= 1
      }
      deepest = max(deepest, depth)
    }
    columns = (0..<deepest).map { _ in Column.allocate() }
  }
}
