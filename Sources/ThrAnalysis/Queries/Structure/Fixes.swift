public import ThrSyntax

extension Document {
  /// The mendings of the diagnostics that `span` touches.
  public func fixes(in span: Span) -> [(Diagnostic, Diagnostic.Fix)] {
    diagnostics.filter { $0.span.start <= span.end && span.start <= $0.span.end }
      .flatMap { diagnostic in diagnostic.fixes.map { (diagnostic, $0) } }
  }
}
