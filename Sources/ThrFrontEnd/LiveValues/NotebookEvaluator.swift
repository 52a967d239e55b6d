public import DocumentEvaluation
import Synchronization
public import TableIO
public import ThrModel
import ThrRuntime
import ThrSyntax

/// Evaluates the documents of an editor, each in a notebook of its own.
public final class NotebookEvaluator: DocumentEvaluator {
  private struct Book {
    let notebook: Notebook
    let files: OpenTextFiles
    let workingFolder: String
    let isStrict: Bool
    let recorder: ValueRecorder
    var rendering: StatementRendering
  }

  private let library: Library
  private let display: ValueDisplay
  private let files: any FileSystem
  private let books = Mutex<[String: Book]>([:])

  public init(_ library: Library, files: any FileSystem = LocalFileSystem()) {
    self.library = library
    self.files = files
    display = ValueDisplay(library)
  }

  public func evaluate(
    _ request: EvaluationRequest, deliver: @escaping @Sendable (EvaluatedStatement) -> Void
  ) -> EvaluationOutcome {
    var book = book(for: request)
    book.files.show(request.openText)
    let interruption = Interruption()
    request.cancellation.whenCancelled { interruption.raise() }
    book.rendering.begin()
    let literals = Set(request.parse.program.statements.filter(\.saysItsValue).map(\.span))
    let assignments = Set(request.parse.program.statements.filter(\.isAssignment).map(\.span))
    let outcome = book.notebook.evaluate(
      request.parse, file: request.path, upTo: request.limit,
      budget: Notebook.Budget(request.budget),
      permissions: .init(
        readableFolders: request.permissions.readableFolders, mayAct: request.permissions.mayAct),
      namesOfUsed: request.usedNames, interruption: interruption
    ) { result in
      deliver(
        book.rendering.statement(
          result, display, saysItsValue: literals.contains(result.span),
          isAssignment: assignments.contains(result.span)))
    }
    book.rendering.end()
    let observed = book.recorder.take(display)
    if !observed.isEmpty { request.observe?(observed) }
    books.withLock { $0[request.document] = book }
    return EvaluationOutcome(outcome)
  }

  public func forget(_ document: String) {
    _ = books.withLock { $0.removeValue(forKey: document) }
  }

  /// The document's notebook; a new one where relative paths start elsewhere than before, or what
  /// was a warning is an error.
  private func book(for request: EvaluationRequest) -> Book {
    let known = books.withLock { $0[request.document] }
    let folder = workingFolder(for: request)
    // Who may read everything names no folder to start in.
    if let known, known.isStrict == request.isStrict,
      request.permissions.readableFolders == nil || known.workingFolder == folder
    {
      return known
    }
    let files = OpenTextFiles(files)
    let recorder = ValueRecorder()
    return Book(
      notebook: Notebook(
        recorder.extending(library), context: CallContext(files: files, display: display),
        workingFolder: folder,
        isStrict: request.isStrict),
      files: files, workingFolder: folder, isStrict: request.isStrict,
      recorder: recorder, rendering: StatementRendering(library: library))
  }

  /// The folder of the workspace that the document lies in, or else its own.
  private func workingFolder(for request: EvaluationRequest) -> String {
    let path = request.path ?? ""
    let around = (request.permissions.readableFolders ?? []).filter { path.hasPrefix($0 + "/") }
    if let deepest = around.max(by: { $0.utf8.count < $1.utf8.count }) { return deepest }
    guard let slash = path.lastIndex(of: "/") else {
      return request.permissions.readableFolders?.first ?? "/"
    }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension Notebook.Budget {
  /// Half of the time may go into one statement, so that the others get some.
  fileprivate init(_ budget: EvaluationRequest.Budget) {
    self.init(
      seconds: budget.seconds, secondsPerStatement: budget.seconds / 2, bytes: budget.bytes,
      bytesRemembered: min(budget.bytes, 256 << 20), bytesPerFile: budget.bytes / 2)
  }
}

extension EvaluationOutcome {
  fileprivate init(_ outcome: Notebook.Outcome) {
    switch outcome {
    case .finished: self = .finished
    case .cancelled: self = .cancelled
    case .outOfBudget: self = .outOfBudget
    }
  }
}

extension Statement {
  fileprivate var isAssignment: Bool { if case .assignment = self { true } else { false } }
}
