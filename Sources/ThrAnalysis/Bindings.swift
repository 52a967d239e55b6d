import ThrModel
import ThrSyntax

/// What is known of a name at one point of the program.
struct Binding: Hashable, Sendable {
  var value: StaticValue
  /// Whether every run that comes here has given the name a value.
  var isCertain = true
  /// Where the name was given this value, in the analysed text.
  var place: Span?
  /// The same in a file that is used.
  var foreign: Origin?
  /// Whether this only sharpens, within a branch, what the name has anyway.
  var isNarrowing = false
  /// Tells values given apart: equal ones, but for 0, stand for bindings that differ in their
  /// places at most, also in an earlier text and the one that continues it.
  fileprivate(set) var stamp = 0

  func joined(_ other: Binding) -> Binding {
    if stamp != 0, stamp == other.stamp { return self }
    return Binding(
      value: value.joined(other.value), isCertain: isCertain && other.isCertain,
      place: place ?? other.place, foreign: foreign ?? other.foreign)
  }

  var origin: Origin? { place.map { Origin(file: nil, span: $0) } ?? foreign }

  func stamped(_ stamp: Int) -> Binding {
    var copy = self
    copy.stamp = stamp
    return copy
  }
}

/// The names of one scope.
///
/// A name keeps its slot for good, whether it has a value or not, so that what was recorded of an
/// earlier text finds it again without a look at its letters.
struct Bindings: Sendable {
  /// The stamp of a name without a value.
  static let unboundStamp = -1

  private(set) var slots: [String: Int]
  private(set) var values: [Binding?]
  /// The values' stamps once more, close together.
  private(set) var stamps: [Int]

  init(slots: [String: Int] = [:]) {
    self.slots = slots
    values = Array(repeating: nil, count: slots.count)
    stamps = Array(repeating: Self.unboundStamp, count: slots.count)
  }

  init(_ bindings: [String: Binding]) {
    self.init()
    for (name, binding) in bindings { self[name] = binding }
  }

  subscript(name: String) -> Binding? {
    get { slots[name].flatMap { values[$0] } }
    set { _ = set(newValue, at: slot(of: name)) }
  }

  /// The slot of a name, which gets one if it has none.
  mutating func slot(of name: String) -> Int {
    if let slot = slots[name] { return slot }
    let slot = values.count
    slots[name] = slot
    values.append(nil)
    stamps.append(Self.unboundStamp)
    return slot
  }

  /// Gives the name in a slot a value, or takes it away.
  ///
  /// - Returns: what it was.
  mutating func set(_ binding: Binding?, at slot: Int) -> Binding? {
    stamps[slot] = binding?.stamp ?? Self.unboundStamp
    let old = values[slot]
    values[slot] = binding
    return old
  }

  /// Gives all names other values, by their slots.
  mutating func replaceAll(with values: [Binding?]) {
    for slot in self.values.indices {
      _ = set(slot < values.count ? values[slot] : nil, at: slot)
    }
  }

  /// The names that have values.
  var names: [String] { slots.filter { values[$0.value] != nil }.map(\.key) }

  /// The names that have values, with these.
  var bound: [String: Binding] { slots.compactMapValues { values[$0] } }
}
