public import ThrModel

/// Surroundings of the text, as far as the caller may look: analysis itself reads nothing.
public struct Surroundings: Sendable {
  /// An entry of a folder.
  public struct Entry: Hashable, Sendable {
    public var name: String
    public var isFolder: Bool

    public init(_ name: String, isFolder: Bool = false) {
      self.name = name
      self.isFolder = isFolder
    }
  }

  /// Facts of a variable's present value.
  public struct KnownValue: Sendable {
    public var type: ValueType
    /// The columns of a table.
    public var columns: [String]?
    /// The value in a few words.
    public var display: String

    public init(type: ValueType, columns: [String]? = nil, display: String = "") {
      self.type = type
      self.columns = columns
      self.display = display
    }
  }

  /// The entries of a folder by its path as a program would write it to read a file, "" for where
  /// such paths start; `nil` where it cannot be read.
  public var entries: @Sendable (String) -> [Entry]?
  /// The same for the path after `use`, which starts in the document's folder.
  public var neighbours: @Sendable (String) -> [Entry]?
  /// The columns of a table's file by its path as written; `nil` where they are not known.
  public var columns: @Sendable (String) -> [String]?
  /// The present value of a variable; `nil` where it is not known.
  public var value: @Sendable (String) -> KnownValue?

  /// - Parameter neighbours: the entries, where both start in one folder.
  public init(
    entries: @escaping @Sendable (String) -> [Entry]? = { _ in nil },
    neighbours: (@Sendable (String) -> [Entry]?)? = nil,
    columns: @escaping @Sendable (String) -> [String]? = { _ in nil },
    value: @escaping @Sendable (String) -> KnownValue? = { _ in nil }
  ) {
    self.entries = entries
    self.neighbours = neighbours ?? entries
    self.columns = columns
    self.value = value
  }

  public static let none = Surroundings()
}
