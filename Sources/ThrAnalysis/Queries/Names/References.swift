public import ThrSyntax

/// A place of a name that is marked while the cursor is on another of its places.
public struct Highlight: Hashable, Sendable {
  public var span: Span
  /// Whether the name is given a value here.
  public var isWrite: Bool
}

extension Document {
  /// Every place of the text that stands for what the name at `offset` stands for, in order.
  public func references(at offset: Int, includingDeclaration: Bool) -> [Span] {
    guard let reference = reference(at: offset) else {
      let field = field(at: offset)
      return (includingDeclaration ? field?.all : field?.uses.sorted { $0.start < $1.start }) ?? []
    }
    return places(of: reference.symbol).filter { includingDeclaration || !$0.isDeclaration }
      .map(\.span)
  }

  public func highlights(at offset: Int) -> [Highlight] {
    guard let reference = reference(at: offset) else {
      guard let field = field(at: offset) else { return [] }
      return field.all.map { Highlight(span: $0, isWrite: field.declarations.contains($0)) }
    }
    return places(of: reference.symbol).map { Highlight(span: $0.span, isWrite: $0.isDeclaration) }
  }
}
