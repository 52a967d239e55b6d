/// Named columns of equal length, as read from a file.
public struct Table: Hashable, Sendable {
  public var rows: Int { 0 }
}
