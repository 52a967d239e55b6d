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
    /// The limit in bytes of files that are read whole.
    case largerThan(Int)
    /// More bytes than there is memory for.
    case noMemory(needed: Int)
    /// It became shorter, or was written again, while it was being read.
    case changed
    /// Compressed bytes that are not as gzip or zstd has them, from about this byte on.
    case damaged(compression: String, byte: Int, reason: String)
    /// The file ends at this byte, before its compressed content does.
    case cutShort(compression: String, byte: Int)
    /// A pipe where a file is needed.
    case isPipe
    /// A symbolic link of another user in a folder that all may write to.
    case foreignLink(String)
    /// The caller stopped the reading, or the writing, of which nothing was left.
    case cancelled
    /// An error of the operating system, in its words.
    case system(String)
  }
}

extension FileError: CustomStringConvertible {
  /// Message: one line without a full stop.
  public var message: String { "cannot \(action.rawValue) `\(PathText.shown(path))`: \(reason)" }

  /// Remedy, where there is one.
  public var remedy: String? {
    switch cause {
    case .missing:
      path.hasPrefix("/")
        ? "check the path" : "check the path, which is relative to the working folder"
    case .missingDirectory(let directory) where directory == "~" || directory.hasPrefix("~/"):
      "write the whole path: `~` is not replaced by the home folder"
    case .missingDirectory(let directory):
      "create the directory `\(PathText.shown(directory))` first"
    case .isDirectory: "give the path of a file in it"
    case .notPermitted: "check the permissions of the file and of its directory"
    case .noSpace: "free some space, or write to another disk"
    case .largerThan: "put data into a file that the program reads with `read`"
    case .noMemory:
      "leave the table in its file, `read(…, stream=true)`, read fewer rows or columns, or allow the "
        + "process more memory"
    case .changed: "read it again when no program writes to it"
    case .damaged(let compression, _, _), .cutShort(let compression, _):
      "copy the file again from its source; `\(compression == "gzip" ? "gunzip" : "unzstd") -t` "
        + "checks the copy"
    case .isPipe: "give the path of a file, or `-` and the program on standard input"
    case .foreignLink: "remove the link, or write to another folder"
    case .notADirectory, .tooLarge, .cancelled, .system: nil
    }
  }

  public var description: String { remedy.map { "\(message); \($0)" } ?? message }

  private var reason: String {
    switch cause {
    case .missing: "there is no such file"
    case .missingDirectory(let directory): "there is no directory `\(PathText.shown(directory))`"
    case .isDirectory: "it is a directory"
    case .notADirectory: "a part of the path is not a directory"
    case .notPermitted: "permission denied"
    case .noSpace: "no space left on the disk"
    case .tooLarge: "the file is too large"
    case .largerThan(let limit): "a program is at most \(limit >> 20) MiB long"
    case .noMemory(let needed): "\(needed / 1_000_000) MB do not fit into the available memory"
    case .changed: "the file changed while it was being read"
    case .damaged(let compression, let byte, let reason):
      "its \(compression) data is damaged near byte \(byte): \(reason)"
    case .cutShort(let compression, let byte):
      "it is incomplete: the file ends at byte \(byte), before its \(compression) data does"
    case .isPipe: "it is a pipe"
    case .foreignLink(let link):
      "the link `\(PathText.shown(link))` belongs to another user, in a folder that all may write to"
    case .cancelled: "interrupted"
    case .system(let text): text
    }
  }
}
