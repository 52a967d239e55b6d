import JSONText

/// How the server answers one kind of request; `nil` for an answer that comes later.
struct RequestHandler: Sendable {
  typealias Answer = @Sendable (Server, Params, RequestID) throws(ResponseError) -> JSON?

  let method: String
  let answer: Answer

  init(_ method: String, later answer: @escaping Answer) {
    self.method = method
    self.answer = answer
  }

  init(
    _ method: String, _ answer: @escaping @Sendable (Server, Params) throws(ResponseError) -> JSON
  ) {
    self.method = method
    self.answer = { (server, params, _) throws(ResponseError) in try answer(server, params) }
  }
}

/// What the server does about one kind of notification.
struct NotificationHandler: Sendable {
  let method: String
  let handle: @Sendable (Server, Params) throws(ResponseError) -> Void

  init(
    _ method: String,
    _ handle: @escaping @Sendable (Server, Params) throws(ResponseError) -> Void
  ) {
    self.method = method
    self.handle = handle
  }
}

/// One feature of the protocol, declared once: what the server says of it in `initialize`, and what
/// it answers.
struct Feature: Sendable {
  /// The members of the server's capabilities.
  var capabilities: @Sendable (ClientCapabilities) -> JSON.Object = { _ in [:] }
  var requests: [RequestHandler] = []
  var notifications: [NotificationHandler] = []

  static let all: [Feature] = [
    .synchronisation, .configuration, .watchedFiles,
    .diagnostics, .completion, .hover, .signatureHelp,
    .definition, .references, .highlights, .rename,
    .documentSymbols, .workspaceSymbols,
    .semanticTokens, .folding, .selectionRanges, .hints,
    .formatting, .codeActions, .lenses, .commands, .links, .renamedFiles,
    .callHierarchy,
  ]

  static let requestByMethod = Dictionary(
    uniqueKeysWithValues: all.flatMap(\.requests).map { ($0.method, $0) })
  static let notificationByMethod = Dictionary(
    uniqueKeysWithValues: all.flatMap(\.notifications).map { ($0.method, $0) })
}
