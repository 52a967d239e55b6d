/// One step of a program over blocks: an operation, and the column that it fills.
struct BlockStep {
  var operation: Operation
  var column = 0

  /// Operands are numbers of steps while a program is made, then of columns.
  enum Operation {
    case constant(Double)
    case formula(NamedMetric.Formula, tally: Int?)
    case unary((Lanes) -> Lanes, Int)
    case binary((Lanes, Lanes) -> Lanes, Int, Int)
    case fold((UnsafeMutableBufferPointer<Lanes>) -> Lanes, [Int])
    /// A column of the block itself.
    case sampled(Int)
  }
}

extension BlockStep.Operation {
  var operands: [Int] {
    switch self {
    case .constant, .formula, .sampled: []
    case .unary(_, let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .fold(_, let parts): parts
    }
  }

  func mapOperands(_ place: (Int) -> Int) -> Self {
    switch self {
    case .constant, .formula, .sampled: self
    case .unary(let function, let operand): .unary(function, place(operand))
    case .binary(let function, let left, let right): .binary(function, place(left), place(right))
    case .fold(let function, let parts): .fold(function, parts.map(place))
    }
  }
}

/// Steps in the order of their evaluation; a term is the number of the step that gives it.
struct BlockSteps: LaneAlgebra {
  let layout: TallyLayout?
  var known: [PartKey: Int] = [:]
  private var steps: [BlockStep] = []

  init(layout: TallyLayout?) { self.layout = layout }

  private mutating func add(_ operation: BlockStep.Operation) -> Int {
    steps.append(BlockStep(operation: operation))
    return steps.count - 1
  }

  mutating func constant(_ number: Double) -> Int { add(.constant(number)) }
  mutating func formula(_ formula: @escaping NamedMetric.Formula, tally place: Int?) -> Int {
    add(.formula(formula, tally: place))
  }
  mutating func fold(
    _ function: @escaping (UnsafeMutableBufferPointer<Lanes>) -> Lanes, _ terms: [Int]
  ) -> Int {
    // An empty fold has a column of its own to be undefined in.
    terms.isEmpty ? constant(.nan) : add(.fold(function, terms))
  }
  mutating func sampled(_ metric: SampledMetric) -> Int {
    layout?.samples[metric].map { add(.sampled($0)) } ?? constant(.nan)
  }
  mutating func unary(_ function: @escaping (Lanes) -> Lanes, _ operand: Int) -> Int {
    add(.unary(function, operand))
  }
  mutating func binary(
    _ function: @escaping (Lanes, Lanes) -> Lanes, _ left: Int, _ right: Int
  ) -> Int {
    add(.binary(function, left, right))
  }

  /// The steps with a column for each: one that no later step reads any more is filled again.
  func allocated(_ root: Int) -> (steps: [BlockStep], columns: Int, result: Int) {
    var lastUses = [Int](repeating: 0, count: steps.count)
    for (place, step) in steps.enumerated() {
      for operand in step.operation.operands { lastUses[operand] = place }
    }
    lastUses[root] = steps.count
    var (placed, free, columns): ([BlockStep], [Int], Int) = ([], [], 0)
    for (place, step) in steps.enumerated() {
      let operands = Set(step.operation.operands).sorted(by: >)
      free += operands.filter { lastUses[$0] == place }.map { placed[$0].column }
      let column = free.popLast() ?? columns
      columns = max(columns, column + 1)
      let operation = step.operation.mapOperands { placed[$0].column }
      placed.append(BlockStep(operation: operation, column: column))
    }
    return (placed, columns, placed[root].column)
  }
}
