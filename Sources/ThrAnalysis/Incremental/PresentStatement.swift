import ThrModel
import ThrSyntax

/// What checking a statement or a function's body has read and done so far, for its record.
struct PresentStatement {
  /// The values that it gave names of the file.
  private(set) var bound: [BoundName] = []
  /// What it reported that a run would find too.
  private(set) var reported: [Finding] = []
  /// The decisions that were known on what it judges.
  private(set) var judgedBefore: [Judgement: SymbolicDecision?] = [:]
  /// The functions whose parameters its labels name.
  private(set) var labelled: Set<CheckRecord.Labelled> = []
  /// On what else than the inputs of its record it depends.
  var dependence = Dependence()

  mutating func note(bound name: BoundName) { bound.append(name) }

  mutating func note(reported finding: Finding) { reported.append(finding) }

  mutating func note(labelled function: CheckRecord.Labelled) { labelled.insert(function) }

  /// Notes what was known before the first judgement of its kind.
  mutating func note(_ judgement: Judgement, knownBefore decision: SymbolicDecision?) {
    if judgedBefore[judgement] == nil { judgedBefore.updateValue(decision, forKey: judgement) }
  }
}

/// On what a result depends beside the names that it reads.
struct Dependence {
  /// On how often files were written before.
  private(set) var isOnWritings = false
  /// On what no record keeps.
  private(set) var isOnMoreThanRecords = false

  mutating func readWritings() { isOnWritings = true }

  mutating func readMoreThanRecords() { isOnMoreThanRecords = true }

  mutating func add(_ other: Dependence) {
    isOnWritings = isOnWritings || other.isOnWritings
    isOnMoreThanRecords = isOnMoreThanRecords || other.isOnMoreThanRecords
  }
}

// MARK: - Reading what no record keeps

// Code that reads one of these need not note it.
extension Checker {
  /// Every name that may be written here, for the one meant by a wrong one; none where that was
  /// asked very often.
  func namesToCompare() -> [String] {
    present.dependence.readMoreThanRecords()
    return effort.mayCompareNames() ? visibleNames : []
  }

  /// The number of the line at a place.
  func line(at place: Span) -> Int {
    present.dependence.readMoreThanRecords()
    return source.lines.line(at: place.start)
  }

  /// What a name stands for that the text does not mention as a value.
  func resolve(unmentioned name: String) -> Resolution {
    present.dependence.readMoreThanRecords()
    return resolve(name)
  }

  /// What a used file brings, its texts numbered by what is free now.
  func bring(_ interface: Interface, from file: String) -> Interface {
    present.dependence.readMoreThanRecords()
    return units.add(interface, from: file)
  }

  /// Where a function is declared that stands here.
  ///
  /// No record brings those inside others.
  var homeOfDeclarations: UserFunction.Home {
    if names.current == 0 { return .file }
    present.dependence.readMoreThanRecords()
    return .body(frame: names.current, serial: names.frames[names.current].serial)
  }

  /// The faults that the check of a body found for a call.
  ///
  /// Where names were given values that they speak of depends on who called first.
  func faults(of result: BodyResult) -> [CallFault] {
    if !result.faults.isEmpty { present.dependence.readMoreThanRecords() }
    return result.faults
  }

  /// The number of a call's value: of one that reads files, another one after each writing.
  func number(ofCall call: FollowedCall, _ arguments: [ValueNumber]) -> ValueNumber {
    let (name, effect) = (call.signature.name, call.signature.effect)
    if effect == .readsFiles { present.dependence.readWritings() }
    return numbering.call(name, form: call.form, arguments, effect: effect)
  }
}
