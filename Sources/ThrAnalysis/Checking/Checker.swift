import ThrModel
import ThrSyntax

/// Walks a program as a run would, with types in the place of values.
final class Checker {
  let program: Program
  let source: Source
  /// The names in each of the program's statements.
  let statementNames: [StatementNames]
  let comments: CommentBlocks
  /// Whether any statement may bring names of another file.
  let usesFiles: Bool
  let vocabulary: Vocabulary
  let options: Analysis.Options

  var names: Names
  var numbering: ValueNumbering
  /// Those of which nothing need be reported: finding out is slow, and most are used again and
  /// again.
  var soundObjectives: Set<CheckedObjective> = []
  /// The numbers of what stands in for arguments left out, by the parameter.
  var standInNumbers: [ObjectIdentifier: ValueNumber] = [:]
  var functions: [FunctionID: UserFunction]
  var serials: FunctionSerials
  var units: UsedUnits
  let uses: [String: Interface]
  /// The names that exist before the first statement.
  let earlierNames: Set<String>

  var context = Context()
  var findings = Findings()
  /// What is known of the text before an edit.
  let continuation: Continuation?
  /// Where the parser's findings begin, ascending.
  let faults: [Int]
  /// The file's statements that are checked so far.
  var checked: [CheckedStatement] = []
  /// The bodies of the file's functions that are checked so far.
  var checkedFunctions: [CheckedStatement] = []
  /// What the present statement or body has read and done so far.
  var present = PresentStatement()
  var notes = Notes()
  var reported: Set<Finding> = []
  /// Which decision was reported on which test rows.
  var judged: [Judgement: SymbolicDecision] = [:]

  var effort = Effort()
  var calls = CheckedCalls()
  /// How far the check of the innermost body went.
  var reach = BodyReach()
  /// Changes with every name that a function's body may read.
  var outerNames = OuterNames()
  var watch: Watch
  var fileNames = FileNames()

  init(
    _ parse: Parse, _ vocabulary: Vocabulary, following earlier: Interface,
    uses: [String: Interface], options: Analysis.Options, watching watched: Span? = nil,
    continuing continuation: Continuation? = nil
  ) {
    self.continuation = continuation
    faults = parse.diagnostics.map(\.span.start)
    watch = Watch(watched)
    comments = CommentBlocks(parse)
    statementNames = parse.program.statements.enumerated().map { index, statement in
      continuation?.records[index]?.names ?? StatementNames(statement)
    }
    usesFiles = parse.tokens.contains { $0.kind == .use }
    program = parse.program
    source = parse.source
    self.vocabulary = vocabulary
    self.options = options
    self.uses = uses
    earlierNames = Set(earlier.names.keys)
    numbering = continuation?.numbering.restarted(at: earlier.numbering.epoch) ?? earlier.numbering
    functions = earlier.functions
    units = UsedUnits(of: earlier)
    serials = FunctionSerials(
      after: continuation?.lastSerial
        ?? uses.values.reduce(earlier.lastSerial) { max($0, $1.lastSerial) })
    var file = NameFrame(.file)
    // Places in earlier texts mean nothing in this one.
    file.bindings = Bindings(slots: continuation?.slots ?? [:])
    for (name, binding) in earlier.names { file.bindings[name] = binding.withoutPlace }
    file.isOpen = earlier.isOpen
    names = Names(file: file, lastStamp: continuation?.lastStamp ?? 0)
  }

  func check() {
    identifyKeptFunctions()
    let assigned = firstAssignments
    noteFirstPlaces(assigned)
    names.update {
      $0.assigned = assigned
      if usesFiles, !Uses(in: program.statements).isSubset(of: uses) { $0.isOpen = true }
    }
    fileNames.begin(with: names.frames[0].bindings.values)
    for function in functions.values { outerNames.add(function) }
    declareFunctions(in: program.statements)
    // Each is noted where it stands.
    notes = Notes()
    checkFile()
    if watch.isAnswered { return }
    let end = names.frames[0]
    checkBodies(of: allFunctions)
    reportCallFaults()
    names.update {
      $0.bindings.replaceAll(with: end.bindings.values)
      $0.isOpen = end.isOpen
      $0.awaitsMore = false
    }
  }

