import Secrets

/// A problem found in a program, with enough to show it, explain it and fix it.
public struct Diagnostic: Hashable, Sendable, Error {
  public enum Severity: String, Hashable, Sendable { case error, warning }

  /// A kind of problem: its stable code and name, declared once beside the code that finds it.
  ///
  /// Codes E01xx belong to the lexer and parser, E02xx to the checker, E03xx to evaluation,
  /// E04xx to builtins and the engine, E05xx to files; W06xx are warnings, W07xx leakage.
  public struct Kind: Hashable, Sendable {
    /// For searching and for `thr explain`, such as `E0201`.
    public let code: String
    /// For people and tests, such as `unknown-name`.
    public let name: String
    public let severity: Severity
    /// Explanation that `thr explain` shows.
    public let explanation: Explanation?

    public init(
      _ code: String, _ name: String, _ severity: Severity = .error,
      explanation: Explanation? = nil
    ) {
      self.code = code
      self.name = name
      self.severity = severity
      self.explanation = explanation
    }
  }

  /// A kind of problem in full: why it is one, and the same text wrong and right.
  public struct Explanation: Hashable, Sendable {
    /// A few sentences.
    public let summary: String
    /// A program that has the problem.
    ///
    /// A comment such as `# a.csv holds: x,y / 1,2` reports the lines of a file that it reads.
    public let wrong: String
    /// The same program without it.
    public let right: String

    public init(_ summary: String, wrong: String, right: String) {
      self.summary = summary
      self.wrong = wrong
      self.right = right
    }
  }

  /// An edit that fixes the problem.
  public struct Fix: Hashable, Sendable {
    public var title: String
    public var span: Span
    public var replacement: String

    public init(_ title: String, replacing span: Span, with replacement: String) {
      self.title = title
      self.span = span
      self.replacement = replacement
    }
  }

  /// Another place that explains the problem, such as the line that hid a builtin.
  public struct Note: Hashable, Sendable {
    public var message: String
    public var span: Span
    /// The file that `span` points into; `nil` is the file of the diagnostic itself.
    public var file: String?

    public init(_ message: String, at span: Span, in file: String? = nil) {
      self.message = message
      self.span = span
      self.file = file
    }
  }

  public var kind: Kind
  /// Differs from the kind's own only under `--strict`, which makes leakage an error.
  public var severity: Severity
  public var span: Span
  /// Event and cause, one sentence without a full stop, lower case: “`stpe` is no argument
  /// of `tune`”.
  public var message: String
  /// Remedy: the words to write instead: “did you mean `step`?”.
  public var remedy: String?
  public var notes: [Note]
  public var fixes: [Fix]

  public init(
    _ kind: Kind, at span: Span, _ message: String, remedy: String? = nil, notes: [Note] = [],
    fixes: [Fix] = []
  ) {
    self.kind = kind
    self.severity = kind.severity
    self.span = span
    // Which may quote the program: a path, an argument, a condition.
    self.message = Secrets.redacted(message)
    self.remedy = remedy.map(Secrets.redacted)
    self.notes = notes
    self.fixes = fixes
  }
}
