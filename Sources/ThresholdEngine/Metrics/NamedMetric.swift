/// Whether more is better or less is.
public enum Direction: String, Hashable, Sendable, CaseIterable {
  case maximise = "max"
  case minimise = "min"
}

/// A metric with a name of its own: what people call it, what it says and how it is computed.
///
/// Equality is equality of names, since a name (with its numbers, as in `fbeta(2)`) fixes the rest.
public struct NamedMetric: Sendable {
  /// The name in the language, with the numbers it was given, as in `fbeta(2)`.
  public let name: String
  public let aliases: [String]
  /// One line for help and hover.
  public let summary: String
  /// The definition, in the language's own words.
  public let formula: String
  /// What the formula leaves open, for help and hover; `nil` where it leaves nothing open.
  public let note: String?
  /// The goal when none is given; `nil` where neither direction goes without saying.
  public let direction: Direction?
  /// The values it can take, where that is known.
  public let range: ClosedRange<Double>?

  private let compute: Formula
  /// Whether a quotient over 0 is infinite, where it is not 0 over 0.
  private let isInfiniteOverZero: Bool
  /// What candidates are compared by where the value itself would round more than once.
  let comparison: Formula?

  typealias Formula = @Sendable (CountLanes) -> Lanes

  init(
    _ name: String, aliases: [String] = [], _ summary: String, formula: String,
    note: String? = nil, direction: Direction?, range: ClosedRange<Double>?,
    isInfiniteOverZero: Bool = false, comparedBy comparison: Formula? = nil,
    value: @escaping Formula
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.formula = formula
    self.note = note
    self.isInfiniteOverZero = isInfiniteOverZero
    self.direction = direction
    self.range = range
    self.comparison = comparison
    compute = value
  }

  /// The value, NaN where undefined.
  @inline(__always)
  func value(_ counts: CountLanes) -> Lanes {
    let value = compute(counts)
    return isInfiniteOverZero ? value : value.defined
  }
}

extension NamedMetric: Hashable {
  public static func == (one: NamedMetric, other: NamedMetric) -> Bool { one.name == other.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
