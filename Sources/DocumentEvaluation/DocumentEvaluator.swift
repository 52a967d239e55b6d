public import ThrAnalysis
public import ThrSyntax

/// Runs documents for the server: “evaluate this document within this budget, with these
/// permissions”.
///
/// The server knows nothing of evaluation beyond this; the code that sets it up decides on the
/// implementation.
public protocol DocumentEvaluator: Sendable {
  /// Evaluates a document from its first statement on, and blocks until it is done.
  ///
  /// Called on the server's evaluation thread, for one document at a time. Statements whose text
  /// and inputs have not changed since the last call need not run again, but are delivered again.
  ///
  /// - Parameter deliver: takes each statement as it is done, in the order of the text; may be
  ///   called from any thread, but not after the call has returned.
  func evaluate(
    _ request: EvaluationRequest, deliver: @escaping @Sendable (EvaluatedStatement) -> Void
  ) -> EvaluationOutcome

  /// Forgets what is remembered of a document, because it was closed.
  func forget(_ document: String)
}

/// What to evaluate, how far, and what it may take and touch.
public struct EvaluationRequest: Sendable {
  /// What one evaluation may take before it is given up.
  public struct Budget: Hashable, Sendable {
    public var seconds: Double
    public var bytes: Int

    public init(seconds: Double, bytes: Int) {
      self.seconds = seconds
      self.bytes = bytes
    }
  }

  /// What the statements may reach.
  public struct Permissions: Hashable, Sendable {
    /// Files below these folders may be read; `nil` for every file.
    public var readableFolders: [String]?
    /// Whether statements that write files, print or use the network are run at all.
    public var mayAct: Bool

    public init(readableFolders: [String]?, mayAct: Bool) {
      self.readableFolders = readableFolders
      self.mayAct = mayAct
    }

    /// What a person who asks for a run may do.
    public static let everything = Permissions(readableFolders: nil, mayAct: true)
  }

  /// The document's identity from one evaluation to the next: its address.
  public var document: String
  /// Where its file stands, from which `use` and relative paths start; `nil` for an unsaved text.
  public var path: String?
  public var parse: Parse
  /// Statements that begin after this offset are left out.
  public var limit: Int?
  public var budget: Budget
  public var permissions: Permissions
  /// Whether rows that leak are errors.
  public var isStrict: Bool
  /// The current text of a file that is open in the editor; `nil` where the disk has it.
  public var openText: @Sendable (_ path: String) -> [UInt8]?
  /// The names that a used file would bring, by the path after `use`, so that those that do not
  /// read them run though the file may not; `nil` where the names are not known.
  public var usedNames: @Sendable (_ path: String) -> Set<String>?
  /// Takes the values of the parts that the text records, by their numbers, before the evaluation
  /// ends; `nil` where it records none.
  public var observe: (@Sendable ([Int: ObservedValues]) -> Void)?
  public var cancellation: Cancellation

  public init(
    document: String, path: String?, parse: Parse, limit: Int? = nil, budget: Budget,
    permissions: Permissions, isStrict: Bool = false,
    openText: @escaping @Sendable (String) -> [UInt8]? = { _ in nil },
    usedNames: @escaping @Sendable (String) -> Set<String>? = { _ in nil },
    observe: (@Sendable ([Int: ObservedValues]) -> Void)? = nil,
    cancellation: Cancellation = Cancellation()
  ) {
    self.document = document
    self.path = path
    self.parse = parse
    self.limit = limit
    self.budget = budget
    self.permissions = permissions
    self.isStrict = isStrict
    self.openText = openText
    self.usedNames = usedNames
    self.observe = observe
    self.cancellation = cancellation
  }
}

/// One top-level statement after its turn.
public struct EvaluatedStatement: Sendable {
  public enum State: Hashable, Sendable {
    case done
    /// It failed, or one that it needs did; `diagnostics` say why where it is its own fault.
    case failed
    /// It was not run, for a reason given in a few words: “writes files”, “takes more than 2 s”.
    case skipped(reason: String)
  }

  /// Where the statement stands in the text that was asked about.
  public var span: Span
  public var state: State
  /// The names that it gave values to.
  public var names: [String]
  /// What is known of the values of those names, for completion.
  public var known: [String: Surroundings.KnownValue]
  /// What it made, in at most 43 characters: `θ 0.251  F1 0.756`; `nil` where there is nothing to
  /// show.
  public var hint: String?
  /// The same in full, as the prompt shows it, without a line break at its end.
  public var full: String?
  /// What there is to say of a statement that was not run, beyond its reason.
  public var remark: String?
  /// What went wrong, and warnings that only a run can give; all in the document's own text.
  public var diagnostics: [Diagnostic]

  public init(
    span: Span, state: State = .done, names: [String] = [],
    known: [String: Surroundings.KnownValue] = [:], hint: String? = nil, full: String? = nil,
    remark: String? = nil, diagnostics: [Diagnostic] = []
  ) {
    self.span = span
    self.state = state
    self.names = names
    self.known = known
    self.hint = hint
    self.full = full
    self.remark = remark
    self.diagnostics = diagnostics
  }
}

/// How an evaluation ended.
public enum EvaluationOutcome: Hashable, Sendable {
  /// Every statement had its turn.
  case finished
  case cancelled
  /// The budget was used up; the statements delivered are right, the rest is missing.
  case outOfBudget
}
