import ThrModel
import ThrSyntax

/// The places of a record's field: where record literals name it, and where it is read.
struct FieldPlaces {
  let name: String
  /// Where record literals name it.
  private(set) var declarations: [Span] = []
  /// Where it is read by its name or by a text.
  private(set) var uses: [Span] = []
  /// The literals, to see which other names they hold.
  private(set) var records: [Expression.Record] = []

  var all: [Span] { (declarations + uses).sorted { $0.start < $1.start } }

  /// All places that belong together: literals that one read may mean, and all reads of those.
  fileprivate init?(_ document: Document, _ name: String, startingAt start: [Expression.Record]) {
    guard !start.isEmpty else { return nil }
    self.name = name
    let accesses = FieldAccess.all(named: name, in: document)
    let finder = RecordFinder(document: document)
    let found = accesses.map { (access: $0, records: finder.records(of: $0.target)) }
    var known = Set(start.map(\.span))
    records = start
    var taken: Set<Span> = []
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for (access, records) in found where !taken.contains(access.place) {
        guard records.contains(where: { known.contains($0.span) }) else { continue }
        taken.insert(access.place)
        uses.append(access.place)
        isGrowing = true
        for record in records where known.insert(record.span).inserted {
          self.records.append(record)
        }
      }
    }
    declarations = records.flatMap { record in
      record.fields.filter { $0.name.text == name }.map(\.name.span)
    }
  }
}

/// A read of a field, `r.name` or `r["name"]`.
private struct FieldAccess {
  let target: Expression
  /// Where the name stands, without quotes.
  let place: Span

  init?(_ expression: Expression, named name: String) {
    switch expression {
    case .member(let member) where member.name.text == name:
      target = member.target
      place = member.name.span
    case .index(let index):
      guard case .text(let text) = index.index.bare, text.literal == name else { return nil }
      target = index.target
      place = Span(text.span.start + 1, max(text.span.start + 1, text.span.end - 1))
    default: return nil
    }
  }

  static func all(named name: String, in document: Document) -> [FieldAccess] {
    var all: [FieldAccess] = []
    document.parse.program.walk { node in
      if case .expression(let expression) = node,
        let access = FieldAccess(expression, named: name)
      {
        all.append(access)
      }
    }
    return all
  }
}

extension Document {
  /// The field of a record whose name stands at a place; `nil` where none does, or where the text
  /// does not say of which record it is.
  func field(at offset: Int) -> FieldPlaces? {
    let nodes = SyntaxPath(to: clamped(offset), in: parse.program).nodes
    guard let last = nodes.last, nodes.count > 1 else { return nil }
    switch (nodes[nodes.count - 2], last) {
    case (.expression(.record(let record)), .field(let name)):
      return FieldPlaces(self, name.text, startingAt: [record])
    case (.expression(.member(let member)), .member(let name)):
      return fieldPlaces(name.text, of: member.target)
    case (.expression(.index(let index)), .expression(.text(let text))):
      return text.literal.flatMap { fieldPlaces($0, of: index.target) }
    default: return nil
    }
  }

  private func fieldPlaces(_ name: String, of target: Expression) -> FieldPlaces? {
    let records = RecordFinder(document: self).records(of: target)
      .filter { $0.fields.contains { $0.name.text == name } }
    return FieldPlaces(self, name, startingAt: records)
  }

  /// The place of a field's name that a cursor at `offset` touches.
  func fieldPlace(at offset: Int, _ field: FieldPlaces) -> Span? {
    field.all.first { $0.touches(offset) }
  }

  /// The edits that give a field another name at each of its places.
  func rename(_ field: FieldPlaces, to name: String) -> Result<[Edit], RenameError> {
    if let error = RenameError(of: name) { return .failure(error) }
    if name == field.name { return .success([]) }
    let edits = field.all.map { Edit($0, text($0).hasPrefix("\"") ? name.quoted : name) }
    let isTaken = field.records.contains { $0.fields.contains { $0.name.text == name } }
    // A read that was not found would now name a field that is not there.
    let changed = Document(self, edited: edits.map { ($0.span, Array($0.replacement.utf8)) })
    guard !isTaken, changed.diagnostics.count == diagnostics.count else {
      return .failure(.changesMeaning(name))
    }
    return .success(edits)
  }
}
