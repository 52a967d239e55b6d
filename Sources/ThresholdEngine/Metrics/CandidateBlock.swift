/// The counts of up to 1,024 candidates, strictest first: enough to forget the cost of a call,
/// few enough to stay in the nearest cache.
final class CandidateBlock {
  static let capacity = 1024

  /// What flags nothing has 0 of both; these are the flagged positives and negatives.
  let truePositives: UnsafeMutablePointer<Double>
  let falsePositives: UnsafeMutablePointer<Double>
  /// What the source knows each candidate by.
  let identities: UnsafeMutablePointer<UInt64>
  /// The flagged positives and negatives of each tally, `capacity` numbers for each.
  let tallied:
    (truePositives: UnsafeMutablePointer<Double>, falsePositives: UnsafeMutablePointer<Double>)?
  let layout: TallyLayout?
  let capacity: Int
  var count = 0

  init(capacity: Int = CandidateBlock.capacity, _ layout: TallyLayout? = nil) {
    self.capacity = capacity
    self.layout = layout
    tallied = layout.map { layout in
      let size = max(capacity * layout.count, Lanes.scalarCount)
      return (LaneMemory.allocate(size), LaneMemory.allocate(size))
    }
    truePositives = LaneMemory.allocate(capacity)
    falsePositives = LaneMemory.allocate(capacity)
    identities = .allocate(capacity: capacity)
    identities.initialize(repeating: 0, count: capacity)
  }

  /// One candidate, which flags nothing.
  static func flaggingNothing(_ layout: TallyLayout? = nil) -> CandidateBlock {
    let block = CandidateBlock(capacity: Lanes.scalarCount, layout)
    block.count = 1
    return block
  }

  deinit {
    truePositives.deallocate()
    falsePositives.deallocate()
    identities.deallocate()
    tallied?.truePositives.deallocate()
    tallied?.falsePositives.deallocate()
  }

  /// How many groups of lanes hold the candidates; the last may hold leftovers beyond `count`.
  var groups: Int { (count + Lanes.scalarCount - 1) / Lanes.scalarCount }

  func counts(ofGroup group: Int, positives: Double, negatives: Double) -> CountLanes {
    let (tp, fp) = (LaneMemory.load(truePositives, group), LaneMemory.load(falsePositives, group))
    return CountLanes(tp: tp, fp: fp, tn: negatives - fp, fn: positives - tp)
  }

  /// What a tally counts.
  func counts(ofGroup group: Int, tally place: Int) -> CountLanes {
    guard let tallied, let layout else { return CountLanes(nothing: .nan) }
    let start = place * capacity
    let tp = LaneMemory.load(tallied.truePositives + start, group)
    let fp = LaneMemory.load(tallied.falsePositives + start, group)
    return CountLanes(
      tp: tp, fp: fp, tn: layout.negatives[place] - fp, fn: layout.positives[place] - tp)
  }
}

/// Memory of one number per candidate of a block, seen one by one or a group of lanes at a time.
enum LaneMemory {
  /// - Parameter capacity: how many numbers, a multiple of the number of lanes.
  static func allocate(
    _ capacity: Int = CandidateBlock.capacity
  ) -> UnsafeMutablePointer<Double> {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: capacity * MemoryLayout<Double>.stride,
      alignment: MemoryLayout<Lanes>.alignment)
    let column = memory.bindMemory(to: Double.self, capacity: capacity)
    column.initialize(repeating: 0, count: capacity)
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
