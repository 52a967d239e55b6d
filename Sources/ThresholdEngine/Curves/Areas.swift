public import ParallelWork

/// The area under the ROC curve; `nil` where one class has no rows.
///
/// The probability that a positive scores above a negative, ties counted half (Mann and Whitney):
/// the trapezoid rule on counts, in whole numbers and divided once where rows are unweighted.
///
/// - Complexity: O(*n*).
public func auc(
  _ scores: Scores, isCancelled: () -> Bool = { false }
) throws(Cancelled) -> Double? {
  if let ranks = try RankCounts(scores, countsSlots: false, isCancelled: isCancelled) {
    return ranks.areaUnderROC
  }
  var area = AreaUnderROC()
  let source = try scores.sorted(isCancelled)
  try source.forEachBlock(isCancelled: isCancelled) { block in
    for place in 0..<block.count {
      area.add(block.truePositives[place], block.falsePositives[place])
    }
  }
  return area.value(positives: source.positives, negatives: source.negatives)
}

/// The average precision: the precision at each threshold weighted by the recall it adds, without
/// interpolation; `nil` where there are no positives.
///
/// - Complexity: O(*n*).
public func averagePrecision(
  _ scores: Scores, isCancelled: () -> Bool = { false }
) throws(Cancelled) -> Double? {
  if let ranks = try RankCounts(scores, countsSlots: true, isCancelled: isCancelled) {
    return ranks.averagePrecision
  }
  var area = AreaUnderSteps()
  let source = try scores.sorted(isCancelled)
  try source.forEachBlock(isCancelled: isCancelled) { block in
    for place in 0..<block.count {
      area.add(block.truePositives[place], block.falsePositives[place])
    }
  }
  return area.value(positives: source.positives)
}

extension Sweep {
  /// As `auc(_:)` says.
  public var areaUnderROC: Double? {
    // Piece by piece, so that the order of additions does not depend on who makes them.
    let pieces = RowPass.uncancelled(0..<count, from: [Int: CompensatedSum]()) {
      [truePositives, falsePositives] sums, range in
      let before = range.lowerBound - 1
      var area = AreaUnderROC(
        from: before < 0 ? 0 : truePositives[before], before < 0 ? 0 : falsePositives[before])
      for index in range { area.add(truePositives[index], falsePositives[index]) }
      sums[range.lowerBound] = area.twice
    } join: {
      $0.merge($1) { one, _ in one }
    }
    var area = AreaUnderROC()
    for (_, piece) in pieces.sorted(by: { $0.key < $1.key }) { area.twice.add(piece) }
    return area.value(positives: positives, negatives: negatives)
  }

  /// As `averagePrecision(_:)` says.
  public var averagePrecision: Double? {
    var area = AreaUnderSteps()
    for index in 0..<count { area.add(truePositives[index], falsePositives[index]) }
    return area.value(positives: positives)
  }
}

/// Twice the area in units of rows × rows: whole numbers, exact below 2⁵³, as rows up to tens of
/// millions give; beyond, and for weights, the compensation keeps the last digits.
struct AreaUnderROC {
  fileprivate(set) var twice = CompensatedSum()
  private var truePositives: Double
  private var falsePositives: Double

  init(from truePositives: Double = 0, _ falsePositives: Double = 0) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
  }

  mutating func add(_ tp: Double, _ fp: Double) {
    twice.add((fp - falsePositives) * (tp + truePositives))
    (truePositives, falsePositives) = (tp, fp)
  }

  func value(positives: Double, negatives: Double) -> Double? {
    let whole = 2 * positives * negatives
    return whole > 0 ? min(twice.value / whole, 1) : nil
  }
}

/// The sum over steps of a precision-recall curve.
struct AreaUnderSteps {
  private var sum = CompensatedSum()
  private var truePositives = 0.0

  mutating func add(_ tp: Double, _ fp: Double) {
    sum.add((tp - truePositives) * (tp / (tp + fp)))
    truePositives = tp
  }

  func value(positives: Double) -> Double? {
    positives > 0 ? min(sum.value / positives, 1) : nil
  }
}

/// A sum that carries what each addition rounds off (Neumaier 1974).
struct CompensatedSum: Sendable {
  private var sum = 0.0
  private var lost = 0.0

  mutating func add(_ term: Double) {
    let next = sum + term
    lost += sum.magnitude >= term.magnitude ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// Adds a product with what its rounding loses: `count` times a term is what adding the term
  /// `count` times gives.
  mutating func add(_ count: Double, times term: Double) {
    let product = count * term
    add(product)
    if count != 1, product.isFinite { lost += (-product).addingProduct(count, term) }
  }

  /// Adds another sum, with what it carries.
  mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    lost += other.lost
  }

  var value: Double { sum + lost }
}
