public import ThrSyntax

/// Why a program stopped: what happened, in which file, and on the way from where.
public struct Failure: Error, Hashable, Sendable {
  /// Diagnostics; never empty.
  ///
  /// Several only where a whole call or a whole file was refused.
  public let diagnostics: [Diagnostic]
  /// The file that the diagnostics' spans point into, as `Session.source(of:)` knows it.
  public let file: String
  /// The calls under way, from the innermost to the outermost.
  public let calls: CallStack
}

/// The calls that were under way when a program stopped.
public struct CallStack: Hashable, Sendable {
  public struct Frame: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      /// A call of a function of the user's.
      case function(String)
      /// A file that was being run for its names.
      case use(String)
    }

    public let kind: Kind
    /// Where the call stands, in `file`.
    public let span: Span
    public let file: String
  }

  /// The calls nearest to the fault, innermost first.
  public let innermost: [Frame]
  /// How many calls between those two groups are left out.
  public let omitted: Int
  /// The first calls of all, innermost first.
  public let outermost: [Frame]

  /// Every frame that is kept, innermost first.
  var all: [Frame] { innermost + outermost }

  /// The same with every frame replaced.
  func mapped(_ transform: (Frame) -> Frame) -> CallStack {
    CallStack(
      innermost: innermost.map(transform), omitted: omitted, outermost: outermost.map(transform))
  }

  private init(innermost: [Frame], omitted: Int, outermost: [Frame]) {
    self.innermost = innermost
    self.omitted = omitted
    self.outermost = outermost
  }

  /// How many frames are kept at each end: more say nothing new, as they repeat.
  static let kept = 8

  /// - Parameter frames: outermost first.
  init(_ frames: [Frame]) {
    let reversed = frames.reversed()
    guard frames.count > 2 * Self.kept else {
      innermost = Array(reversed)
      omitted = 0
      outermost = []
      return
    }
    innermost = Array(reversed.prefix(Self.kept))
    omitted = frames.count - 2 * Self.kept
    outermost = Array(reversed.suffix(Self.kept))
  }
}

/// What ends an evaluation early.
enum Stop: Error {
  case failed(FailureTrace)
  case cancelled
  /// The program asked to end with this status.
  case exited(Int)
  /// Not to be run here, which is no error of the program.
  indirect case refused(Refusal)
}

extension Stop {
  /// Adds a call to the fault that leaves it.
  ///
  /// - Parameters:
  ///   - file: the file that was run in the call.
  ///   - span: where the call stands, in the file that the fault reaches next.
  func leaving(_ file: String, _ kind: CallStack.Frame.Kind, _ span: Span) -> Stop {
    if case .failed(let fault) = self { fault.leave(file, kind, span) }
    return self
  }
}

/// What is wrong, on its way out of the calls that led there.
///
/// Calls are noted while they are left, so that a call that goes well notes nothing.
///
/// `@unchecked`: lives on the evaluation thread, as the evaluation that it ends.
final class FailureTrace: @unchecked Sendable {
  private let diagnostics: [Diagnostic]
  /// The file that the diagnostics point into; known once its outermost call is left.
  private var file: String?
  /// The calls that were left, innermost first.
  private var frames: [CallStack.Frame] = []
  /// The call left last, whose own place lies in the file that is left next.
  private var last: (kind: CallStack.Frame.Kind, span: Span)?

  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  fileprivate func leave(_ file: String, _ kind: CallStack.Frame.Kind, _ span: Span) {
    place(in: file)
    last = (kind, span)
  }

  private func place(in file: String) {
    self.file = self.file ?? file
    if let last { frames.append(.init(kind: last.kind, span: last.span, file: file)) }
    last = nil
  }

  /// The failure of a run that began in a file.
  func failure(in file: SourceFile) -> Failure {
    place(in: file.name)
    return Failure(
      diagnostics: diagnostics, file: self.file ?? file.name,
      calls: CallStack(frames.reversed()))
  }
}
