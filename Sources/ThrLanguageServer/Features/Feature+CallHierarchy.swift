import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// Which functions call a function, and which it calls.
  static let callHierarchy = Feature(
    capabilities: { _ in ["callHierarchyProvider": true] },
    requests: [
      RequestHandler("textDocument/prepareCallHierarchy") {
        (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        guard let target = server.workspace.function(named: try text.offset(params), in: text)
        else { return .null }
        return [target.item]
      },
      RequestHandler("callHierarchy/incomingCalls") { (server, params) throws(ResponseError) in
        let target = try server.workspace.hierarchyItem(params)
        guard let function = target.function else { return [] }
        let calls = server.workspace.calls(of: function, in: target.text)
        return .array(
          calls.map { text, calls in
            [
              "from": HierarchyItem(text: text, function: calls.caller).item,
              "fromRanges": .array(calls.places.map { text.coordinates.json($0) }),
            ]
          })
      },
      RequestHandler("callHierarchy/outgoingCalls") { (server, params) throws(ResponseError) in
        let caller = try server.workspace.hierarchyItem(params)
        var called: [(target: JSON, places: [JSON])] = []
        for place in caller.text.document.calls(in: caller.function) {
          guard let target = server.workspace.function(named: place.start, in: caller.text)
          else { continue }
          let range = caller.text.coordinates.json(place)
          if let known = called.firstIndex(where: { $0.target == target.item }) {
            called[known].places.append(range)
          } else {
            called.append((target.item, [range]))
          }
        }
        return .array(called.map { ["to": $0.target, "fromRanges": .array($0.places)] })
      },
    ])
}

/// A function in the hierarchy of calls, or a text with the statements outside its functions.
private struct HierarchyItem {
  let text: ReadableText
  let function: Statement.FunctionDeclaration?

  var item: JSON {
    let name = text.address.split(separator: "/").last.map(String.init) ?? text.address
    return [
      "name": .string(function?.name.text ?? name), "kind": function == nil ? 1 : 12,
      "uri": .string(text.address),
      "range": text.coordinates.json(function?.span ?? text.document.parse.program.span),
      "selectionRange": text.coordinates.json(function?.name.span ?? Span(0, 0)),
    ]
  }
}

extension Workspace {
  /// The function that a name stands for, in the text that declares it.
  fileprivate func function(named offset: Int, in text: ReadableText) -> HierarchyItem? {
    guard let place = text.document.definition(at: offset) else { return nil }
    var home: ReadableText? = text
    if let file = place.file {
      home = FileAddress.path(of: text.address).flatMap {
        self.text(ofFile: SourcePath.resolve(file, in: SourcePath.folder(of: $0)))
      }
    }
    guard let home, let function = home.document.function(namedAt: place.span.start) else {
      return nil
    }
    return HierarchyItem(text: home, function: function)
  }

  /// The item that a request names, as it is now.
  fileprivate func hierarchyItem(_ params: Params) throws(ResponseError) -> HierarchyItem {
    let item = try params["item"]
    let address = try item["uri"].string
    let known =
      documents[address].map(ReadableText.init)
      ?? FileAddress.path(of: address).flatMap { self.text(ofFile: $0) }
    guard let text = known else {
      throw ResponseError(.invalidParams, "`\(address)` is neither open nor a file")
    }
    if try item["kind"].integer == 1 { return HierarchyItem(text: text, function: nil) }
    let place = try LinePosition(try item["selectionRange"]["start"])
    let function = text.document.function(namedAt: text.coordinates.offset(of: place))
    guard let function else {
      throw ResponseError(.contentModified, "the function has changed; ask for it again")
    }
    return HierarchyItem(text: text, function: function)
  }

  /// The calls of a function in every text of the client, by the functions around them.
  fileprivate func calls(
    of function: Statement.FunctionDeclaration, in text: ReadableText
  ) -> [(text: ReadableText, calls: CallsWithin)] {
    let place = function.name.span.start
    let own = text.document.references(at: place, includingDeclaration: false)
    var found = text.document.calls(at: own).map { (text: text, calls: $0) }
    for user in sharedPlaces(of: text, at: place)?.users ?? [] {
      found += user.text.document.calls(at: user.spans).map { (text: user.text, calls: $0) }
    }
    return found
  }
}
