import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// The colours of a text: all, those of a range, or what has changed since the last time.
  static let semanticTokens = Feature(
    capabilities: { _ in
      [
        "semanticTokensProvider": [
          "legend": [
            "tokenTypes": .array(Legend.types.map(JSON.string)),
            "tokenModifiers": .array(Legend.modifiers.map(JSON.string)),
          ],
          "range": true, "full": ["delta": true],
        ]
      ]
    },
    requests: [
      RequestHandler("textDocument/semanticTokens/full") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        return text.newColours().json
      },
      RequestHandler("textDocument/semanticTokens/full/delta") {
        (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let previous = try params["previousResultId"].string
        let old = text.open?.colours
        let new = text.newColours()
        guard let old, old.identifier == previous else { return new.json }
        return new.difference(from: old)
      },
      RequestHandler("textDocument/semanticTokens/range") {
        (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let span = text.coordinates.span(of: try LineRange(try params["range"]))
        let colours = text.document.colours.filter {
          $0.span.start < span.end && span.start < $0.span.end
        }
        return ["data": Legend.encode(colours, text.coordinates).json]
      },
    ])
}

/// The colours of a text that the client has.
struct ColourResult: Sendable {
  private(set) var identifier = ""
  private(set) var data: [Int] = []

  init() {}

  init(_ data: [Int]) {
    self.data = data
    identifier = ResultIdentifier.of(data)
  }

  fileprivate var json: JSON { ["resultId": .string(identifier), "data": data.json] }

  /// One edit: all between the first and the last number that differ.
  fileprivate func difference(from old: ColourResult) -> JSON {
    let common = min(data.count, old.data.count)
    let head = zip(data, old.data).prefix { $0 == $1 }.count
    let tail = zip(data.reversed(), old.data.reversed()).prefix(common - head)
      .prefix { $0 == $1 }.count
    let edits: [JSON] =
      head == data.count && head == old.data.count
      ? []
      : [
        [
          "start": .number(Double(head)),
          "deleteCount": .number(Double(old.data.count - tail - head)),
          "data": Array(data[head..<(data.count - tail)]).json,
        ]
      ]
    return ["resultId": .string(identifier), "edits": .array(edits)]
  }
}

extension ReadableText {
  /// The colours of the whole text, remembered for the next question.
  fileprivate func newColours() -> ColourResult {
    let result = ColourResult(Legend.encode(document.colours, coordinates))
    open?.colours = result
    return result
  }
}

extension [Int] {
  fileprivate var json: JSON { .array(map { .number(Double($0)) }) }
}

/// The protocol's names for the kinds of tokens.
private enum Legend {
  static let types = [
    "keyword", "function", "enumMember", "variable", "parameter", "property", "number", "string",
    "regexp", "macro", "comment", "operator",
  ]
  static let modifiers = ["declaration", "defaultLibrary", "readonly"]

  /// Brackets and commas are left to the client, which distinguishes them by itself.
  private static func name(_ kind: Colour.Kind) -> String? {
    switch kind {
    case .keyword: "keyword"
    case .function: "function"
    case .metric: "enumMember"
    case .variable: "variable"
    case .parameter, .namedArgument: "parameter"
    case .property: "property"
    case .number: "number"
    case .text: "string"
    case .escape: "regexp"
    case .interpolation: "macro"
    case .comment: "comment"
    case .operator: "operator"
    case .bracket, .punctuation, .invalid: nil
    }
  }

  /// The place of a kind's name among the types.
  private static let typeByKind = Colour.Kind.allCases.map { name($0).flatMap(types.firstIndex) }

  static func type(_ kind: Colour.Kind) -> Int? { typeByKind[Int(kind.rawValue)] }

  static func encode(_ colours: [Colour], _ coordinates: TextCoordinates) -> [Int] {
    var writer = TokenWriter(coordinates, capacity: colours.count)
    for colour in colours {
      guard let type = type(colour.kind) else { continue }
      writer.add(colour.span, type, Int(colour.modifiers.rawValue))
    }
    return writer.data
  }
}

/// Writes five numbers a token: lines and characters from the last one, length, type, modifiers.
private struct TokenWriter {
  private(set) var data: [Int] = []
  private let coordinates: TextCoordinates
  /// The line that is being written, from 0: tokens come in the order of the text.
  private var line = 0
  private var last = LinePosition(line: 0, character: 0)

  init(_ coordinates: TextCoordinates, capacity: Int) {
    self.coordinates = coordinates
    data.reserveCapacity(capacity * 5)
  }

  /// Adds the parts of a span on each of its lines, none of them empty.
  mutating func add(_ span: Span, _ type: Int, _ modifiers: Int) {
    let lines = coordinates.source.lines
    while line + 1 < lines.count, lines.starts[line + 1] <= span.start { line += 1 }
    add(partOf: span, type, modifiers)
    while line + 1 < lines.count, lines.starts[line + 1] < span.end {
      line += 1
      add(partOf: span, type, modifiers)
    }
  }

  private mutating func add(partOf span: Span, _ type: Int, _ modifiers: Int) {
    let own = coordinates.source.lines.span(ofLine: line + 1)
    let before = coordinates.units(before: own.start)
    let start = coordinates.units(before: max(own.start, span.start)) - before
    let end = coordinates.units(before: min(own.end, span.end)) - before
    guard start < end else { return }
    data.append(line - last.line)
    data.append(start - (line == last.line ? last.character : 0))
    data.append(end - start)
    data.append(type)
    data.append(modifiers)
    last = LinePosition(line: line, character: start)
  }
}