  private func noteFirstPlaces(_ assigned: [String: Span]) {
    let slots = assigned.map { (names.fileSlot(of: $0.key), $0.value.start) }
    fileNames.noteFirstPlaces(slots, count: names.frames[0].bindings.values.count)
  }

  /// Lets the functions whose declarations an edit left alone be the same as before.
  private func identifyKeptFunctions() {
    guard let continuation else { return }
    functions.reserveCapacity(continuation.functions.count)
    serials.reserveCapacity(continuation.functions.count)
    for (statement, record) in zip(program.statements, continuation.records) {
      guard case .function(let function) = statement, let id = record?.function else { continue }
      serials.keep(id.serial, at: function.name.span.start)
    }
  }

  /// Whether nothing was left out to bound the work.
  var isThorough: Bool { !effort.isNearLimits && !findings.isFull }

  /// Every name that the file gives a value, with the first place.
  private var firstAssignments: [String: Span] {
    var first: [String: Span] = [:]
    first.reserveCapacity(program.statements.count)
    for (statement, names) in zip(program.statements, statementNames) {
      for (name, place) in names.assigned where first[name] == nil {
        first[name] = place.moved(by: statement.span.start)
      }
    }
    return first
  }

  /// The functions of the file and of the blocks in it, not those inside others.
  private var allFunctions: [Statement.FunctionDeclaration] {
    var functions: [Statement.FunctionDeclaration] = []
    for (statement, names) in zip(program.statements, statementNames) where names.holdsFunctions {
      functions += AssignedNames([statement]).functions
    }
    return functions
  }
}

extension Binding {
  fileprivate var withoutPlace: Binding {
    guard place != nil else { return self }
    var copy = self
    copy.place = nil
    return copy
  }
}

/// Where the walk is, and what becomes of what it finds.
struct Context {
  enum Purpose {
    /// The statements of the file.
    case file
    /// A function's body, regardless of its arguments.
    case body
    /// A function's body for the arguments of one call.
    case call
  }

  enum Muting: Int {
    case none
    /// Names are still known or not, all else depends on a condition that is known to fail.
    case allButNames
    case all
  }

  var purpose = Purpose.file
  var muting = Muting.none
  /// How many branches deep the walk is: what stands there may not be reached.
  var uncertainty = 0
  /// How many loops deep.
  var loops = 0
  /// Whether the same text is walked again afterwards, so that nothing need be noted.
  var isRehearsal = false
  /// Whether the walk left something out, so that nothing is certain any more.
  var isCutShort = false
  /// What is certainly wrong in the body that is checked for a call.
  var faults: [CallFault] = []
  /// Within the arguments of a comparison: test rows that nothing was reported on before.
  var judgedTogether: Set<Judgement>?
}

extension Context {
  /// Whether what is seen of a place is noted for later questions.
  var isNoting: Bool { purpose != .call && !isRehearsal }
}

// MARK: - Reporting

extension Checker {
  func report(_ diagnostic: @autoclosure () -> Diagnostic) {
    // A branch of the body may not be reached.
    if context.purpose == .call, context.uncertainty > 0 { return }
    switch context.muting {
    case .all: return
    case .allButNames:
      let diagnostic = diagnostic()
      if diagnostic.kind == .unknownName { deliver(diagnostic) }
    case .none: deliver(diagnostic())
    }
  }

  func report(
    _ error: @autoclosure () -> CallError, at span: Span, of expression: Expression? = nil
  ) {
    report(error().diagnostic(at: span, notes: expression.map(hidingNotes) ?? []))
  }

  private func deliver(_ diagnostic: Diagnostic) {
    guard context.purpose == .call else { return findings.add(diagnostic) }
    // A warning about the body's text is the body's own.
    guard diagnostic.severity == .error else { return }
    context.faults.append(CallFault(diagnostic, unit: unit))
  }

  /// The note that a name no longer means the builtin, where the expression is such a name.
  func hidingNotes(_ expression: Expression) -> [Diagnostic.Note] {
    guard case .name(let name) = expression.bare, vocabulary.knows(name.text),
      let place = binding(of: name.text)?.place
    else { return [] }
    return [.init("`\(name.text)` hides the builtin of that name from here on", at: place)]
  }
}

extension Vocabulary {
  func knows(_ name: String) -> Bool { signature(name) != nil || constant(name) != nil }
}
