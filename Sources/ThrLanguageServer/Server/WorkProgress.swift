import JSONText

/// Tells the client that something goes on, where it has asked to be told.
struct WorkProgress {
  private unowned let server: Server
  private let token: JSON

  /// `nil` where the client gave no token.
  init?(_ server: Server, token: JSON?, _ title: String) {
    guard let token, token.string != nil || token.integer != nil else { return nil }
    self.server = server
    self.token = token
    tell(["kind": "begin", "title": .string(title), "cancellable": true])
  }

  func end() { tell(["kind": "end"]) }

  private func tell(_ value: JSON) {
    server.notify("$/progress", ["token": token, "value": value])
  }
}
