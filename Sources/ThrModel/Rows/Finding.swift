public import ThrSyntax

/// A warning at its place, to be reported once: what the checker has reported, a run need not
/// repeat.
public struct Finding: Hashable, Sendable {
  public let kind: Diagnostic.Kind
  public let span: Span

  public init(_ kind: Diagnostic.Kind, at span: Span) {
    self.kind = kind
    self.span = span
  }
}
