import TableIO
import ThrModel
import ThrSyntax

/// Something outside a statement that it may depend on.
enum NotebookCell: Hashable {
  case name(String)
  /// Which names there are.
  case names
  /// A used file.
  case used(String)
  case file(String)
  /// The decision that was judged on some test rows.
  case report(Provenance)
}

/// The state of a cell; equal states mean that they are indistinguishable.
enum NotebookState: Hashable {
  case absent
  /// Simple values stand for themselves: bit for bit, as zero and minus zero differ.
  case number(UInt64)
  case boolean(Bool)
  case text(String)
  case none, undefined
  /// A function as declared at top level, by its unit.
  case declared(String)
  /// What a remembered run of a statement made.
  case made(Int)
  case unavailable
  case names([String])
  case file(FileStamp)
  case decision(JudgedDecision)

  /// - Parameter run: the run that made the value.
  init(_ content: Scope.Binding.Content, madeBy run: Int) {
    switch content {
    case .value(.number(let number)): self = .number(number.bitPattern)
    case .value(.boolean(let boolean)): self = .boolean(boolean)
    case .value(.text(let text)) where text.utf8.count <= 256: self = .text(text)
    case .value(.none): self = .none
    case .value(.undefined): self = .undefined
    case .value, .function: self = .made(run)
    case .unavailable: self = .unavailable
    }
  }
}

/// One run of a statement: what it read, and what came of it.
///
/// Everything is deterministic, so that a statement that finds all it read as it was would do the
/// same again.
final class NotebookMemory {
  enum Ending {
    case done
    case failed(Failure)
    case refused(Refusal)
  }

  /// The run's number, which marks what it made.
  let run: Int
  let reads: [NotebookCell: NotebookState]
  /// Where the names that a failure points to were bound, by unit.
  let binders: [String: String]
  let ending: Ending
  /// The names that have no value because of it.
  let lost: Set<String>
  private(set) var reported: NotebookOutputs
  let reports: [UsageLedger.Consultation]
  /// What it made; `nil` where that was let go to save memory.
  private(set) var product: Product?
  let seconds: Double
  var lastPass: Int

  struct Product {
    let bindings: [(name: String, binding: Scope.Binding)]
    let used: [(path: String, file: UsedFile)]
    /// An estimate, in bytes.
    let size: Int
  }

  init(
    run: Int, reads: [NotebookCell: NotebookState], binders: [String: String], ending: Ending,
    losing lost: Set<String>, reported: NotebookOutputs, reports: [UsageLedger.Consultation],
    product: Product, seconds: Double,
    pass: Int
  ) {
    self.run = run
    self.reads = reads
    self.binders = binders
    self.ending = ending
    self.lost = lost
    self.reported = reported
    self.reports = reports
    self.product = product
    self.seconds = seconds
    lastPass = pass
  }

  /// Keeps only what is needed to say that another run came out the same.
  func letGo() {
    product = nil
    reported = NotebookOutputs()
  }
}

/// What a statement showed, printed and warned of, bounded.
struct NotebookOutputs {
  static let mostKept = 200
  static let mostPrintedBytes = 1 << 16

  private(set) var outputs: [StatementResult.Output] = []
  private(set) var omitted = 0
  var warnings: [(diagnostic: Diagnostic, file: String)] = []
  private var printedBytes = 0
  private var lastLeftOut: StatementResult.Output?

  mutating func add(_ output: StatementResult.Output) {
    if case .printed(let line) = output { printedBytes += line.utf8.count }
    guard outputs.count < Self.mostKept, printedBytes <= Self.mostPrintedBytes else {
      omitted += 1
      if case .shown = output { lastLeftOut = output }
      return
    }
    outputs.append(output)
  }

  /// Closes with the value shown last, if it was left out.
  mutating func finish() {
    guard let lastLeftOut else { return }
    outputs.append(lastLeftOut)
    omitted -= 1
    self.lastLeftOut = nil
  }

  /// How much the values shown hold, in bytes.
  var size: Int {
    outputs.reduce(printedBytes) { sum, output in
      if case .shown(let value, _) = output { sum + value.footprint } else { sum }
    }
  }
}
