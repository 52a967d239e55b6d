import DocumentEvaluation
import JSONText
import Secrets

/// One client's server: takes events one by one, and is touched by one thread only.
final class Server {
  let host: LanguageServer.Host
  let transport: any Transport
  let inbox: Inbox<ServerEvent>
  let cancelled: CancelledRequests

  var lifecycle = Lifecycle.started
  var client = ClientCapabilities()
  var encoding = PositionEncoding.utf16
  var settings = Settings()
  let workspace: Workspace
  lazy var live = LiveEvaluation(self)

  var offered: OfferedCompletions?
  /// Requests of the server that wait for the client.
  var asked: [RequestID: (JSON?) -> Void] = [:]
  /// Requests of the client whose answer takes longer.
  var running: [RequestID: Cancellation] = [:]
  /// Walks through all texts that have not reached their ends.
  var scans: [Scan] = []
  /// Those of them whose progress the client shows, by its token.
  var shown: [JSON: RequestID] = [:]
  private var lastRequest = 0
  /// The number of the value recorded last.
  var lastRecorded = 0
  /// Whether the client still reads.
  private var isHeard = true

  init(
    _ host: LanguageServer.Host, _ transport: any Transport, _ inbox: Inbox<ServerEvent>,
    _ cancelled: CancelledRequests
  ) {
    self.host = host
    self.transport = transport
    self.inbox = inbox
    self.cancelled = cancelled
    workspace = Workspace(host)
  }

  /// Serves until the client leaves, and gives the status for the process.
  func run() -> Int32 {
    while isHeard {
      let event = inbox.take(before: scans.isEmpty ? live.nextDeadline : .now)
      switch event {
      case nil:
        live.wake()
        advanceScans()
      case .message(let message):
        if case .notification("exit", _) = message { return leave() }
        receive(message)
      case .inputEnded: return leave()
      case .evaluation(let event): live.take(event)
      }
      publishDiagnostics()
    }
    return leave()
  }

  private func leave() -> Int32 {
    live.stop()
    return lifecycle == .shutDown ? 0 : 1
  }

  // MARK: - Writing

  /// Writes one frame; the header and the body in one piece.
  func send(_ message: JSON) {
    var body: [UInt8] = []
    message.write(into: &body)
    isHeard = transport.write(Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
  }

  func respond(to id: RequestID?, _ result: Result<JSON, ResponseError>) {
    send(.response(to: id, result))
  }

  func notify(_ method: String, _ params: JSON) { send(.notification(method, params)) }

  /// Asks the client something; `then` takes its result, or `nil` for a refusal.
  func ask(_ method: String, _ params: JSON?, then: @escaping (JSON?) -> Void = { _ in }) {
    lastRequest += 1
    let id = RequestID.text("thr-\(lastRequest)")
    asked[id] = then
    send(.request(id, method, params))
  }

  /// Writes to the client's log, without passwords.
  func log(_ message: String) {
    notify("window/logMessage", ["type": 3, "message": .string(Secrets.redacted(message))])
  }
}
