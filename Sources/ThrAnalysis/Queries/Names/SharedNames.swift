public import ThrSyntax

/// A name that the files which use a text know too: one at its top, or a parameter of a function,
/// which their calls write before an argument.
public struct SharedName: Hashable, Sendable {
  public var name: String
  /// The path of the file that declares it, from the folder of the document; `nil` for the document
  /// itself.
  public var file: String?
  /// Where the function declares it that it is a parameter of; `nil` for a name at the top.
  public var parameter: Span?
}

extension Document {
  /// The name at `offset` that other files may know too; `nil` for any other name.
  public func sharedName(at offset: Int) -> SharedName? {
    guard let reference = reference(at: offset) else { return nil }
    switch reference.symbol {
    case .variable(.file, let name):
      if let file = reference.origin?.file { return SharedName(name: name, file: file) }
      return firstDeclaration(of: reference.symbol).map { _ in SharedName(name: name) }
    case .variable(let scope, let name):
      return parameter(name, ofFunctionAt: scope.offset).map {
        SharedName(name: name, parameter: $0)
      }
    case .parameter(_, let name):
      guard let origin = reference.origin, let file = origin.file else { return nil }
      return SharedName(name: name, file: file, parameter: origin.span)
    case .builtin, .constant: return nil
    }
  }

  private func parameter(_ name: String, ofFunctionAt offset: Int) -> Span? {
    SyntaxPath(to: offset, in: parse.program).functions.last { $0.span.start == offset }?
      .parameters.first { $0.name.text == name }?.name.span
  }

  /// Every place of this text that stands for a name of a used file, in order.
  ///
  /// - Parameter isHome: whether a path, from the folder of the document, is that of the file.
  public func places(
    ofUsed shared: SharedName, declaredIn isHome: (_ file: String) -> Bool
  ) -> [Span] {
    facts.references(named: shared.name).filter { reference in
      guard let origin = reference.origin, let file = origin.file else { return false }
      switch reference.symbol {
      case .variable(.file, _): return shared.parameter == nil && isHome(file)
      case .parameter: return shared.parameter == origin.span && isHome(file)
      default: return false
      }
    }.map(\.span)
  }

  /// The place of the name that a cursor at `offset` touches.
  public func word(at offset: Int) -> Span? { reference(at: offset)?.span }

  /// Where this text first declares a name that it shares.
  public func declaration(of shared: SharedName) -> Span? {
    shared.parameter ?? firstDeclaration(of: .variable(.file, shared.name))
  }

  /// Whether every name still stands for the same thing once a name of a used file is another, here
  /// and in the files.
  ///
  /// - Parameters:
  ///   - edits: of every place of this text that stands for it.
  ///   - isHome: whether a path, from the folder of the document, is that of the file.
  ///   - uses: what the files bring then.
  public func means(
    theSameAfter edits: [Edit], renamingUsed shared: SharedName, to new: String,
    declaredIn isHome: (_ file: String) -> Bool, uses: UsedFiles
  ) -> Bool {
    // Before an argument, no other name is in the way.
    let symbol = shared.parameter == nil ? Notes.Symbol.variable(.file, shared.name) : nil
    return means(
      theSameAfter: edits, renaming: symbol, to: new,
      declaredIn: { $0.map(isHome) ?? false }, uses: uses)
  }
}
