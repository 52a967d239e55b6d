import DocumentEvaluation
import JSONText
import ThrModel

/// How far the conversation with the client has come.
enum Lifecycle: Hashable, Sendable {
  case started
  /// `initialize` was answered; the server keeps still until `initialized`.
  case greeted
  case running
  case shutDown
}

extension Server {
  static let cancelMethod = "$/cancelRequest"

  /// Takes one message of any kind, by the rules of the lifecycle.
  func receive(_ message: Message) {
    switch message {
    case .request(let id, let method, let params): receive(id, method, params)
    case .notification(let method, let params): receive(method, params)
    case .response(let id, let result):
      guard let id, let then = asked.removeValue(forKey: id) else { return }
      then(result)
    case .invalid(let id, let error): respond(to: id, .failure(error))
    }
  }

  private func receive(_ id: RequestID, _ method: String, _ params: JSON?) {
    do throws(ResponseError) {
      guard !cancelled.contains(id) else {
        throw ResponseError(.requestCancelled, "cancelled by the client")
      }
      guard let result = try answer(id, method, params) else { return }
      respond(to: id, .success(result))
      if method == "initialize" {
        lifecycle = .greeted
        // While the client reads the answer.
        host.vocabulary.prepare()
      }
    } catch {
      respond(to: id, .failure(error))
    }
  }

  private func answer(
    _ id: RequestID, _ method: String, _ params: JSON?
  ) throws(ResponseError) -> JSON? {
    switch (lifecycle, method) {
    case (.shutDown, _): throw ResponseError(.invalidRequest, "the server has been shut down")
    case (.started, "initialize"): return try initialize(Params(params))
    case (.started, _):
      throw ResponseError(.serverNotInitialized, "`\(method)` was sent before `initialize`")
    case (_, "initialize"):
      throw ResponseError(.invalidRequest, "`initialize` may be sent only once")
    case (_, "shutdown"): return shutDown()
    default: break
    }
    guard let handler = Feature.requestByMethod[method] else {
      throw ResponseError(.methodNotFound, "no such request: `\(method)`")
    }
    if isUnanswerable(method, params) { return .null }
    return try handler.answer(self, Params(params), id)
  }

  /// Whether a question is about a text that is not looked at: the answer is then that there is
  /// none.
  private func isUnanswerable(_ method: String, _ params: JSON?) -> Bool {
    guard method.hasPrefix("textDocument/"), method != "textDocument/diagnostic",
      let address = params?["textDocument"]?["uri"]?.string
    else { return false }
    return workspace.documents[address]?.isTooLarge == true
  }

  /// Notifications are never answered, also not where they are wrong or unknown.
  private func receive(_ method: String, _ params: JSON?) {
    switch (lifecycle, method) {
    case (.started, _), (.shutDown, _): return
    case (_, Self.cancelMethod): cancel(params?["id"].flatMap(RequestID.init))
    case (.greeted, "initialized"): begin()
    default:
      guard let handler = Feature.notificationByMethod[method] else { return }
      do throws(ResponseError) {
        try handler.handle(self, Params(params))
      } catch {
        log("\(method): \(error.message)")
      }
    }
  }

  private func cancel(_ id: RequestID?) {
    guard let id else { return }
    cancelled.remove(id)
    running[id]?.cancel()
  }

  // MARK: - The steps

  private func initialize(_ params: Params) throws(ResponseError) -> JSON {
    try params.requireObject()
    let offered = try params["capabilities"]
    try offered.requireObject()
    let process = try params.optional("processId")?.integer
    let client = ClientCapabilities(offered.json)
    try workspace.open(params)
    self.client = client
    encoding = client.positionEncoding
    workspace.encoding = encoding
    if let options = params.optional("initializationOptions") { adopt(Settings(options.json)) }
    if let process, let abandon = host.abandon {
      ClientWatch(process: process).start { abandon(1) }
    }
    return [
      "capabilities": .object(capabilities(for: client)),
      "serverInfo": ["name": "thr", "version": .string(host.version)],
    ]
  }

  private func capabilities(for client: ClientCapabilities) -> JSON.Object {
    var capabilities: JSON.Object = ["positionEncoding": .string(encoding.rawValue)]
    for feature in Feature.all {
      for member in feature.capabilities(client).members {
        capabilities[member.key] = capabilities[member.key].merged(with: member.value)
      }
    }
    return capabilities
  }

  /// From now on the server may speak without being asked.
  private func begin() {
    lifecycle = .running
    registerForChanges()
    pullConfiguration()
    live.scheduleAll()
  }

  private func shutDown() -> JSON {
    lifecycle = .shutDown
    live.stop()
    scans = []
    for id in running.keys.sorted(by: { "\($0)" < "\($1)" }) {
      answerLater(id, .failure(ResponseError(.requestCancelled, "the server is shutting down")))
    }
    return .null
  }

  /// Answers a request whose answer took longer.
  func answerLater(_ id: RequestID, _ result: Result<JSON, ResponseError>) {
    guard running.removeValue(forKey: id) != nil else { return }
    respond(to: id, result)
  }
}

extension JSON? {
  /// Both objects' members; `workspace` is a capability of several features.
  fileprivate func merged(with other: JSON) -> JSON {
    guard case .object(var object)? = self, case .object(let more) = other else { return other }
    for member in more.members { object[member.key] = member.value }
    return .object(object)
  }
}
