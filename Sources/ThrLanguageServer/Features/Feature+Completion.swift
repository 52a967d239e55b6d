import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// What could be written at a place, and more about the item that is looked at.
  static let completion = Feature(
    capabilities: { _ in
      [
        "completionProvider": [
          "triggerCharacters": [".", "\"", "/"], "resolveProvider": true,
          "completionItem": ["labelDetailsSupport": true],
        ]
      ]
    },
    requests: [
      RequestHandler("textDocument/completion") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let trigger = params.optional("context")?.optional("triggerCharacter")
        return server.completions(
          in: text, at: try text.offset(params), trigger: try trigger?.string)
      },
      RequestHandler("completionItem/resolve") { (server, params) throws(ResponseError) in
        try server.resolvedItem(params)
      },
    ])
}

/// The last list of items that was reported, for the questions about one of them.
struct OfferedCompletions {
  let number: Int
  let document: Document
  let items: [Completions.Item]
}

extension Server {
  /// As many as anybody looks through; who types on asks for the rest.
  private static let mostItems = 300

  fileprivate func completions(
    in text: ReadableText, at offset: Int, trigger: String?
  ) -> JSON {
    var found = text.document.completions(at: offset, in: surroundings(of: text, at: offset))
    // A quote asks for words within it; one that ends a text asks for nothing.
    if trigger == "\"", !found.items.contains(where: \.kind.standsInText) { found.items = [] }
    let isIncomplete = found.items.count > Self.mostItems
    if isIncomplete { found.items.removeLast(found.items.count - Self.mostItems) }
    let number = (offered?.number ?? 0) + 1
    offered = OfferedCompletions(number: number, document: text.document, items: found.items)
    let writer = CompletionWriter(client, text.coordinates, found.span, cursor: offset)
    var list: JSON.Object = ["isIncomplete": .bool(isIncomplete)]
    if let defaults = writer.defaults { list["itemDefaults"] = defaults }
    list["items"] = .array(
      found.items.enumerated().map { index, item in
        writer.item(item, data: [.number(Double(number)), .number(Double(index))])
      })
    return .object(list)
  }

  fileprivate func resolvedItem(_ params: Params) throws(ResponseError) -> JSON {
    guard case .object(var item) = params.json else {
      throw ResponseError(.invalidParams, "an item must be an object")
    }
    // An item of an older list keeps what it has.
    guard let offered, item["data"]?[0]?.integer == offered.number,
      let index = item["data"]?[1]?.integer, offered.items.indices.contains(index),
      let page = offered.document.documentation(of: offered.items[index])
    else { return .object(item) }
    item["documentation"] = prose(client.completionMarkup, [.help(page)])
    return .object(item)
  }
}

extension Completions.Kind {
  fileprivate var standsInText: Bool { self == .option || self == .path || self == .column }

  /// The protocol's number of the kind.
  fileprivate var number: Int {
    switch self {
    case .function: 3
    case .member, .namedArgument, .column: 5
    case .variable, .parameter: 6
    case .format: 12
    case .keyword: 14
    case .path: 17
    case .metric, .option: 20
    case .constant: 21
    }
  }
}

/// Writes items in the way that the client understands best.
private struct CompletionWriter {
  /// What is replaced, as every item or the whole list reports it.
  private let range: JSON
  private let sharesRange: Bool
  private let insertsOrReplaces: Bool
  private let takesSnippets: Bool
  private let takesPreselection: Bool

  init(
    _ client: ClientCapabilities, _ coordinates: TextCoordinates, _ span: Span, cursor: Int
  ) {
    insertsOrReplaces = client.insertReplace
    takesSnippets = client.snippets
    takesPreselection = client.preselect
    sharesRange = client.hasItemDefault("editRange")
    let whole = coordinates.json(span)
    let written = Span(span.start, min(max(cursor, span.start), span.end))
    range =
      insertsOrReplaces
      ? ["insert": coordinates.json(written), "replace": whole] : whole
  }

  /// What holds for every item.
  var defaults: JSON? { sharesRange ? ["editRange": range] : nil }

  func item(_ item: Completions.Item, data: JSON) -> JSON {
    var object: JSON.Object = [
      "label": .string(item.label), "kind": .number(Double(item.kind.number)),
    ]
    if !item.detail.isEmpty { object["detail"] = .string(item.detail) }
    if !item.summary.isEmpty { object["documentation"] = .string(item.summary) }
    if item.isPreselected, takesPreselection { object["preselect"] = true }
    object["sortText"] = .string(item.sortKey)
    var text = item.insertion
    if takesSnippets, let snippet = item.snippet {
      text = snippet.text
      object["insertTextFormat"] = 2
    }
    if sharesRange {
      object["textEditText"] = .string(text)
    } else if insertsOrReplaces, case .object(var edit) = range {
      edit["newText"] = .string(text)
      object["textEdit"] = .object(edit)
    } else {
      object["textEdit"] = ["range": range, "newText": .string(text)]
    }
    object["data"] = data
    return .object(object)
  }
}

extension Snippet {
  /// The snippet in the protocol's syntax; the cursor ends after it.
  fileprivate var text: String {
    var number = 0
    return parts.map { part in
      switch part {
      case .text(let text): return text.escaped("$\\")
      case .placeholder(let text):
        number += 1
        return "${\(number):\(text.escaped("$\\}"))}"
      }
    }.joined()
  }
}

extension String {
  /// The text with a backslash before each of the characters.
  fileprivate func escaped(_ characters: String) -> String {
    String(flatMap { characters.contains($0) ? ["\\", $0] : [$0] })
  }
}
