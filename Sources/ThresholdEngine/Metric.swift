public struct Metric: Hashable, Sendable, CustomStringConvertible {
  public var description: String { "" }
  public init(_ constant: Double) {}
  public static func + (left: Metric, right: Metric) -> Metric { left }
  public static func - (left: Metric, right: Metric) -> Metric { left }
  public static func * (left: Metric, right: Metric) -> Metric { left }
  public static func / (left: Metric, right: Metric) -> Metric { left }
  public static prefix func - (metric: Metric) -> Metric { metric }
  public func power(_ exponent: Metric) -> Metric { self }
}
