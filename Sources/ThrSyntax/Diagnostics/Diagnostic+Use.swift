extension Diagnostic {
  /// - Parameter chain: the files that use each other, the last being the first again.
  public static func useCycle(_ chain: [String], at span: Span) -> Diagnostic {
    let path = chain.last ?? ""
    return Diagnostic(
      .useCycle, at: span,
      "`\(path)` uses itself: " + chain.map { "`\($0)`" }.joined(separator: " → "),
      remedy: "move the shared names into a third file")
  }
}

extension Diagnostic.Kind {
  public static let useCycle = Diagnostic.Kind(
    "E0305", "use-cycle",
    explanation: .init(
      """
      Two files use each other, directly or through other files, so neither can run first. Move \
      the shared names into a third file.
      """,
      wrong: """
        # a.thr holds: use "b.thr"
        # b.thr holds: use "a.thr"
        use "a.thr"
        """,
      right: """
        # a.thr holds: use "b.thr"
        # b.thr holds: x = 1
        use "a.thr"
        """))
}
