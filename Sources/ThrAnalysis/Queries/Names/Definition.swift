public import ThrSyntax

/// A place in a file.
public struct Location: Hashable, Sendable {
  /// The path, from the folder of the document; `nil` for the document itself.
  public var file: String?
  public var span: Span

  public init(file: String? = nil, span: Span) {
    self.file = file
    self.span = span
  }
}

extension Document {
  /// The place that gave the name at `offset` its value; `nil` for what the language brings.
  ///
  /// For the path after `use`, the file itself; for a field, the record that has it.
  public func definition(at offset: Int) -> Location? {
    if let reference = reference(at: offset) {
      return reference.origin.map { Location(file: $0.file, span: $0.span) }
        ?? firstDeclaration(of: reference.symbol).map { Location(span: $0) }
    }
    if case .path(let use)? = SyntaxPath(to: clamped(offset), in: parse.program).innermost,
      uses.interfaces[use.path] != nil || uses.faults[use.path]?.isCycle == true
    {
      return Location(file: use.path, span: Span(0, 0))
    }
    return field(at: offset)?.declarations.first.map { Location(span: $0) }
  }

  /// What the name that a cursor at `offset` touches stands for.
  func reference(at offset: Int) -> Notes.Reference? {
    guard let word = parse.word(at: clamped(offset)) else { return nil }
    return facts.reference(at: word.span)
  }

  func firstDeclaration(of symbol: Notes.Symbol) -> Span? {
    places(of: symbol).first { $0.isDeclaration }?.span
  }

  /// Every place of the text that stands for the symbol, in order.
  func places(of symbol: Notes.Symbol) -> [Notes.Reference] {
    facts.references(named: symbol.name).filter { $0.symbol == symbol }
  }
}
