public struct Constraint: Hashable, Sendable, CustomStringConvertible {
  public enum Comparison: Hashable, Sendable { case less, lessOrEqual, greater, greaterOrEqual }
  public init(_ left: Metric, _ comparison: Comparison, _ right: Metric) {}
  public func and(_ other: Constraint) -> Constraint { self }
  public func or(_ other: Constraint) -> Constraint { self }
  public var negated: Constraint { self }
  public var description: String { "" }
}
