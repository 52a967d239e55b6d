public import ThrSyntax

extension Document {
  /// Parameters and variables of functions that nothing reads, where they are named; not those that
  /// begin with `_`, nor those of loops, which must have a name.
  ///
  /// - Complexity: O(number of functions); each is looked at once for each change of it.
  public var unusedNames: [Span] {
    facts.bodies.flatMap(\.unread).filter { span in
      guard !text(span).hasPrefix("_"),
        case .binding(_, let kind)? = SyntaxPath(to: span.start, in: parse.program).innermost
      else { return false }
      return kind == .parameter || kind == .assignment
    }
  }
}

extension Notes {
  /// The places that give names inside functions a value which nothing reads.
  var unread: [Span] {
    var declared: [(symbol: Symbol, span: Span)] = []
    var read: Set<Symbol> = []
    for reference in references {
      guard case .variable(let scope, _) = reference.symbol, scope != .file else { continue }
      if reference.isDeclaration {
        declared.append((reference.symbol, reference.span))
      } else {
        read.insert(reference.symbol)
      }
    }
    return declared.filter { !read.contains($0.symbol) }.map(\.span)
  }
}
