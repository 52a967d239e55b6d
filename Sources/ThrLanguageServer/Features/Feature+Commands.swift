import DocumentEvaluation
import JSONText
import ThrAnalysis
import ThrSyntax

/// What a client may have the server do.
enum Command: String, CaseIterable {
  /// Runs a text up to a statement, with all that a person may do; its values are then shown.
  case runToHere = "thr.runToHere"
  /// Writes the value of a statement below it, in comments; an older one gives way.
  case insertResult = "thr.insertResult"
  /// Runs the answer to a task of a chapter, and says whether it is right.
  case checkAnswer = "thr.checkAnswer"
  /// Makes an edit, for clients that know actions as commands only.
  case applyEdit = "thr.applyEdit"

  var lensTitle: String {
    switch self {
    case .runToHere: "▶ Run to here"
    case .insertResult: "Insert the result"
    case .checkAnswer: "Check my answer"
    case .applyEdit: "Apply"
    }
  }

  static func applyEdit(_ title: String, _ edit: JSON) -> JSON {
    ["title": .string(title), "command": .string(applyEdit.rawValue), "arguments": [edit]]
  }
}

extension Feature {
  static let commands = Feature(
    capabilities: { _ in
      [
        "executeCommandProvider": [
          "commands": .array(Command.allCases.map { .string($0.rawValue) }),
          "workDoneProgress": true,
        ]
      ]
    },
    requests: [
      RequestHandler(
        "workspace/executeCommand",
        later: {
          (server, params, id) throws(ResponseError) in
          let name = try params["command"].string
          guard let command = Command(rawValue: name) else {
            throw ResponseError(.invalidParams, "no such command: `\(name)`")
          }
          switch command {
          case .runToHere, .insertResult: try server.run(command, params, id)
          case .checkAnswer: try server.checkAnswer(params, id)
          case .applyEdit:
            guard let edit = params.json["arguments"]?[0], edit.object != nil else {
              throw ResponseError(.invalidParams, "`params.arguments[0]` must be an edit")
            }
            server.apply(edit, labelled: "Fix")
            return .null
          }
          return nil
        })
    ],
    notifications: [
      // The button that clients show beside what goes on.
      NotificationHandler("window/workDoneProgress/cancel") {
        (server, params) throws(ResponseError) in
        guard let id = server.shown[try params["token"].json] else { return }
        server.running[id]?.cancel()
      }
    ])
}

extension Server {
  /// A command for the statement that begins at a place.
  func command(
    _ command: Command, titled title: String, at span: Span, of coordinates: TextCoordinates,
    _ open: OpenDocument
  ) -> JSON {
    [
      "title": .string(title), "command": .string(command.rawValue),
      "arguments": [.string(open.address), coordinates.position(at: span.start).json],
    ]
  }

  // MARK: - Running

  /// Runs the text of a command's arguments up to its position, and answers when that is done.
  fileprivate func run(
    _ command: Command, _ params: Params, _ id: RequestID
  ) throws(ResponseError) {
    let (open, offset) = try place(of: params)
    guard let statement = open.document.statement(at: offset) else {
      throw ResponseError(.requestFailed, "there is no statement at this place")
    }
    let generation = open.generation
    let progress = WorkProgress(
      self, of: id, token: params.json["workDoneToken"], command.lensTitle)
    running[id] = live.run(open, upTo: statement.span.end) { [unowned self] outcome in
      progress?.end()
      answerLater(
        id,
        Result { () throws(ResponseError) in
          guard workspace.documents[open.address] === open, open.generation == generation else {
            throw ResponseError(.contentModified, "the text has changed")
          }
          if outcome == .cancelled { throw ResponseError(.requestCancelled, "cancelled") }
          return try finish(command, statement.span, open)
        })
    }
  }

  /// The text and the place that a command's arguments name.
  func place(of params: Params) throws(ResponseError) -> (OpenDocument, Int) {
    let arguments = try params["arguments"].elements
    guard arguments.count == 2 else {
      throw ResponseError(.invalidParams, "`params.arguments` must be an address and a position")
    }
    let open = try workspace.openDocument(try arguments[0].string)
    guard !open.isTooLarge else {
      throw ResponseError(.requestFailed, "this file is too large to be run from an editor")
    }
    open.bringUpToDate()
    return (open, open.coordinates.offset(of: try LinePosition(arguments[1])))
  }

  /// What a command does with the value of its statement, and what it answers.
  private func finish(
    _ command: Command, _ span: Span, _ open: OpenDocument
  ) throws(ResponseError) -> JSON {
    let value = open.values.statement(at: span.start)
    guard value?.state != .failed else {
      let why = value?.diagnostics.first?.sentence ?? "a statement before it failed"
      throw ResponseError(.requestFailed, why)
    }
    guard command == .insertResult else { return value?.full.map(JSON.string) ?? .null }
    guard let full = value?.full else {
      throw ResponseError(.requestFailed, "the statement has no value to show")
    }
    let text = ReadableText(open)
    apply(
      workspaceEdit([ResultComment.edit(full, below: span, in: text.document.source)], of: text),
      labelled: "Insert the result")
    return .null
  }

  /// Has the client make an edit.
  func apply(_ edit: JSON, labelled label: String) {
    guard client.appliesEdits else {
      return notify(
        "window/showMessage",
        [
          "type": 2,
          "message": """
          This editor does not accept edits from a server.
          """,
        ])
    }
    ask("workspace/applyEdit", ["label": .string(label), "edit": edit])
  }
}

/// Results in comments below the statements that made them: `# => 0.5`.
enum ResultComment {
  private static let mark = "# =>"

  /// The edit that writes a result below a statement, in the place of an older one.
  static func edit(_ result: String, below statement: Span, in source: Source) -> Edit {
    let lines = source.lines
    let line = lines.line(at: max(statement.start, statement.end - 1))
    let text = lines.span(ofLine: line)
    var end = text.end
    var next = line + 1
    while next <= lines.count, source.text(lines.span(ofLine: next)).hasPrefix(mark) {
      end = lines.span(ofLine: next).end
      next += 1
    }
    let comment = result.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "\(lineEnd(of: source))\(mark) \($0)".trimmingSpaces }
    return Edit(Span(text.end, end), comment.joined())
  }

  /// How the text ends its lines.
  private static func lineEnd(of source: Source) -> String {
    guard source.lines.count > 1 else { return "\n" }
    return source.text(Span(source.lines.span(ofLine: 1).end, source.lines.starts[1]))
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
