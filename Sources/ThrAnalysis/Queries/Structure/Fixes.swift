public import ThrSyntax

extension Document {
  /// The fixes of the diagnostics that `span` touches.
  public func fixes(in span: Span) -> [(Diagnostic, Diagnostic.Fix)] {
    diagnostics.filter { $0.span.start <= span.end && span.start <= $0.span.end }
      .flatMap { diagnostic in diagnostic.fixes.map { (diagnostic, $0) } }
  }
}

extension [Diagnostic] {
  /// The fix of every diagnostic that has just one, in the order of the text, none overlapping
  /// another.
  ///
  /// Between several someone has to choose.
  public var certainFixes: [Edit] {
    var edits: [Edit] = []
    let fixes = compactMap { $0.fixes.count == 1 ? $0.fixes[0] : nil }
    for fix in fixes.sorted(by: { $0.span.start < $1.span.start })
    where edits.last.map({ $0.span.end <= fix.span.start && $0.span != fix.span }) ?? true {
      edits.append(Edit(fix.span, fix.replacement))
    }
    return edits
  }
}
