import NumberText
import ThresholdEngine
public import ThrSyntax

/// How deep and how large a value is, with shared parts counted as often as they occur.
///
/// Kept with every list and record, so that the runtime can refuse at once what printing, comparing
/// or freeing could not bear.
struct Extent: Hashable, Sendable {
  /// Levels of lists and records, one inside the other.
  var depth: Int
  /// All values inside, at any depth; stops counting at `Int.max`.
  var parts: Int

  static let single = Extent(depth: 0, parts: 1)

  init(depth: Int, parts: Int) {
    self.depth = depth
    self.parts = parts
  }

  init(around values: some Sequence<Value>) {
    self.init(depth: 0, parts: 0)
    for value in values {
      let extent = value.extent
      depth = Swift.max(depth, extent.depth)
      let (sum, isOverflow) = parts.addingReportingOverflow(extent.parts)
      parts = isOverflow ? .max : sum
    }
    depth += 1
  }

  /// The extent of one list after the other.
  func adding(_ other: Extent) -> Extent {
    let (sum, isOverflow) = parts.addingReportingOverflow(other.parts)
    return Extent(depth: Swift.max(depth, other.depth), parts: isOverflow ? .max : sum)
  }
}

extension Value {
  /// How deep lists and records may nest.
  public static let maximumDepth = 1_000
  /// How many operators may stand inside one another in a metric or a constraint.
  public static let maximumMetricDepth = 1_000
  /// How many parts a value may have, with shared ones counted as often as they occur.
  public static let maximumParts = 1 << 31
  /// How long a text may be, in bytes of UTF-8.
  public static let maximumTextLength = 1 << 30

  var extent: Extent {
    switch self {
    case .list(let list): list.extent
    case .record(let record): record.extent
    case .function(let function): Extent(depth: function.depth, parts: 1)
    default: .single
    }
  }

  /// How deep it nests: 0 for a number, 1 for a list of numbers.
  public var depth: Int { extent.depth }

  /// Refuses what is nested too deeply or grew too large; the runtime asks of every new value.
  ///
  /// A bare range passes, however long.
  ///
  /// - Complexity: O(1).
  public func checkExtent() throws(CallError) {
    switch self {
    case .metric(let metric) where metric.depth > Self.maximumMetricDepth: throw .tooDeepMetric
    case .constraint(let constraint) where constraint.depth > Self.maximumMetricDepth:
      throw .tooDeepMetric
    default: try extent.check()
    }
  }
}

extension Extent {
  fileprivate func check() throws(CallError) {
    if depth > Value.maximumDepth { throw .tooDeep }
    if depth > 1, parts > Value.maximumParts { throw .tooManyParts }
  }
}

extension List {
  /// How deep it nests: 1 for a list of numbers.
  public var depth: Int { extent.depth }

  /// All values inside, at any depth; stops counting at `Int.max`.
  public var parts: Int { extent.parts }

  /// Refuses a list that another of such an extent would make too deep or too large.
  public func checkExtent(adding depth: Int, parts: Int) throws(CallError) {
    try extent.adding(Extent(depth: depth, parts: parts)).check()
  }
}

extension CallError {
  public static let textTooLong = CallError(
    .valueTooLarge,
    "the text would be longer than \(Double(Value.maximumTextLength).countText) bytes")

  fileprivate static let tooDeep = CallError(
    .valueTooLarge,
    "lists and records can be nested at most \(Double(Value.maximumDepth).countText) levels deep",
    remedy: "to add an element write `xs + [x]`; `[xs]` puts the whole list inside another")

  fileprivate static let tooDeepMetric = CallError(
    .valueTooLarge,
    "the operators of a metric can be nested at most "
      + "\(Double(Value.maximumMetricDepth).countText) levels deep",
    remedy: "to add up many metrics, add them in groups: `(a + b) + (c + d)`")

  fileprivate static let tooManyParts = CallError(
    .valueTooLarge,
    "the value would have more than \(Double(Value.maximumParts).countText) parts")
}

extension String {
  /// The text followed by another; throws as `checkLength(adding:)` does.
  public func appending(_ other: String) throws(CallError) -> String {
    try checkLength(adding: other)
    return self + other
  }

  /// Throws where the text followed by another would be too long, or longer than the memory allows.
  public func checkLength(adding other: String) throws(CallError) {
    let length = utf8.count + other.utf8.count
    if length > Value.maximumTextLength { throw .textTooLong }
    // A text that grows takes room for more.
    try CallError.checkMemory(for: 2 * length)
  }
}

extension Diagnostic.Kind {
  public static let valueTooLarge = Diagnostic.Kind(
    "E0309", "value-too-large",
    explanation: .init(
      """
      A value that doubles repeatedly, or contains itself repeatedly, would fill the memory. The \
      size and depth of values are limited.
      """,
      wrong: """
        s = "x"
        for i in range(100) { s = s + s }
        """,
      right: """
        s = "x"
        for i in range(10) { s = s + s }
        """))
}
