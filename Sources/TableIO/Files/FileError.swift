/// Why a file could not be reached, read or written.
public struct FileError: Error, Hashable, Sendable {
  public let path: String
  public let action: Action
  public let cause: Cause

  public init(path: String, action: Action, cause: Cause) {
    self.path = path
    self.action = action
    self.cause = cause
  }

  public enum Action: String, Hashable, Sendable {
    case read, write, list
  }

  public enum Cause: Hashable, Sendable {
    case missing
    /// A directory on the way to the file does not exist.
    case missingDirectory(String)
    case isDirectory
    case notADirectory
    case notPermitted
    case noSpace
    case tooLarge
    /// The caller stopped the writing; nothing was left.
    case cancelled
    /// An error of the operating system, in its words.
    case system(String)
  }
}

extension FileError: CustomStringConvertible {
  /// Message: one line without a full stop.
  public var message: String { "cannot \(action.rawValue) `\(path)`: \(reason)" }

  /// Remedy, where there is one.
  public var remedy: String? {
    switch cause {
    case .missing:
      path.hasPrefix("/")
        ? "check the path" : "check the path, which is relative to the working folder"
    case .missingDirectory(let directory): "create the directory `\(directory)` first"
    case .isDirectory: "give the path of a file in it"
    case .notPermitted: "check the permissions of the file and of its directory"
    case .noSpace: "free some space, or write to another disk"
    case .notADirectory, .tooLarge, .cancelled, .system: nil
    }
  }

  public var description: String { remedy.map { "\(message); \($0)" } ?? message }

  private var reason: String {
    switch cause {
    case .missing: "there is no such file"
    case .missingDirectory(let directory): "there is no directory `\(directory)`"
    case .isDirectory: "it is a directory"
    case .notADirectory: "a part of the path is not a directory"
    case .notPermitted: "permission denied"
    case .noSpace: "no space left on the disk"
    case .tooLarge: "the file is too large"
    case .cancelled: "interrupted"
    case .system(let text): text
    }
  }
}
