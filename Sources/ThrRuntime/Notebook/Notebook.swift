import Synchronization
public import ThrModel
public import ThrSyntax

/// Evaluates a text again and again as it is edited, running only what an edit can have changed.
///
/// Everything is deterministic, so that a statement's outcome follows from its text and from what
/// it read: names, functions, files, the files that it used. What each run read is noted while it
/// runs; a statement that finds all of it as it was is not run, and what it made, showed, warned of
/// or failed with is remembered.
///
/// Statements stand for themselves: one that fails, is refused or has errors takes no other with
/// it but those that read what it would have made. A top-level `if` or `for` is one statement.
///
/// Nothing is done beyond computing and reading files that the permissions name, unless they allow
/// it. Outputs are kept with the statement, so that `print` writes nowhere.
public final class Notebook: Sendable {
  /// Budget of an evaluation.
  public struct Budget: Hashable, Sendable {
    public var seconds: Double
    public var secondsPerStatement: Double
    /// By how much the memory of the process may grow meanwhile.
    public var bytes: Int
    /// How much the values may take that are remembered from one evaluation to the next.
    public var bytesRemembered: Int
    /// The size of the largest file that is read.
    public var bytesPerFile: Int

    public init(
      seconds: Double = 10, secondsPerStatement: Double = 2, bytes: Int = 512 << 20,
      bytesRemembered: Int = 256 << 20, bytesPerFile: Int = 256 << 20
    ) {
      self.seconds = seconds
      self.secondsPerStatement = secondsPerStatement
      self.bytes = bytes
      self.bytesRemembered = bytesRemembered
      self.bytesPerFile = bytesPerFile
    }
  }

  /// Permissions of statements.
  public struct Permissions: Hashable, Sendable {
    /// Absolute paths of the folders below which files may be read; `nil` for every file.
    public var readableFolders: [String]?
    /// Whether builtins that write files or use the network are run.
    public var mayAct: Bool

    public init(readableFolders: [String]?, mayAct: Bool = false) {
      self.readableFolders = readableFolders
      self.mayAct = mayAct
    }
  }

  /// How an evaluation ended.
  public enum Outcome: Hashable, Sendable {
    /// Every statement had its turn.
    case finished
    case cancelled
    /// The time was used up; what was delivered is right.
    case outOfBudget
  }

  private let runner: Mutex<Confined<NotebookRunner>>

  /// - Parameters:
  ///   - context: what builtins may reach, before permissions; `warn`, `print`, `progress` and
  ///     `isCancelled` are the notebook's own.
  ///   - workingFolder: where relative paths start, absolute.
  public init(
    _ library: Library, context: CallContext, workingFolder: String, isStrict: Bool = false
  ) {
    runner = Mutex(
      Confined(
        NotebookRunner(
          library, context, workingFolder: workingFolder, isStrict: isStrict)))
  }

  deinit {
    runner.withLock { $0.content.clear() }
    ResidentMemory.trim()
  }

  /// Evaluates a text, and blocks until that is done.
  ///
  /// - Parameters:
  ///   - parse: may have errors; statements that have some are skipped.
  ///   - file: the path of the text, from which `use` and relative paths start.
  ///   - limit: statements that begin after this offset are left out.
  ///   - namesOfUsed: the names that a used file would bring, by the path after `use`; `nil` where
  ///     they are not known. Where such a file may not run, what reads none of them still does.
  ///   - interruption: ends the evaluation within milliseconds; to be raised when a newer text
  ///     arrives.
  ///   - deliver: takes every statement after its turn, in the order of the text, on the
  ///     evaluation's own thread; nothing more once the interruption is raised.
  public func evaluate(
    _ parse: Parse, file: String? = nil, upTo limit: Int? = nil, budget: Budget = Budget(),
    permissions: Permissions, namesOfUsed: @escaping (String) -> Set<String>? = { _ in nil },
    interruption: Interruption = Interruption(), deliver: (StatementResult) -> Void
  ) -> Outcome {
    runner.withLock { confined in
      var outcome = Outcome.outOfBudget
      let pass = NotebookPass(
        parse: parse, path: file, limit: limit, budget: budget, permissions: permissions,
        namesOfUsed: namesOfUsed, interruption: interruption)
      _ = EvaluationThread.run { stack in
        outcome = confined.content.evaluate(pass, on: stack, deliver: deliver)
      }
      return outcome
    }
  }

  /// How many statements ran and how many were remembered, since the notebook was made.
  public var counts: (run: Int, remembered: Int) {
    runner.withLock { ($0.content.runCount, $0.content.rememberedCount) }
  }
}

/// What one evaluation was asked for.
struct NotebookPass {
  let parse: Parse
  let path: String?
  let limit: Int?
  let budget: Notebook.Budget
  let permissions: Notebook.Permissions
  let namesOfUsed: (String) -> Set<String>?
  let interruption: Interruption
}
