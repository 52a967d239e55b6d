import DocumentEvaluation
import JSONText
import Synchronization
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// What is known of the thing under the pointer, its value first.
  static let hover = Feature(
    capabilities: { _ in ["hoverProvider": true] },
    requests: [
      RequestHandler(
        "textDocument/hover",
        later: { (server, params, id) throws(ResponseError) in
          let text = try server.workspace.text(params)
          let offset = try text.offset(params)
          let target = text.document.valueTarget(at: offset)
          if let target, case .recorded(let recording) = target.origin, let open = text.open,
            server.settings.liveValues, !open.values.statements.isEmpty, !server.live.isAsked
          {
            server.record(recording, of: open, for: id) { [unowned server] values in
              let value = values.map { Prose.code($0, language: "text") }
              return server.hover(over: text, at: offset, target, value: value)
            }
            return nil
          }
          return server.hover(
            over: text, at: offset, target, value: target.flatMap { text.value(of: $0) })
        })
    ])
}

extension Server {
  fileprivate func hover(
    over text: ReadableText, at offset: Int, _ target: ValueTarget?, value: Prose?
  ) -> JSON {
    let hover = text.document.hover(at: offset)
    var parts: [Prose] = []
    if let value { parts.append(value) }
    if let page = hover?.document { parts.append(.help(page)) }
    let column = hover == nil ? column(at: offset, of: text) : nil
    if let column {
      parts.append(.code("\(column.name): column of \(column.file)", language: "text"))
    }
    let place = column?.spans.first { $0.touches(offset) }
    guard !parts.isEmpty, let span = hover?.span ?? target?.span ?? place else { return .null }
    return ["contents": prose(client.hoverMarkup, parts), "range": text.coordinates.json(span)]
  }

  /// Runs the text once more with a part of it recording its values, and answers with them; without
  /// them where the run does not come that far.
  fileprivate func record(
    _ recording: Recording, of open: OpenDocument, for id: RequestID,
    answer: @escaping (String?) -> JSON
  ) {
    lastRecorded += recording.columns.count
    let first = lastRecorded
    let edits = recording.edits(numberedFrom: first)
    let bytes = open.document.source.applying(edits)
    let added = edits.reduce(0) { $0 + $1.replacement.utf8.count }
    let seen = SeenValues()
    running[id] = live.look(
      parse(bytes), of: open,
      upTo: recording.isFunction ? nil : recording.statement.end + added - 1
    ) {
      seen.take($0)
    } then: { [unowned self] in
      answerLater(id, .success(answer(TurnTable(recording, numberedFrom: first, seen.all).text)))
    }
  }
}

/// The values that a run has recorded, on their way from its thread.
private final class SeenValues: Sendable {
  private let values = Mutex<[Int: ObservedValues]>([:])

  var all: [Int: ObservedValues] { values.withLock { $0 } }
  func take(_ new: [Int: ObservedValues]) { values.withLock { $0 = new } }
}

extension ReadableText {
  /// A value that is known without running anything more.
  fileprivate func value(of target: ValueTarget) -> Prose? {
    guard let values = open?.values else { return nil }
    switch target.origin {
    case .name(let name, let place):
      return values.statement(giving: name, before: place - 1).flatMap { statement in
        guard statement.span.end <= place else { return nil }
        let full = statement.names == [name] ? statement.full : nil
        return (full ?? statement.known[name]?.display).map { Self.shown(name, $0) }
      }
    case .statement(let span):
      return values.statement(at: span.start)?.full.map { Self.shown(target.label, $0) }
    case .recorded: return nil
    }
  }

  private static func shown(_ label: String, _ value: String) -> Prose {
    .code(TurnTable.line(label, value), language: "text")
  }
}
