public import ThrModel
public import ThrSyntax

/// All that is knowable of a program without running it.
///
/// Never runs, reads or throws. What other files bring is handed in by the caller, who may read
/// them.
///
/// - Complexity: near-linear in the length of the text; the work on nested functions and loops is
///   limited; beyond the limit less is known.
public struct Analysis: Sendable {
  public struct Options: Hashable, Sendable {
    /// Leakage is an error.
    public var isStrict: Bool
    /// More statements may follow, as in a session: names that functions read may come later.
    public var isOpenEnded: Bool

    /// The text is not edited further: what another check could take over is not kept.
    public var isFinal: Bool

    public init(isStrict: Bool = false, isOpenEnded: Bool = false, isFinal: Bool = false) {
      self.isStrict = isStrict
      self.isOpenEnded = isOpenEnded
      self.isFinal = isFinal
    }
  }

  /// Findings of the checker, by place; the parser keeps its own.
  public let diagnostics: [Diagnostic]
  /// Findings that were reported and that a run would have too, at the argument to blame; the run
  /// need not report them again.
  public let reported: Set<Finding>
  let facts: Facts
  let numbering: ValueNumbering
  let functions: [FunctionID: UserFunction]
  /// Whether nothing was left out to bound the work.
  let isThorough: Bool
  private let serials: [DeclarationPlace: Int]
  let lastSerial: Int
  let lastStamp: Int
  /// The names at the end.
  let ending: NameFrame
  private let homes: [Int: [String: Binding]]
  private let lastUnit: Int

  /// - Parameters:
  ///   - earlier: the names that exist before the first statement: `args` of a script, or what a
  ///     session has so far.
  ///   - uses: what the files bring that the program uses, and why it cannot use others.
  public init(
    of parse: Parse, knowing vocabulary: Vocabulary, following earlier: Interface = Interface(),
    uses: UsedFiles = UsedFiles(), options: Options = Options()
  ) {
    self.init(
      of: parse, knowing: vocabulary, following: earlier, uses: uses, options: options,
      watching: nil)
  }

  /// - Parameter watched: the place of a name whose surroundings are asked for.
  init(
    of parse: Parse, knowing vocabulary: Vocabulary, following earlier: Interface,
    uses: UsedFiles, options: Options, watching watched: Span?,
    continuing continuation: Continuation? = nil
  ) {
    var checker = Checker(
      parse, vocabulary, following: earlier, uses: uses.interfaces, options: options,
      watching: watched, continuing: continuation)
    checker.check()
    if continuation != nil, !checker.isThorough {
      // What is left out depends on all that was done before.
      checker = Checker(
        parse, vocabulary, following: earlier, uses: uses.interfaces, options: options,
        watching: watched)
      checker.check()
    }
    diagnostics = checker.findings.sorted(
      adding: uses.diagnostics(in: parse) + parse.source.directionWarnings)
    reported = checker.reported
    facts = Facts(
      statements: checker.checked, bodies: checker.checkedFunctions, scene: checker.watch.scene)
    numbering = checker.numbering
    functions = checker.functions
    isThorough = checker.isThorough
    (serials, lastSerial) = (checker.serials.places, checker.serials.last)
    lastStamp = checker.names.lastStamp
    (ending, homes, lastUnit) = (checker.names.frames[0], checker.units.homes, checker.units.last)
  }

  /// The function of the text whose name begins at a place.
  func function(declaredAt offset: Int) -> UserFunction? {
    serials[DeclarationPlace(unit: 0, offset: offset)].flatMap {
      functions[FunctionID(unit: 0, serial: $0)]
    }
  }
}

extension Analysis {
  /// The names that the text leaves.
  public var interface: Interface {
    var interface = Interface()
    let unit = lastUnit + 1
    interface.names = ending.bindings.bound.mapValues { $0.inUnit(unit) }
    interface.homes = homes
    interface.numbering = numbering
    interface.isOpen = ending.isOpen
    for (id, function) in functions where !function.isInner {
      interface.functions[id.inUnit(unit)] = function
    }
    return interface
  }
}

extension FunctionID {
  /// As another text knows it, where the analysed one has this number.
  fileprivate func inUnit(_ unit: Int) -> FunctionID {
    self.unit == 0 ? FunctionID(unit: unit, serial: serial) : self
  }
}

extension Binding {
  fileprivate func inUnit(_ unit: Int) -> Binding {
    guard case .function(let id)? = value.callee, id.unit == 0 else { return self }
    var value = value
    value.callee = .function(id.inUnit(unit))
    return with(value)
  }
}
