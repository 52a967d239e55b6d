/// A comment that turns warnings off: `# thr: ignore[W0601]`, `# thr: ignore[hides-builtin, W0610]`.
///
/// After code it is for its own line, alone on a line for the next one. Errors cannot be turned off:
/// the program would not run. Without brackets it turns nothing off, as no one could say later what
/// it was for.
private struct IgnoreComment {
  /// The line that it is for, from 1.
  let line: Int
  /// Codes and names of kinds.
  let kinds: Set<String>

  init?(_ comment: Token, of parse: Parse) {
    let text = parse.source.text(comment.span).drop { $0 == "#" || $0 == " " }
    guard text.hasPrefix("thr:") else { return nil }
    let rest = text.dropFirst("thr:".count).drop { $0 == " " }
    guard rest.hasPrefix("ignore["), let end = rest.firstIndex(of: "]") else { return nil }
    kinds = Set(
      rest[..<end].dropFirst("ignore[".count).split { $0 == "," || $0 == " " }.map(String.init))
    let lines = parse.source.lines
    let own = lines.line(at: comment.start)
    let before = parse.source.bytes[lines.span(ofLine: own).start..<comment.start]
    line = before.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? own + 1 : own
  }
}

extension Parse {
  /// The diagnostics but for the warnings that comments of the text turn off.
  public func withoutIgnored(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard diagnostics.contains(where: \.kind.isWarning) else { return diagnostics }
    let ignored = comments.compactMap { IgnoreComment($0, of: self) }
    guard !ignored.isEmpty else { return diagnostics }
    return diagnostics.filter { diagnostic in
      guard diagnostic.kind.isWarning else { return true }
      let first = source.lines.line(at: diagnostic.span.start)
      let last = source.lines.line(at: diagnostic.span.end)
      return !ignored.contains { comment in
        first <= comment.line && comment.line <= last
          && (comment.kinds.contains(diagnostic.kind.code)
            || comment.kinds.contains(diagnostic.kind.name))
      }
    }
  }
}

extension Diagnostic.Kind {
  fileprivate var isWarning: Bool { severity == .warning }
}
