public import ThrSyntax

/// A name at the top of a file, which the files that use it know too.
public struct SharedName: Hashable, Sendable {
  public var name: String
  /// The path of the file that declares it, from the folder of the document; `nil` for the document
  /// itself.
  public var file: String?
}

extension Document {
  /// The name at the top of a file that stands at `offset`; `nil` for any other name.
  public func sharedName(at offset: Int) -> SharedName? {
    guard let reference = reference(at: offset), case .variable(.file, let name) = reference.symbol
    else { return nil }
    if let file = reference.origin?.file { return SharedName(name: name, file: file) }
    return firstDeclaration(of: reference.symbol).map { _ in SharedName(name: name) }
  }

  /// Every place of this text that stands for a name of a used file, in order.
  ///
  /// - Parameter isHome: whether a path, from the folder of the document, is that of the file.
  public func places(
    ofUsed name: String, declaredIn isHome: (_ file: String) -> Bool
  ) -> [Span] {
    facts.references.filter { reference in
      reference.symbol == .variable(.file, name) && reference.origin?.file.map(isHome) == true
    }.map(\.span).sorted { $0.start < $1.start }
  }

  /// The place of the name that a cursor at `offset` touches.
  public func word(at offset: Int) -> Span? { reference(at: offset)?.span }

  /// Where this text first declares a name at its top.
  public func declaration(ofShared name: String) -> Span? {
    firstDeclaration(of: .variable(.file, name))
  }

  /// Whether every name still stands for the same thing once a name of a used file is another, here
  /// and in the files.
  ///
  /// - Parameters:
  ///   - edits: of every place of this text that stands for it.
  ///   - uses: what the files bring then.
  public func means(
    theSameAfter edits: [Edit], renamingUsed name: String, to new: String,
    uses: [String: Interface]
  ) -> Bool {
    means(theSameAfter: edits, renaming: .variable(.file, name), to: new, uses: uses)
  }
}
