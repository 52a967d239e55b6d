/// How the process ends.
enum ExitStatus: Int32, Error {
  case success = 0
  /// A run failed: the script was sound, what it did was not.
  case failure = 1
  /// Wrong flags or arguments.
  case usage = 2
  /// The script has errors, and nothing of it was run (EX_DATAERR).
  case invalidScript = 65
  /// Ctrl-C.
  case interrupted = 130
}

/// The status that a program itself asked for with `exit`.
struct ProgramExit: Error {
  let status: Int
}
