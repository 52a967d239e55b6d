/// The diagnostics of one phase, in the order found, limited for texts that are not programs.
struct DiagnosticList {
  // A binary file read as a script would otherwise yield an error for every other byte.
  static let limit = 500

  private(set) var all: [Diagnostic] = []

  var isFull: Bool { all.count >= Self.limit }

  mutating func append(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    all.append(diagnostic)
    guard isFull else { return }
    all.append(.tooManyErrors(after: diagnostic.span))
  }
}

extension Diagnostic.Kind {
  public static let tooManyErrors = Self(
    "E0190", "too-many-errors",
    explanation: .init(
      "The text has so many errors that the rest is not shown. It may not be a thr program at all.",
      wrong: "a file of another format", right: "x = 1"))
}

extension Diagnostic {
  fileprivate static func tooManyErrors(after span: Span) -> Diagnostic {
    Diagnostic(
      .tooManyErrors, at: Span(span.end, span.end),
      "more than \(DiagnosticList.limit) errors; the rest is not shown",
      remedy: "is this a thr program?")
  }
}
