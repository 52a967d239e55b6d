import JSONText

/// Hands over a result piece by piece, where the client has asked for that; the answer then holds
/// only what has not been reported.
struct PartialResult {
  private unowned let server: Server
  private let token: JSON

  /// `nil` where the client gave no token.
  init?(_ server: Server, token: JSON?) {
    guard let token, token.string != nil || token.integer != nil else { return nil }
    self.server = server
    self.token = token
  }

  func report(_ value: JSON) { server.notify("$/progress", ["token": token, "value": value]) }
}

/// The items of a result, handed over piece by piece where the client has asked for that.
final class GatheredItems {
  /// Those that have not been reported.
  private(set) var items: [JSON] = []
  private let partial: PartialResult?

  init(_ partial: PartialResult?) { self.partial = partial }

  /// - Parameter result: makes a result of items.
  func add(_ new: [JSON], as result: (JSON) -> JSON) {
    items += new
    guard let partial, !items.isEmpty else { return }
    partial.report(result(.array(items)))
    items = []
  }
}

/// Reports progress to the client, where it has asked for it.
struct WorkProgress {
  private unowned let server: Server
  private let token: JSON

  /// - Returns: `nil` where the client gave no token.
  init?(_ server: Server, of request: RequestID, token: JSON?, _ title: String) {
    guard let token, token.string != nil || token.integer != nil else { return nil }
    self.server = server
    self.token = token
    server.shown[token] = request
    report(["kind": "begin", "title": .string(title), "cancellable": true])
  }

  func end() {
    server.shown[token] = nil
    report(["kind": "end"])
  }

  private func report(_ value: JSON) {
    server.notify("$/progress", ["token": token, "value": value])
  }
}
