/// A diagnostic on its way to the list, on the heap.
///
/// A diagnostic is a large value, and the parser's methods, which call each other as deep as a text
/// nests, would each keep room on the stack for every one they may report.
final class Fault {
  let diagnostic: Diagnostic

  @inline(never)
  init(
    _ kind: Diagnostic.Kind, at span: Span, _ message: String, remedy: String? = nil,
    notes: [Diagnostic.Note] = [], fixes: [Diagnostic.Fix] = []
  ) {
    diagnostic = Diagnostic(
      kind, at: span, message, remedy: remedy, notes: notes, fixes: fixes)
  }
}
