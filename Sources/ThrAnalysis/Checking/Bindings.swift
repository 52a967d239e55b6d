import ThrModel
import ThrSyntax

/// What is known of a name at one point of the program.
///
/// Small, as very many are handed on unchanged from one look at a text to the next.
struct Binding: Sendable {
  /// All but the place, on the heap.
  private final class Content: Sendable {
    let value: StaticValue
    let isCertain: Bool
    let foreign: Origin?
    let isNarrowing: Bool

    init(_ value: StaticValue, _ isCertain: Bool, _ foreign: Origin?, _ isNarrowing: Bool) {
      self.value = value
      self.isCertain = isCertain
      self.foreign = foreign
      self.isNarrowing = isNarrowing
    }
  }

  private var content: Content
  /// Where the name was given this value, in the analysed text.
  var place: Span?
  /// Distinguishes the values given: equal ones, but for 0, stand for bindings that differ in their
  /// places at most, also in an earlier text and the one that continues it.
  fileprivate(set) var stamp = 0

  init(
    value: StaticValue, isCertain: Bool = true, place: Span? = nil, foreign: Origin? = nil,
    isNarrowing: Bool = false
  ) {
    content = Content(value, isCertain, foreign, isNarrowing)
    self.place = place
  }

  var value: StaticValue { content.value }
  /// Whether every run that comes here has given the name a value.
  var isCertain: Bool { content.isCertain }
  /// The place in a file that is used.
  var foreign: Origin? { content.foreign }
  /// Whether this only sharpens, within a branch, what the name has anyway.
  var isNarrowing: Bool { content.isNarrowing }

  var origin: Origin? { place.map { Origin(file: nil, span: $0) } ?? foreign }

  func with(_ value: StaticValue) -> Binding {
    Binding(
      value: value, isCertain: isCertain, place: place, foreign: foreign,
      isNarrowing: isNarrowing)
  }

  /// The same where some runs give the name no value.
  var uncertain: Binding {
    Binding(
      value: value, isCertain: false, place: place, foreign: foreign, isNarrowing: isNarrowing)
  }

  /// The same value from another place, or from none in the analysed text.
  func given(at place: Span?, in foreign: Origin?) -> Binding {
    var copy = self
    copy.place = place
    if foreign != self.foreign {
      copy.content = Content(value, isCertain, foreign, isNarrowing)
    }
    return copy
  }

  func joined(_ other: Binding) -> Binding {
    if stamp != 0, stamp == other.stamp { return self }
    return Binding(
      value: value.joined(other.value), isCertain: isCertain && other.isCertain,
      place: place ?? other.place, foreign: foreign ?? other.foreign)
  }

  /// Whether this differs from the other in its place at most.
  func isSame(as other: Binding) -> Bool {
    if stamp != 0, stamp == other.stamp { return true }
    return isCertain == other.isCertain && (place == nil) == (other.place == nil)
      && value == other.value
  }

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

  /// Calls `body` with each name that has a value, in no order.
  func forEach(_ body: (String, Binding) -> Void) {
    for (name, slot) in slots {
      if let binding = values[slot] { body(name, binding) }
    }
  }

  /// The names that have values.
  var names: [String] { slots.filter { values[$0.value] != nil }.map(\.key) }

  /// The names that have values, with these.
  var bound: [String: Binding] { slots.compactMapValues { values[$0] } }
}
