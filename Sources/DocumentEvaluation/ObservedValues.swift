/// The values that a recorded part of a text had, each time that it was computed.
public struct ObservedValues: Sendable {
  /// How many of the first are kept.
  public static let mostKept = 10

  /// How often it was computed.
  public var count = 0
  /// The first ones, each in one line.
  public var first: [String] = []
  /// The last one, in one line.
  public var last = ""
  /// The last one in full, as the prompt shows it.
  public var full = ""

  public init() {}
}
