/// Rows sorted by score, strictest first, ready to be counted.
///
/// A row is one 64-bit key, score and label together. The sign bit of a score is free once scores
/// of either sign are kept apart: those of at least 0 first, by falling magnitude, then those
/// below 0, by rising magnitude; in both parts the key is (order of the magnitude) · 2 + label.
struct SortedScores {
  let positives: Double
  let negatives: Double
  private let keys: [UInt64]
  /// The weights in the order of the keys.
  private let weights: [Double]
  private let weightSum: WeightSum?
  /// How many keys are of scores of at least 0.
  private let atLeastZero: Int

  /// - Complexity: O(*n*), 16 bytes a row (32 where weighted).
  init(_ scores: Scores, isCancelled: () -> Bool) throws(Cancelled) {
    atLeastZero = scores.values.count { $0 >= 0 }
    weightSum = scores.weightSum
    (positives, negatives) = scores.classTotals
    if let weights = scores.weights {
      let rows = try Self.sorted(scores, atLeastZero, isCancelled) {
        WeightedKey(radixKey: $0, weight: weights[$1])
      }
      keys = rows.map(\.radixKey)
      self.weights = rows.map(\.weight)
    } else {
      keys = try Self.sorted(scores, atLeastZero, isCancelled) { key, _ in key }
      weights = []
    }
  }

  private struct WeightedKey: RadixKeyed {
    var radixKey: UInt64
    var weight: Double
  }
}

// MARK: - Keys

extension SortedScores {
  private static let greatestMagnitude: UInt64 = .max >> 1

  /// The score that a key stands for; ±0 is 0.
  private static func score(of key: UInt64, isAtLeastZero: Bool) -> Double {
    let order = key >> 1
    return Double(bitPattern: isAtLeastZero ? greatestMagnitude - order : order | 1 << 63)
  }

  @inline(__always)
  private static func key(_ score: Double, _ label: Bool) -> UInt64 {
    let magnitude = score.magnitude.bitPattern
    let order = score >= 0 ? greatestMagnitude - magnitude : magnitude
    return order << 1 | (label ? 1 : 0)
  }

  @inline(__always)
  private static func sorted<Element: RadixKeyed>(
    _ scores: Scores, _ atLeastZero: Int, _ isCancelled: () -> Bool,
    _ element: (UInt64, Int) -> Element
  ) throws(Cancelled) -> [Element] {
    let count = scores.rows
    var failure: Cancelled?
    let result = [Element](unsafeUninitializedCapacity: count) { elements, initialised in
      var (above, below) = (0, atLeastZero)
      for row in 0..<count {
        let score = scores.values[row]
        let made = element(key(score, scores.labels[row]), row)
        if score >= 0 {
          elements.initializeElement(at: above, to: made)
          above += 1
        } else {
          elements.initializeElement(at: below, to: made)
          below += 1
        }
      }
      initialised = count
      withUnsafeTemporaryAllocation(of: Element.self, capacity: count) { scratch in
        do throws(Cancelled) {
          for part in [0..<atLeastZero, atLeastZero..<count] {
            try RadixSort.sort(
              UnsafeMutableBufferPointer(rebasing: elements[part]),
              scratch: UnsafeMutableBufferPointer(rebasing: scratch[part]),
              isCancelled: isCancelled)
          }
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
    return result
  }
}

// MARK: - Counting

extension SortedScores: CandidateSource {
  /// A candidate's identity is the position of its last row.
  func threshold(of identity: UInt64) -> Double {
    let position = Int(identity)
    return Self.score(of: keys[position], isAtLeastZero: position < atLeastZero)
  }

  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Cancelled) {
    var cursor = Cursor()
    while cursor.row < keys.count {
      if let weightSum {
        cursor.fill(keys, weights, weightSum, atLeastZero)
      } else {
        keys.withUnsafeBufferPointer { cursor.fill($0, atLeastZero) }
      }
      body(cursor.block)
      if isCancelled() { throw Cancelled() }
    }
  }

  /// How far the counting has come.
  fileprivate struct Cursor {
    let block = CandidateBlock()
    var row = 0
    var positives = 0
    var positiveUnits = Int128(0)
    var negativeUnits = Int128(0)

    /// Few free places make short loops; rather hand the block on a little early.
    private static let enough = CandidateBlock.capacity - 64
  }
}

extension SortedScores.Cursor {
  /// Fills the block from rows of weight 1.
  mutating func fill(_ keys: UnsafeBufferPointer<UInt64>, _ atLeastZero: Int) {
    block.count = 0
    while block.count <= Self.enough, row < keys.count {
      // Keys compare within one sign only, so the last row of each sign is taken by itself.
      let last = (row < atLeastZero ? atLeastZero : keys.count) - 1
      count(keys, upTo: min(row + CandidateBlock.capacity - 1 - block.count, last))
      guard row == last else { continue }
      positives += Int(keys[last] & 1)
      write(block.count, last, Double(positives), Double(last + 1 - positives))
      block.count += 1
      row += 1
    }
  }

  @inline(__always)
  private mutating func count(_ keys: UnsafeBufferPointer<UInt64>, upTo end: Int) {
    var (filled, positives) = (block.count, positives)
    for position in row..<end {
      let key = keys[position]
      positives &+= Int(key & 1)
      write(filled, position, Double(positives), Double(position &+ 1 &- positives))
      // Tied scores stand or fall together: the place is kept only at the last of a tie.
      filled &+= key ^ keys[position &+ 1] > 1 ? 1 : 0
    }
    (block.count, self.positives, row) = (filled, positives, end)
  }

  /// Fills the block from weighted rows.
  mutating func fill(
    _ keys: [UInt64], _ weights: [Double], _ sum: WeightSum, _ atLeastZero: Int
  ) {
    block.count = 0
    while block.count < CandidateBlock.capacity, row < keys.count {
      let key = keys[row]
      let units = sum.units(weights[row])
      if key & 1 == 1 { positiveUnits += units } else { negativeUnits += units }
      let next = row + 1
      if next == keys.count || next == atLeastZero || key ^ keys[next] > 1 {
        write(block.count, row, sum.weight(positiveUnits), sum.weight(negativeUnits))
        block.count += 1
      }
      row = next
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
