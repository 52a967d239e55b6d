import ThrModel
public import ThrSyntax

/// Why a name cannot be changed.
public enum RenameError: Error, Hashable {
  /// No name of the text's own stands there.
  case nothingToRename
  /// The language, a used file or the session brings it.
  case notDeclaredHere(String)
  case notAName(String)
  case keyword(String)
  /// The new name would mean something else somewhere, or something else would mean it.
  case changesMeaning(String)

  /// What happened and what to do instead, one sentence without a full stop.
  public var message: String {
    switch self {
    case .nothingToRename: "no name that can be changed stands here"
    case .notDeclaredHere(let name):
      "`\(name)` is not declared in this file, so it cannot be renamed here"
    case .notAName(let text):
      "`\(text)` is no name: a name has letters, digits and `_`, and begins with no digit"
    case .keyword(let word): "`\(word)` is a word of the language, so it cannot be a name"
    case .changesMeaning(let name):
      "`\(name)` is in use where this name is, so that the program would mean something else"
    }
  }
}

extension Document {
  /// The name that can be renamed at `offset`; `nil` where there is none.
  public func renameTarget(at offset: Int) -> Span? {
    guard case .success(let reference) = renamed(at: offset) else { return nil }
    return reference.span
  }

  /// The edits that give what stands at `offset` another name everywhere.
  public func rename(at offset: Int, to name: String) -> Result<[Edit], RenameError> {
    switch renamed(at: offset) {
    case .failure(let error): return .failure(error)
    case .success(let reference):
      if let error = RenameError(of: name) { return .failure(error) }
      let edits = places(of: reference.symbol).map { Edit($0.span, name) }
      if text(reference.span) == name { return .success([]) }
      guard means(theSameAfter: edits, renaming: reference.symbol, to: name) else {
        return .failure(.changesMeaning(name))
      }
      return .success(edits)
    }
  }

  private func renamed(at offset: Int) -> Result<Notes.Reference, RenameError> {
    guard let reference = reference(at: offset) else { return .failure(.nothingToRename) }
    let name = text(reference.span)
    guard case .variable = reference.symbol, firstDeclaration(of: reference.symbol) != nil,
      reference.origin?.file == nil
    else { return .failure(.notDeclaredHere(name)) }
    return .success(reference)
  }

  /// Whether every name stands for the same thing afterwards, found by looking at the new text.
  ///
  /// - Parameters:
  ///   - symbol: what is renamed, where its new name must not stand for anything yet.
  ///   - uses: what the used files bring then, where that is something else than now.
  func means(
    theSameAfter edits: [Edit], renaming symbol: Notes.Symbol?, to name: String,
    uses: [String: Interface]? = nil
  ) -> Bool {
    var changed = Document(self, edited: edits.map { ($0.span, Array($0.replacement.utf8)) })
    if let uses { changed.setOutside(following: following, uses: uses) }
    let places = PlacesAfterEdits(edits)
    guard changed.facts.references.count == facts.references.count,
      changed.diagnostics.count == diagnostics.count
    else { return false }
    let taken = symbol?.renamed(name)
    let edited = Set(edits.map(\.span))
    return facts.references.allSatisfy { old in
      if old.symbol == taken { return false }
      let new = changed.facts.reference(at: places.span(old.span))
      var expected = old.symbol.moved(places)
      if old.symbol == symbol || edited.contains(old.span) { expected = expected.renamed(name) }
      if case .parameter(let function, let parameter) = old.symbol,
        symbol == .variable(.file, function)
      {
        expected = .parameter(of: name, parameter)
      }
      return new?.symbol == expected && new?.isDeclaration == old.isDeclaration
        && new?.origin?.file == old.origin?.file
    }
  }
}

/// Where places of a text are after edits of it.
struct PlacesAfterEdits {
  private let edits: [Edit]

  init(_ edits: [Edit]) { self.edits = edits.sorted { $0.span.start < $1.span.start } }

  func offset(_ offset: Int) -> Int {
    var moved = offset
    for edit in edits {
      guard edit.span.end <= offset, edit.span.start < offset else { break }
      moved += edit.replacement.utf8.count - edit.span.count
    }
    return moved
  }

  func span(_ span: Span) -> Span { Span(offset(span.start), offset(span.end)) }
}

extension Notes.Symbol {
  fileprivate func moved(_ places: PlacesAfterEdits) -> Notes.Symbol {
    guard case .variable(let scope, let name) = self, scope != .file else { return self }
    return .variable(ScopeID(offset: places.offset(scope.offset)), name)
  }

  fileprivate func renamed(_ name: String) -> Notes.Symbol {
    switch self {
    case .variable(let scope, _): .variable(scope, name)
    case .parameter(let function, _): .parameter(of: function, name)
    case .builtin, .constant: self
    }
  }
}

extension RenameError {
  /// What is wrong with a new name; `nil` if nothing is.
  init?(of name: String) {
    if name == "fn" || Token.Kind.keywords[name] != nil { self = .keyword(name); return }
    // A blank at either end is no slip to mend silently: the client has shown the name as it is.
    let tokens = tokens(of: Source(name))
    let isOneToken =
      tokens.count == 2 && tokens[0].start == 0 && tokens[0].end == name.utf8.count
    if isOneToken, tokens[0].kind == .name { return nil }
    self = isOneToken && tokens[0].kind.isWord ? .keyword(name) : .notAName(name)
  }
}
