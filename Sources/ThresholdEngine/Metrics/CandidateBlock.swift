/// The counts of up to 1,024 candidates, strictest first: enough to forget the cost of a call,
/// few enough to stay in the nearest cache.
final class CandidateBlock {
  static let capacity = 1024

  /// What flags nothing has 0 of both; these are the flagged positives and negatives.
  let truePositives: UnsafeMutablePointer<Double>
  let falsePositives: UnsafeMutablePointer<Double>
  /// What is not flagged, where sources add it up by themselves.
  let unflagged: (positives: UnsafeMutablePointer<Double>, negatives: UnsafeMutablePointer<Double>)?
  /// What the source knows each candidate by.
  let identities: UnsafeMutablePointer<UInt64>
  /// The counts of each tally, `capacity` numbers for each.
  let tallied: TalliedColumns?
  /// What samples say of each metric, `capacity` numbers for each.
  let sampled: UnsafeMutablePointer<Double>?
  let layout: TallyLayout?
  let capacity: Int
  var count = 0

  init(
    capacity: Int = CandidateBlock.capacity, _ layout: TallyLayout? = nil,
    holdsUnflagged: Bool = false
  ) {
    self.capacity = capacity
    self.layout = layout
    unflagged =
      holdsUnflagged ? (LaneMemory.allocate(capacity), LaneMemory.allocate(capacity)) : nil
    tallied = layout.map { layout in
      let size = max(capacity * layout.count, Lanes.scalarCount)
      return TalliedColumns(size)
    }
    sampled = layout.flatMap { layout in
      layout.samples.isEmpty ? nil : LaneMemory.allocate(capacity * layout.samples.count)
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
    if let layout, let tallied = block.tallied {
      for place in 0..<layout.count {
        tallied.falseNegatives[place * block.capacity] = layout.positives[place]
        tallied.trueNegatives[place * block.capacity] = layout.negatives[place]
      }
    }
    for place in layout?.samplesOfNothing.indices ?? 0..<0 {
      block.sampled?[place * block.capacity] = layout?.samplesOfNothing[place] ?? .nan
    }
    return block
  }

  deinit {
    truePositives.deallocate()
    falsePositives.deallocate()
    identities.deallocate()
    unflagged?.positives.deallocate()
    unflagged?.negatives.deallocate()
    tallied?.deallocate()
    sampled?.deallocate()
  }

  /// How many groups of lanes hold the candidates; the last may hold leftovers beyond `count`.
  var groups: Int { (count + Lanes.scalarCount - 1) / Lanes.scalarCount }

  func counts(ofGroup group: Int, positives: Double, negatives: Double) -> CountLanes {
    let (tp, fp) = (LaneMemory.load(truePositives, group), LaneMemory.load(falsePositives, group))
    guard let unflagged else {
      return CountLanes(tp: tp, fp: fp, tn: negatives - fp, fn: positives - tp)
    }
    return CountLanes(
      tp: tp, fp: fp, tn: LaneMemory.load(unflagged.negatives, group),
      fn: LaneMemory.load(unflagged.positives, group))
  }

  /// What a candidate does not flag, where that is known by itself.
  func unflagged(at place: Int) -> ClassSums? {
    unflagged.map { ClassSums(positives: $0.positives[place], negatives: $0.negatives[place]) }
  }

  func write(_ rest: ClassSums?, at place: Int) {
    guard let unflagged, let rest else { return }
    unflagged.positives[place] = rest.positives
    unflagged.negatives[place] = rest.negatives
  }

  /// What samples say of a metric.
  func sampled(ofGroup group: Int, at place: Int) -> Lanes {
    sampled.map { LaneMemory.load($0 + place * capacity, group) } ?? Lanes(repeating: .nan)
  }

  /// What a tally counts.
  func counts(ofGroup group: Int, tally place: Int) -> CountLanes {
    guard let tallied else { return CountLanes(nothing: .nan) }
    let start = place * capacity
    return CountLanes(
      tp: LaneMemory.load(tallied.truePositives + start, group),
      fp: LaneMemory.load(tallied.falsePositives + start, group),
      tn: LaneMemory.load(tallied.trueNegatives + start, group),
      fn: LaneMemory.load(tallied.falseNegatives + start, group))
  }
}

/// The four counts of tallies in a block.
struct TalliedColumns {
  let truePositives, falsePositives, trueNegatives, falseNegatives: UnsafeMutablePointer<Double>

  init(_ size: Int) {
    truePositives = LaneMemory.allocate(size)
    falsePositives = LaneMemory.allocate(size)
    trueNegatives = LaneMemory.allocate(size)
    falseNegatives = LaneMemory.allocate(size)
  }

  func deallocate() {
    for column in [truePositives, falsePositives, trueNegatives, falseNegatives] {
      column.deallocate()
    }
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
