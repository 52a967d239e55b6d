import ThrModel
import ThrSyntax

/// Walks a program as a run would, with types in the place of values.
final class Checker {
  let program: Program
  let source: Source
  let comments: CommentBlocks
  /// Whether any statement may bring names of another file.
  let usesFiles: Bool
  let vocabulary: Vocabulary
  let options: Analysis.Options

  var names: Names
  var numbering: ValueNumbering
  /// Those of which nothing need be told: finding out is slow, and most are used again and again.
  var soundObjectives: Set<Objective> = []
  /// The numbers of what stands in for arguments left out, by the parameter.
  var standInNumbers: [ObjectIdentifier: ValueNumber] = [:]
  var functions: [FunctionID: UserFunction]
  /// The names that functions of used files look up, by the file's number.
  var homes: [Int: [String: Binding]]
  var lastUnit: Int
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
  /// The values that the present statement gave names of the file.
  var boundNames: [(name: String, binding: Binding)] = []
  /// Whether the present statement reported something on rows.
  var hasJudged = false
  var notes = Notes()
  /// What is known at the place that was asked about.
  var scene: Scene?
  var told: Set<Finding> = []
  /// Which decision was reported on which test rows.
  var judged: [Judgement: [ValueNumber]] = [:]

  var effort = Effort()
  /// What calls found in functions' bodies, to be told once the bodies themselves are checked.
  var callFaults: [CallFault] = []
  var checkedBodies: [BodyCheck: BodyResult] = [:]
  var runningFunctions: [FunctionID] = []
  /// Changes with every name that a function's body may read.
  var outerNames = OuterNames()
  /// The name whose surroundings are asked for.
  let watched: Span?
  /// All that each of the file's names may ever be.
  var everything: [String: Binding] = [:]

  init(
    _ parse: Parse, _ vocabulary: Vocabulary, following earlier: Interface,
    uses: [String: Interface], options: Analysis.Options, watching watched: Span? = nil,
    continuing continuation: Continuation? = nil
  ) {
    self.continuation = continuation
    faults = parse.diagnostics.map(\.span.start)
    self.watched = watched
    comments = CommentBlocks(parse)
    usesFiles = parse.tokens.contains { $0.kind == .use }
    program = parse.program
    source = parse.source
    self.vocabulary = vocabulary
    self.options = options
    self.uses = uses
    earlierNames = Set(earlier.names.keys)
    numbering = continuation?.numbering.restarted(at: earlier.numbering.epoch) ?? earlier.numbering
    functions = earlier.functions
    homes = earlier.homes
    lastUnit = earlier.lastUnit
    var file = Frame(.file)
    // Places in earlier texts mean nothing in this one.
    file.bindings = earlier.names.mapValues(\.withoutPlace)
    file.isOpen = earlier.isOpen
    names = Names(file: file)
  }

  func check() {
    let assigned = AssignedNames(program.statements)
    names.update {
      $0.assigned = assigned.first
      if usesFiles, !Uses(program).isSubset(of: uses) { $0.isOpen = true }
    }
    everything = names.frames[0].bindings
    for function in functions.values { outerNames.add(function.declaration) }
    declareFunctions(in: program.statements)
    checkFile()
    let end = names.frames[0]
    checkBodies(of: assigned.functions)
    tellCallFaults()
    names.update { $0 = end }
  }

  /// What the names are at the end.
  var interface: Interface {
    var interface = Interface()
    let unit = lastUnit + 1
    interface.names = names.frames[0].bindings.mapValues { $0.inUnit(unit) }
    interface.homes = homes
    interface.numbering = numbering
    interface.isOpen = names.frames[0].isOpen
    for (id, function) in functions {
      if case .body = function.home { continue }
      let id = id.unit == 0 ? FunctionID(unit: unit, offset: id.offset) : id
      interface.functions[id] = function
    }
    return interface
  }
}

extension Binding {
  fileprivate var withoutPlace: Binding {
    guard place != nil else { return self }
    var copy = self
    copy.place = nil
    return copy
  }

  fileprivate func inUnit(_ unit: Int) -> Binding {
    guard case .function(let id)? = value.callee, id.unit == 0 else { return self }
    var copy = self
    copy.value.callee = .function(FunctionID(unit: unit, offset: id.offset))
    return copy
  }
}

/// Where the walk is, and what becomes of what it finds.
struct Context {
  enum Purpose {
    /// The statements of the file.
    case file
    /// A function's body, whatever its arguments are.
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
}

extension Context {
  /// Whether what is seen of a place is noted for later questions.
  var isNoting: Bool { purpose != .call && !isRehearsal }
}

/// Bounds the work, so that no program takes long to check.
struct Effort {
  /// Levels of expressions and calls; beyond, a thread's stack might not suffice.
  private static let maximumDepth = 400
  private static let maximumInCalls = 50_000
  private static let maximumInLoops = 400_000

  var depth = 0
  private var comparisons = 0
  private var inCalls = 0
  private(set) var steps = 0

  mutating func step(in purpose: Context.Purpose) {
    steps += 1
    if purpose == .call { inCalls += 1 }
  }

  /// Whether a wrong name may still be compared with all others.
  mutating func mayCompareNames() -> Bool {
    comparisons += 1
    return comparisons <= 40
  }

  /// Whether bodies of functions are checked no more for single calls.
  var isSpentOnCalls: Bool { inCalls > Self.maximumInCalls || depth > Self.maximumDepth }
  /// Whether loops are walked once only, with everything they change unknown.
  var isSpentOnLoops: Bool { steps > Self.maximumInLoops }

  /// Whether what is done next may be cut short.
  var isNearLimits: Bool { steps > Self.maximumInLoops / 2 }

  mutating func add(_ steps: Int) { self.steps += steps }
}

// MARK: - Reporting

extension Checker {
  func report(_ diagnostic: @autoclosure () -> Diagnostic) {
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
    // A branch of the body may not be reached; a warning about its text is the body's own.
    guard context.uncertainty == 0, diagnostic.severity == .error else { return }
    context.faults.append(CallFault(diagnostic, unit: unit))
  }

  /// The note that a name no longer means the builtin, where the expression is such a name.
  func hidingNotes(_ expression: Expression) -> [Diagnostic.Note] {
    guard case .name(let name) = expression.bare, vocabulary.knows(name.text),
      let place = binding(of: name.text)?.place
    else { return [] }
    return [.init("`\(name.text)` hides the builtin of that name since here", at: place)]
  }
}

extension Vocabulary {
  func knows(_ name: String) -> Bool { signature(name) != nil || constant(name) != nil }
}
