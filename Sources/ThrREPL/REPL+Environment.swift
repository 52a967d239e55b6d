public import TableIO
public import ThrAnalysis
public import ThrModel
public import ThrRuntime
public import ThrSyntax

extension REPL {
  /// What the command hands to the prompt.
  public struct Environment {
    public typealias Uses = (Parse, String?) -> (files: UsedFiles, used: [CheckedFile])

    public var library: Library
    public var context: CallContext
    /// Whether leakage is an error.
    public var isStrict: Bool
    /// Raised by Ctrl-C while something runs.
    public var interruption: Interruption
    /// Checks the files that a program uses; the program's own path is `nil` for an input.
    public var uses: Uses
    /// The entries of a folder, for completing paths.
    public var entries: @Sendable (String) -> [Surroundings.Entry]?
    /// The columns of a table's file, for completing their names.
    public var columns: @Sendable (String) -> [String]?
    /// What the first line says.
    public var version: String
    /// What the session sees as `args`.
    public var arguments: [String] = []
    /// The table that a value is shown as where it is browsed; `nil` for values that are none.
    public var table: @Sendable (Value) -> Table? = { _ in nil }

    public init(
      library: Library, context: CallContext, isStrict: Bool, interruption: Interruption,
      version: String,
      uses: @escaping Uses = { _, _ in (UsedFiles(), []) },
      entries: @escaping @Sendable (String) -> [Surroundings.Entry]? = { _ in nil },
      columns: @escaping @Sendable (String) -> [String]? = { _ in nil }
    ) {
      self.library = library
      self.context = context
      self.isStrict = isStrict
      self.interruption = interruption
      self.version = version
      self.uses = uses
      self.entries = entries
      self.columns = columns
    }
  }
}
