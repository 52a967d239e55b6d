import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// From a name to where it got its value.
  static let definition = Feature(
    capabilities: { _ in ["definitionProvider": true] },
    requests: [
      RequestHandler("textDocument/definition") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let found = text.document.definition(at: try text.offset(params))
        if let place = found.flatMap({ server.place($0.span, inFile: $0.file, of: text) }) {
          return place
        }
        return server.column(at: try text.offset(params), of: text)
          .flatMap { server.workspace.header(of: $0, readBy: text) } ?? .null
      }
    ])

  /// Every place of a name.
  static let references = Feature(
    capabilities: { _ in ["referencesProvider": true] },
    requests: [
      RequestHandler("textDocument/references") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let offset = try text.offset(params)
        let declarations = try params["context"]["includeDeclaration"].bool
        if let column = server.column(at: offset, of: text) {
          let header = declarations ? server.workspace.header(of: column, readBy: text) : nil
          return .array([header].compactMap { $0 } + text.locations(column.spans))
        }
        guard let shared = server.workspace.sharedPlaces(of: text, at: offset) else {
          return .array(
            text.locations(
              text.document.references(at: offset, includingDeclaration: declarations)))
        }
        return .array(shared.locations(includingDeclarations: declarations))
      }
    ])

  /// The places of the name under the cursor, distinguished by whether they give it a value.
  static let highlights = Feature(
    capabilities: { _ in ["documentHighlightProvider": true] },
    requests: [
      RequestHandler("textDocument/documentHighlight") {
        (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let offset = try text.offset(params)
        if let column = server.column(at: offset, of: text) {
          return .array(
            column.spans.map { ["range": text.coordinates.json($0), "kind": 2] })
        }
        return .array(
          text.document.highlights(at: offset).map {
            ["range": text.coordinates.json($0.span), "kind": $0.isWrite ? 3 : 2]
          })
      }
    ])

  /// Another name for the same thing.
  static let rename = Feature(
    capabilities: { client in
      ["renameProvider": client.preparesRename ? ["prepareProvider": true] : true]
    },
    requests: [
      RequestHandler("textDocument/prepareRename") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        guard let span = server.workspace.renameTarget(in: text, at: try text.offset(params))
        else { return .null }
        return [
          "range": text.coordinates.json(span),
          "placeholder": .string(text.document.source.text(span)),
        ]
      },
      RequestHandler("textDocument/rename") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let name = try params["newName"].string
        switch server.workspace.rename(in: text, at: try text.offset(params), to: name) {
        case .success(let edits): return server.workspaceEdit(edits)
        case .failure(let error): throw ResponseError(.requestFailed, error.message)
        }
      },
    ])
}

extension ReadableText {
  fileprivate func locations(_ spans: [Span]) -> [JSON] {
    spans.map { ["uri": .string(address), "range": coordinates.json($0)] }
  }
}

extension Server {
  /// The column of a table's file whose name stands at a place.
  func column(at offset: Int, of text: ReadableText) -> ColumnPlaces? {
    text.document.column(at: offset, surroundings(of: text, at: offset).columns)
  }
}

extension Workspace {
  /// Where the first line of a table's file has the column.
  fileprivate func header(of column: ColumnPlaces, readBy text: ReadableText) -> JSON? {
    let link = PathLink(span: Span(0, 0), path: column.file, isUse: false)
    for path in files(named: link, in: text) {
      guard let bytes = (try? files.contents(of: path)) ?? nil else { continue }
      let line = Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
      guard let start = line.place(ofWord: Array(column.name.utf8)) else { continue }
      let coordinates = TextCoordinates(Source(bytes: line), encoding)
      return [
        "uri": .string(FileAddress.address(of: path)),
        "range": coordinates.json(Span(start, start + column.name.utf8.count)),
      ]
    }
    return nil
  }
}

extension [UInt8] {
  /// Where a word stands that no letter, digit or `_` goes on from.
  fileprivate func place(ofWord word: [UInt8]) -> Int? {
    func isPart(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "_") || byte >= 0x80 || (byte >= 0x30 && byte <= 0x39)
        || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }
    return indices.first { start in
      let end = start + word.count
      return self[start...].starts(with: word) && (start == 0 || !isPart(self[start - 1]))
        && (end >= count || !isPart(self[end]))
    }
  }
}

extension SharedPlaces {
  fileprivate func locations(includingDeclarations: Bool) -> [JSON] {
    let declaration = home.document.declaration(of: shared)
    let own = declaration.map {
      home.document.references(at: $0.start, includingDeclaration: includingDeclarations)
    }
    return home.locations(own ?? []) + users.flatMap { $0.text.locations($0.spans) }
  }
}

extension Workspace {
  fileprivate func renameTarget(in text: ReadableText, at offset: Int) -> Span? {
    if let own = text.document.renameTarget(at: offset) { return own }
    guard let (_, home) = sharedName(of: text, at: offset), isOwn(home) else { return nil }
    return text.document.word(at: offset)
  }

  fileprivate func rename(
    in text: ReadableText, at offset: Int, to name: String
  ) -> Result<[(text: ReadableText, edits: [Edit])], RenameError> {
    guard let shared = sharedPlaces(of: text, at: offset, renamingTo: name) else {
      return text.document.rename(at: offset, to: name).map { [(text, $0)] }
    }
    return rename(shared, to: name)
  }
}

extension Server {
  /// Edits of one text as the client takes them.
  func workspaceEdit(_ edits: [Edit], of text: ReadableText) -> JSON {
    workspaceEdit([(text, edits)])
  }

  /// Edits of texts as the client takes them, bound to the versions that they were made for where
  /// it can report that.
  func workspaceEdit(_ changes: [(text: ReadableText, edits: [Edit])]) -> JSON {
    let changes = changes.map { text, edits in
      (
        text: text,
        edits: JSON.array(edits.map { text.coordinates.edit($0.span, $0.replacement) })
      )
    }
    guard client.versionedEdits else {
      return [
        "changes": .object(JSON.Object(changes.map { JSON.Member($0.text.address, $0.edits) }))
      ]
    }
    return [
      "documentChanges": .array(
        changes.map { text, edits in
          let version = text.open.map { JSON.number(Double($0.version)) } ?? .null
          return [
            "textDocument": ["uri": .string(text.address), "version": version], "edits": edits,
          ]
        })
    ]
  }
}
