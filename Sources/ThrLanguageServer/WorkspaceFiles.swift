public import ThrModel

/// The files that the server may look at, handed in by the code that sets it up.
///
/// Paths are absolute. Nothing here writes.
public protocol WorkspaceFiles: Sendable {
  /// The bytes of a file; `nil` for one that is no script, such as a pipe or one that is too large.
  ///
  /// - Throws: why it cannot be read.
  func contents(of path: String) throws(CallError) -> [UInt8]?

  /// What stands in a folder, in the order of the names; `nil` where it cannot be listed.
  func entries(of folder: String) -> [WorkspaceEntry]?

  /// Which state of a file stands at a path, without reading it; `nil` where that is unknown.
  func state(of path: String) -> FileState?

  /// The path with every link resolved; `nil` for nothing.
  func canonicalPath(of path: String) -> String?

  /// The names of the columns of a table file; `nil` where it has none.
  func columns(of path: String) -> [String]?
}

extension WorkspaceFiles {
  public func canonicalPath(of path: String) -> String? { path }
}

/// A state of a file: while it is the same, so are the bytes.
public enum FileState: Hashable, Sendable {
  case missing
  case version(size: Int, change: Int, identity: Int)
}

/// One name in a folder.
public struct WorkspaceEntry: Hashable, Sendable {
  public var name: String
  public var isFolder: Bool

  public init(_ name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}
