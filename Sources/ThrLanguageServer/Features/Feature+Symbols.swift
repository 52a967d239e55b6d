import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// What a text declares.
  static let documentSymbols = Feature(
    capabilities: { _ in ["documentSymbolProvider": true] },
    requests: [
      RequestHandler("textDocument/documentSymbol") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let symbols = text.document.symbols
        guard server.client.nestedSymbols else {
          return .array(symbols.flatMap { $0.flat(in: text, container: nil) { _ in true } })
        }
        return .array(symbols.map { $0.nested(text.coordinates) })
      }
    ])

  /// What all texts of the client's folders declare.
  static let workspaceSymbols = Feature(
    capabilities: { _ in ["workspaceSymbolProvider": true] },
    requests: [
      RequestHandler(
        "workspace/symbol",
        later: { (server, params, id) throws(ResponseError) in
          let query = Array(try params["query"].string.lowercased())
          let gathered = GatheredItems(
            PartialResult(server, token: params.json["partialResultToken"]))
          var left = mostSymbols
          server.scan(server.workspace.allTexts, for: id) { [unowned server] place in
            guard left > 0 else { return }
            let found = server.workspace.symbols(at: place, matching: query).prefix(left)
            left -= found.count
            gathered.add(Array(found)) { $0 }
          } finish: {
            .array(gathered.items)
          }
          return nil
        })
    ])
}

/// No one reads a list of more; another letter of the query makes it shorter.
private let mostSymbols = 128

/// What a file on the disk declares, while it stays in this state.
struct KnownSymbols {
  let state: FileState
  let symbols: [NamedSymbol]
}

struct NamedSymbol {
  /// The name in small letters.
  let name: String
  let json: JSON
}

extension Workspace {
  /// What a text declares by a name that has the letters of a query, in their order.
  fileprivate func symbols(at place: TextPlace, matching query: [Character]) -> [JSON] {
    symbols(at: place, perhaps: query).filter { $0.name.contains(inOrder: query) }.map(\.json)
  }

  private func symbols(at place: TextPlace, perhaps query: [Character]) -> [NamedSymbol] {
    guard case .file(let path) = place, let state = files.state(of: path) else {
      return text(at: place)?.symbols ?? []
    }
    if let known = knownSymbols[path], known.state == state { return known.symbols }
    guard mayDeclare(query, at: place), let symbols = text(at: place)?.symbols else { return [] }
    knownSymbols[path] = KnownSymbols(state: state, symbols: symbols)
    return symbols
  }

  /// Whether all letters of a query stand in a text at all: most texts are not worth an analysis.
  fileprivate func mayDeclare(_ query: [Character], at place: TextPlace) -> Bool {
    let letters = Set(query.compactMap(\.asciiValue))
    guard !letters.isEmpty, let source = source(at: place) else { return true }
    var missing = letters
    for byte in source.bytes {
      missing.remove(byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte)
      if missing.isEmpty { return true }
    }
    return false
  }
}

extension ReadableText {
  fileprivate var symbols: [NamedSymbol] {
    document.symbols.flatMap { $0.flat(in: self, container: nil) { _ in true } }.map {
      NamedSymbol(name: $0["name"]?.string?.lowercased() ?? "", json: $0)
    }
  }
}

extension String {
  /// Whether the letters stand in the text one after the other, others between them or not.
  fileprivate func contains(inOrder letters: [Character]) -> Bool {
    var rest = letters[...]
    for character in self where character == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}

extension Symbol {
  fileprivate func nested(_ coordinates: TextCoordinates) -> JSON {
    [
      "name": .string(name), "detail": .string(detail), "kind": .number(Double(kindNumber)),
      "range": coordinates.json(span), "selectionRange": coordinates.json(nameSpan),
      "children": .array(children.map { $0.nested(coordinates) }),
    ]
  }

  /// The symbol and those inside it, one after the other.
  fileprivate func flat(
    in text: ReadableText, container: String?, where isWanted: (String) -> Bool
  ) -> [JSON] {
    let inside = children.flatMap { $0.flat(in: text, container: name, where: isWanted) }
    guard isWanted(name) else { return inside }
    var own: JSON.Object = [
      "name": .string(name), "kind": .number(Double(kindNumber)),
      "location": ["uri": .string(text.address), "range": text.coordinates.json(nameSpan)],
    ]
    if let container { own["containerName"] = .string(container) }
    return [.object(own)] + inside
  }

  /// The protocol's number of the kind.
  private var kindNumber: Int {
    switch kind {
    case .file: 1
    case .function: 12
    case .variable: 13
    }
  }
}
