/// An object that holds much, and says how much.
public protocol HoldsMemory {
  /// About how many bytes it holds.
  var footprint: Int { get }
}

extension Value {
  /// About how many bytes the value holds, with shared parts counted as often as they occur.
  ///
  /// - Complexity: O(parts) for lists and records, O(1) for lists of numbers.
  public var footprint: Int {
    switch self {
    case .text(let text): 32 + text.utf8.count
    case .list(let list): list.footprint
    case .record(let record):
      record.fields.reduce(64) { $0 + 48 + $1.value.footprint }
    case .object(let object): (object.base as? any HoldsMemory)?.footprint ?? 512
    case .metric, .constraint: 512
    case .function: 128
    case .none, .undefined, .boolean, .number: 16
    }
  }
}

extension List {
  fileprivate var footprint: Int {
    if isTooLongToHold { return 64 }
    if isPacked { return 64 + 8 * count }
    // A few elements stand for all where there are many.
    let sample = Swift.min(count, 1_000)
    let size = prefix(sample).reduce(0) { $0 + 48 + $1.footprint }
    return 64 + (sample == 0 ? 0 : Int(Double(size) * Double(count) / Double(sample)))
  }
}
