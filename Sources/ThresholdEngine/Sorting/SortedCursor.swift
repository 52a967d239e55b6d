/// Counts sorted rows into blocks of candidates.
struct SortedCursor {
  let block: CandidateBlock
  private(set) var row = 0
  private var positives = 0
  private var flagged = WeightSum.Classes()
  /// The weight of all rows; `nil` where the block does not hold what is not flagged.
  private let totals: WeightSum.Classes?

  /// Few free places make short loops; rather hand the block on a little early.
  private static let enough = CandidateBlock.capacity - 64

  init(of totals: WeightSum.Classes?) {
    self.totals = totals
    block = CandidateBlock(holdsUnflagged: totals != nil)
  }

  /// Fills the block from rows of weight 1.
  mutating func fill(_ rows: SortedRows<UInt64>) {
    block.count = 0
    while block.count <= Self.enough, row < rows.count {
      // Keys compare within one sign only, so the last row of each sign is taken by itself.
      let (keys, last) = rows.part(of: row)
      count(keys, upTo: min(row + CandidateBlock.capacity - 1 - block.count, last))
      guard row == last else { continue }
      positives += Int(keys[last] & 1)
      write(block.count, last, Double(positives), Double(last + 1 - positives))
      block.count += 1
      row += 1
    }
  }

  @inline(__always)
  private mutating func count(_ keys: UnsafeMutablePointer<UInt64>, upTo end: Int) {
    var (filled, positives) = (block.count, positives)
    for position in row..<end {
      let key = keys[position]
      positives &+= Int(truncatingIfNeeded: key & 1)
      write(filled, position, Double(positives), Double(position &+ 1 &- positives))
      // Tied scores stand or fall together: the place is kept only at the last of a tie.
      filled &+= key ^ keys[position &+ 1] > 1 ? 1 : 0
    }
    (block.count, self.positives, row) = (filled, positives, end)
  }

  /// Fills the block from weighted rows.
  mutating func fill(_ rows: SortedRows<WeightedKey>, _ sum: WeightSum) {
    block.count = 0
    while block.count < CandidateBlock.capacity, row < rows.count {
      let (keys, last) = rows.part(of: row)
      let key = keys[row].radixKey
      let units = sum.units(keys[row].weight)
      flagged.add(units, isPositive: key & 1 == 1)
      if row == last || key ^ keys[row + 1].radixKey > 1 {
        write(block.count, row, sum.weight(flagged.positives), sum.weight(flagged.negatives))
        block.write(totals.map { sum.unflagged($0 - flagged) }, at: block.count)
        block.count += 1
      }
      row += 1
    }
  }

  @inline(__always)
  private func write(_ place: Int, _ position: Int, _ positives: Double, _ negatives: Double) {
    assert(place < CandidateBlock.capacity)
    block.truePositives[place] = positives
    block.falsePositives[place] = negatives
    block.identities[place] = UInt64(truncatingIfNeeded: position)
  }
}
