import JSONText

extension Feature {
  /// Opening, changing, saving and closing texts.
  static let synchronisation = Feature(
    capabilities: { _ in
      ["textDocumentSync": ["openClose": true, "change": 2, "save": ["includeText": false]]]
    },
    notifications: [
      NotificationHandler("textDocument/didOpen") { (server, params) throws(ResponseError) in
        let text = try params["textDocument"]
        let address = try text["uri"].string
        server.workspace.open(
          address, version: try text["version"].integer, text: try text["text"].string)
        server.textChanged(address)
      },
      NotificationHandler("textDocument/didChange") { (server, params) throws(ResponseError) in
        let text = try params["textDocument"]
        let document = try server.workspace.openDocument(try text["uri"].string)
        let changes = try params["contentChanges"].elements.map {
          (change) throws(ResponseError) in try TextChange(change)
        }
        document.change(to: try text["version"].integer, changes)
        server.textChanged(document.address)
      },
      NotificationHandler("textDocument/didSave") { (server, params) throws(ResponseError) in
        let address = try params["textDocument"]["uri"].string
        // What other programs may have written meanwhile is read again too.
        if let path = FileAddress.path(of: address) { server.workspace.textChanged(at: path) }
        // So are tables: many clients do not report the changes of files that are not open. What
        // has not changed is not computed again.
        server.live.scheduleAll()
      },
      NotificationHandler("textDocument/didClose") { (server, params) throws(ResponseError) in
        server.close(try params["textDocument"]["uri"].string)
      },
    ])
}

extension Server {
  /// A text is new: others may use it, and its values are out of date.
  func textChanged(_ address: String) {
    guard let document = workspace.documents[address] else { return }
    let users = document.path.map(workspace.textChanged) ?? []
    for document in [document] + users { live.schedule(document) }
  }

  fileprivate func close(_ address: String) {
    guard let document = workspace.documents[address] else { return }
    let users = document.path.map { path in
      workspace.close(address)
      return workspace.textChanged(at: path)
    }
    if users == nil { workspace.close(address) }
    live.close(address)
    // What was reported for the text no longer holds, regardless of the file's contents.
    publish([], of: address, version: nil)
    for document in users ?? [] { live.schedule(document) }
  }
}
