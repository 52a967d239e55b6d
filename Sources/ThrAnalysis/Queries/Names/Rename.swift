import Algorithms
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

  /// Cause and remedy, one sentence without a full stop.
  public var message: String {
    switch self {
    case .nothingToRename: "there is no name here that can be renamed"
    case .notDeclaredHere(let name):
      "`\(name)` is not declared in this file, so it cannot be renamed here"
    case .notAName(let text):
      "`\(text)` is not a valid name: use letters, digits and `_`, and do not begin with a digit"
    case .keyword(let word): "`\(word)` is a keyword, so it cannot be a name"
    case .changesMeaning(let name):
      """
      `\(name)` is already used where this name is, so renaming would change the meaning of the \
      program
      """
    }
  }
}

extension Document {
  /// The name that can be renamed at `offset`; `nil` where there is none.
  public func renameTarget(at offset: Int) -> Span? {
    if case .success(let reference) = renamed(at: offset) { return reference.span }
    return field(at: offset).flatMap { fieldPlace(at: offset, $0) }
  }

  /// The edits that give what stands at `offset` another name everywhere.
  public func rename(at offset: Int, to name: String) -> Result<[Edit], RenameError> {
    switch renamed(at: offset) {
    case .failure(.nothingToRename):
      return field(at: offset).map { rename($0, to: name) } ?? .failure(.nothingToRename)
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
  ///   - isHome: whether a file, `nil` for this text, is the one that declares the symbol: another
  ///     file's name is another one, however it is spelled.
  ///   - uses: what the used files bring then, where that is something else than now.
  func means(
    theSameAfter edits: [Edit], renaming symbol: Notes.Symbol?, to name: String,
    declaredIn isHome: (_ file: String?) -> Bool = { $0 == nil }, uses: UsedFiles? = nil
  ) -> Bool {
    var changed = Document(self, edited: edits.map { ($0.span, Array($0.replacement.utf8)) })
    if let uses { changed.setOutside(following: following, uses: uses) }
    guard changed.diagnostics.count == diagnostics.count else { return false }
    return withoutActuallyEscaping(isHome) { isHome in
      let renaming = Renaming(
        symbol: symbol, name: name, isHome: isHome, edited: Set(edits.map(\.span)),
        places: PlacesAfterEdits(edits))
      return renaming.keeps(facts.statements, as: changed.facts.statements)
        && renaming.keeps(facts.bodies, as: changed.facts.bodies)
    }
  }
}

/// A symbol's new name, with what it lets every name of the text stand for.
private struct Renaming {
  let symbol: Notes.Symbol?
  let name: String
  let isHome: (_ file: String?) -> Bool
  let edited: Set<Span>
  let places: PlacesAfterEdits

  /// Whether each name in some statements stands for the same thing in the changed ones.
  func keeps(_ statements: [CheckedStatement], as changed: [CheckedStatement]) -> Bool {
    statements.count == changed.count
      && zip(statements, changed).allSatisfy { keeps($0, as: $1) }
  }

  private func keeps(_ statement: CheckedStatement, as changed: CheckedStatement) -> Bool {
    if statement.record === changed.record {
      // What it reads is unchanged, and with it what its names stand for.
      return !statement.references(named: name).contains(where: isTaken)
        && zip(statement.origins, changed.origins).allSatisfy { $0?.file == $1?.file }
    }
    let references = statement.references
    let new = changed.references
    return references.count == new.count
      && zip(references, new).allSatisfy { keeps($0, as: $1) }
  }

  private func keeps(_ old: Notes.Reference, as new: Notes.Reference) -> Bool {
    !isTaken(old) && new.span.start == places.offset(old.span.start)
      && new.symbol == expected(old) && new.isDeclaration == old.isDeclaration
      && new.origin?.file == old.origin?.file
  }

  /// Whether a name is what the symbol will be, and so nothing may be before.
  private func isTaken(_ old: Notes.Reference) -> Bool {
    symbol.map { old.symbol == $0.renamed(name) } == true && isHome(old.origin?.file)
  }

  private func expected(_ old: Notes.Reference) -> Notes.Symbol {
    if case .parameter(let function, let parameter) = old.symbol,
      symbol == .variable(.file, function), isHome(old.origin?.file)
    {
      return .parameter(of: name, parameter)
    }
    let moved = old.symbol.moved(places)
    let isRenamed = old.symbol == symbol && isHome(old.origin?.file)
    return isRenamed || edited.contains(old.span) ? moved.renamed(name) : moved
  }
}

/// Where places of a text are after edits of it.
private struct PlacesAfterEdits {
  /// In the order of the text, with how far what stands after each is moved.
  private let edits: [(span: Span, distance: Int)]

  init(_ edits: [Edit]) {
    var distance = 0
    self.edits = edits.sorted { $0.span.start < $1.span.start }.map { edit in
      distance += edit.replacement.utf8.count - edit.span.count
      return (edit.span, distance)
    }
  }

  /// Complexity O(log n).
  func offset(_ offset: Int) -> Int {
    let next = edits.partitioningIndex { $0.span.end > offset || $0.span.start >= offset }
    return next > 0 ? offset + edits[next - 1].distance : offset
  }
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
    // A blank at either end is not a slip to correct silently: the client has shown the name as it
    // is.
    let tokens = tokens(of: Source(name))
    let isOneToken =
      tokens.count == 2 && tokens[0].start == 0 && tokens[0].end == name.utf8.count
    if isOneToken, tokens[0].kind == .name { return nil }
    self = isOneToken && tokens[0].kind.isWord ? .keyword(name) : .notAName(name)
  }
}
