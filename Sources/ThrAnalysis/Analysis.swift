public import ThrModel
public import ThrSyntax

/// All that is knowable of a program without running it.
///
/// Never runs, reads or throws. What other files bring is handed in by whoever may read them.
///
/// - Complexity: near-linear in the length of the text; where functions and loops nest without
///   bound, less becomes known instead.
public struct Analysis: Sendable {
  public struct Options: Hashable, Sendable {
    /// Leakage is an error.
    public var isStrict: Bool
    /// More statements may follow, as in a session: names that functions read may come later.
    public var isOpenEnded: Bool

    public init(isStrict: Bool = false, isOpenEnded: Bool = false) {
      self.isStrict = isStrict
      self.isOpenEnded = isOpenEnded
    }
  }

  /// What the checker found, in the order of the places; the parser's findings are its own.
  public let diagnostics: [Diagnostic]
  /// The names that the text leaves behind.
  public let interface: Interface
  /// What was told and a run would find too, at the argument to blame; it need not tell it again.
  public let told: Set<Finding>
  let facts: Facts
  let numbering: ValueNumbering
  let functions: [FunctionID: UserFunction]

  /// - Parameters:
  ///   - earlier: the names that exist before the first statement: `args` of a script, or what a
  ///     session has so far.
  ///   - uses: what the files bring that the program uses, by the path written after `use`. Names
  ///     that a file not among them may bring are not questioned.
  public init(
    of parse: Parse, knowing vocabulary: Vocabulary, following earlier: Interface = Interface(),
    uses: [String: Interface] = [:], options: Options = Options()
  ) {
    self.init(
      of: parse, knowing: vocabulary, following: earlier, uses: uses, options: options,
      watching: nil)
  }

  /// - Parameter watched: the place of a name whose surroundings are asked for.
  init(
    of parse: Parse, knowing vocabulary: Vocabulary, following earlier: Interface,
    uses: [String: Interface], options: Options, watching watched: Span?,
    continuing continuation: Continuation? = nil
  ) {
    let checker = Checker(
      parse, vocabulary, following: earlier, uses: uses, options: options, watching: watched,
      continuing: continuation)
    checker.check()
    diagnostics = checker.findings.sorted
    interface = checker.interface
    told = checker.told
    facts = Facts(statements: checker.checked, bodies: checker.notes, scene: checker.scene)
    numbering = checker.numbering
    functions = checker.functions
  }
}
