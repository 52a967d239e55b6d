public import DocumentEvaluation
import Glibc
import ParallelWork
public import ThrModel
public import ThrSyntax

/// The language server: speaks the Language Server Protocol 3.17 over a transport.
///
/// It translates, and decides nothing: answers come from ThrAnalysis, values from the evaluator,
/// and files from what is handed in.
public struct LanguageServer: Sendable {
  /// What the server serves with.
  public struct Host: Sendable {
    public var vocabulary: Vocabulary
    public var evaluator: any DocumentEvaluator
    public var files: any WorkspaceFiles
    /// What the server calls itself.
    public var version: String
    /// The address at which a kind of problem is explained; `nil` where nowhere.
    public var explanation: @Sendable (Diagnostic.Kind) -> String?
    /// The client's process, where it is known before the client reports it.
    public var clientProcess: Int?
    /// Ends the process at once with a status, where the client has died or left; `nil` where there
    /// is no process to end.
    public var abandon: (@Sendable (Int32) -> Void)?

    public init(
      vocabulary: Vocabulary, evaluator: any DocumentEvaluator, files: any WorkspaceFiles,
      version: String, explanation: @escaping @Sendable (Diagnostic.Kind) -> String? = { _ in nil },
      clientProcess: Int? = nil, abandon: (@Sendable (Int32) -> Void)? = nil
    ) {
      self.vocabulary = vocabulary
      self.evaluator = evaluator
      self.files = files
      self.version = version
      self.explanation = explanation
      self.clientProcess = clientProcess
      self.abandon = abandon
    }
  }

  /// How many seconds a server that is busy gets to end by itself.
  private static let grace: UInt32 = 1

  private let host: Host

  public init(_ host: Host) { self.host = host }

  /// Serves one client until it leaves.
  ///
  /// - Returns: the status for the process: 0 where the client has asked for the shutdown, else 1.
  public func serve(over transport: any Transport) -> Int32 {
    if let process = host.clientProcess, let abandon = host.abandon {
      ClientWatch(process: process).start { abandon(1) }
    }
    let inbox = Inbox<ServerEvent>()
    let cancelled = CancelledRequests()
    SystemThread.detach(stackSize: 8 << 20) { [host] in
      var reader = Reader(transport, inbox, cancelled)
      let status = reader.run()
      guard let abandon = host.abandon else { return }
      // A client that has left does not wait for an answer that it will not read.
      sleep(Self.grace)
      abandon(status)
    }
    let server = Server(host, transport, inbox, cancelled)
    let status = server.run()
    // A process that ends gives back its memory at once, and need not take it apart before.
    return withExtendedLifetime(server) {
      host.abandon?(status)
      return status
    }
  }
}
