import JSONText

extension Feature {
  /// The client's settings and its folders, as they change.
  static let configuration = Feature(
    capabilities: { _ in
      ["workspace": ["workspaceFolders": ["supported": true, "changeNotifications": true]]]
    },
    notifications: [
      NotificationHandler("workspace/didChangeConfiguration") {
        (server, params) throws(ResponseError) in
        // Clients that can be asked send nothing of use here.
        if server.client.configuration {
          server.pullConfiguration()
        } else if let settings = params.optional("settings") {
          server.adopt(Settings(settings.json))
        }
      },
      NotificationHandler("workspace/didChangeWorkspaceFolders") {
        (server, params) throws(ResponseError) in
        let event = try params["event"]
        for folder in try event["removed"].elements {
          server.workspace.remove(folder: try folder["uri"].string)
        }
        for folder in try event["added"].elements {
          server.workspace.add(folder: try folder["uri"].string)
        }
        // What was read from a folder that has gone is no longer the client's to show.
        if try !event["removed"].elements.isEmpty { server.live.forgetAll() }
        server.live.scheduleAll()
      },
    ])

  /// Files that change outside the editor.
  static let watchedFiles = Feature(notifications: [
    NotificationHandler("workspace/didChangeWatchedFiles") {
      (server, params) throws(ResponseError) in
      for change in try params["changes"].elements {
        guard let path = FileAddress.path(of: try change["uri"].string) else { continue }
        server.workspace.textChanged(at: path)
        // A table that texts may have read: their results are no longer known.
        if !path.hasSuffix(".thr") {
          server.workspace.documents.values.forEach { $0.dropValues() }
        }
      }
      server.live.scheduleAll()
      server.refreshDiagnostics()
    }
  ])
}

extension Server {
  /// Asks the client to report changes of settings and files, where it wants to be asked.
  func registerForChanges() {
    var registrations: [JSON] = []
    func register(_ method: String, _ options: JSON) {
      registrations.append([
        "id": .string(method), "method": .string(method), "registerOptions": options,
      ])
    }
    if client.registers("workspace.didChangeConfiguration") {
      register("workspace/didChangeConfiguration", ["section": "thr"])
    }
    if client.registers("workspace.didChangeWatchedFiles") {
      register(
        "workspace/didChangeWatchedFiles",
        ["watchers": [["globPattern": "**/*.{thr,csv,tsv,txt,data}"]]])
    }
    guard !registrations.isEmpty else { return }
    ask("client/registerCapability", ["registrations": .array(registrations)])
  }

  /// Asks the client for its settings, where it can be asked.
  func pullConfiguration() {
    guard client.configuration else { return }
    ask("workspace/configuration", ["items": [["section": "thr"]]]) { [unowned self] result in
      guard let own = result?[0], own.object != nil else { return }
      adopt(Settings(own))
    }
  }

  func adopt(_ new: Settings) {
    let old = settings
    settings = new
    guard new != old else { return }
    if new.isStrict != old.isStrict { workspace.isStrict = new.isStrict }
    guard lifecycle == .running else { return }
    if new != old { live.settingsChanged() }
    refreshDiagnostics()
    refreshHints()
    if client.refreshesLenses { ask("workspace/codeLens/refresh", nil) }
  }
}
