public import TableIO
public import ThrSyntax

extension CallError {
  /// A file that could not be reached, read or written.
  public init(_ error: FileError, parameter: String? = nil) {
    self.init(.fileFailed, error.message, remedy: error.remedy, parameter: parameter)
  }

  /// A file that `use` names could not be read.
  public init(ofUsed error: FileError) {
    self.init(error)
    if case .missing = error.cause {
      remedy =
        "check the path: it is relative to the file that contains it, at the prompt to the "
        + "working folder"
    }
  }
}

extension CallContext {
  /// All bytes of a file that `use` names, which may be as large as a program.
  public func readUsed(_ path: String) throws(CallError) -> [UInt8] {
    do {
      return try files.readFile(path, atMost: Source.largest)
    } catch {
      throw CallError(ofUsed: error)
    }
  }
}

extension Diagnostic.Kind {
  public static let fileFailed = Diagnostic.Kind(
    "E0501", "file-failed",
    explanation: .init(
      """
      A file could not be read or written; the message gives the system's reason. To read, a \
      relative path is looked up in the working folder, then in the folder of the script; a file \
      is written in the working folder. The path after `use` is relative to the file that contains \
      it.
      """,
      wrong: "read(\"no-such-file.csv\")",
      right: """
        # people.csv holds: age / 31
        read("people.csv")
        """))
}
