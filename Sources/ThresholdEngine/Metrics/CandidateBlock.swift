import ParallelWork

/// The counts of up to 1,024 candidates, strictest first: enough to forget the cost of a call,
/// few enough to stay in the nearest cache.
final class CandidateBlock {
  static let capacity = 1024

  /// What flags nothing has 0 of both; these are the flagged positives and negatives.
  let truePositives: UnsafeMutablePointer<Double>
  let falsePositives: UnsafeMutablePointer<Double>
  /// What the source knows each candidate by.
  let identities: UnsafeMutablePointer<UInt64>
  var count = 0

  init() {
    truePositives = Column.allocate()
    falsePositives = Column.allocate()
    identities = .allocate(capacity: Self.capacity)
    identities.initialize(repeating: 0, count: Self.capacity)
  }

  deinit {
    truePositives.deallocate()
    falsePositives.deallocate()
    identities.deallocate()
  }

  /// How many groups of lanes hold the candidates; the last may hold leftovers beyond `count`.
  var groups: Int { (count + Lanes.scalarCount - 1) / Lanes.scalarCount }

  func counts(ofGroup group: Int, positives: Double, negatives: Double) -> CountLanes {
    let (tp, fp) = (Column.load(truePositives, group), Column.load(falsePositives, group))
    return CountLanes(tp: tp, fp: fp, tn: negatives - fp, fn: positives - tp)
  }
}

/// Memory of one number per candidate of a block, seen one by one or a group of lanes at a time.
enum Column {
  static func allocate() -> UnsafeMutablePointer<Double> {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: CandidateBlock.capacity * MemoryLayout<Double>.stride,
      alignment: MemoryLayout<Lanes>.alignment)
    let column = memory.bindMemory(to: Double.self, capacity: CandidateBlock.capacity)
    column.initialize(repeating: 0, count: CandidateBlock.capacity)
    return column
  }

  @inline(__always)
  static func load(_ column: UnsafeMutablePointer<Double>, _ group: Int) -> Lanes {
    UnsafeRawPointer(column).load(
      fromByteOffset: group * MemoryLayout<Lanes>.stride, as: Lanes.self)
  }

  @inline(__always)
  static func store(_ lanes: Lanes, _ column: UnsafeMutablePointer<Double>, _ group: Int) {
    UnsafeMutableRawPointer(column).storeBytes(
      of: lanes, toByteOffset: group * MemoryLayout<Lanes>.stride, as: Lanes.self)
  }
}

/// Something that can list its candidate thresholds with their counts, strictest first.
protocol CandidateSource {
  var positives: Double { get }
  var negatives: Double { get }

  /// Calls `body` with block after block; the block is the caller's only until `body` returns.
  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Cancelled)

  /// The threshold of a candidate.
  func threshold(of identity: UInt64) -> Double

  /// The least and the greatest score.
  var extent: ClosedRange<Double> { get }

  /// The thresholds that flag the same rows as a candidate, or nothing for `nil`.
  func plateau(of identity: UInt64?) -> Tuning.Plateau

  /// The counts at any threshold.
  func confusion(atLeast threshold: Double) -> Confusion
}
