import ThrRuntime
import ThrSyntax

/// Why a program stopped: what happened, in which file, and on the way from where.
public struct Failure: Error, Hashable, Sendable {
  /// What is wrong; never empty.
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
indirect enum Stop: Error {
  case failed(Failure)
  case cancelled
  case exited(Int)
  /// Not to be run here, which is nobody's fault.
  case refused(Refusal)
}
