extension Source {
  /// A warning for each line with characters that make other characters show elsewhere than they
  /// stand (Boucher and Anderson, “Trojan Source”, 2021).
  ///
  /// - Complexity: O(*n*).
  public var directionWarnings: [Diagnostic] {
    var (warnings, lastLine): ([Diagnostic], Int) = ([], 0)
    var place = 0
    while let found = bytes[place...].firstIndex(of: 0xE2) {
      place = found + 1
      guard let scalar = directionControl(at: found) else { continue }
      let line = lines.line(at: found)
      if line != lastLine { warnings.append(.directionControl(scalar, at: Span(found, found + 3))) }
      lastLine = line
    }
    return warnings
  }

  /// The embedding, override or isolate that begins at a place: U+202A to U+202E, U+2066 to U+2069.
  private func directionControl(at place: Int) -> Unicode.Scalar? {
    guard place + 2 < bytes.count else { return nil }
    switch (bytes[place + 1], bytes[place + 2]) {
    case (0x80, 0xAA...0xAE): return Unicode.Scalar(0x2000 + UInt32(bytes[place + 2] - 0x80))
    case (0x81, 0xA6...0xA9): return Unicode.Scalar(0x2040 + UInt32(bytes[place + 2] - 0x80))
    default: return nil
    }
  }
}

extension Diagnostic.Kind {
  public static let directionControl = Diagnostic.Kind(
    "W0640", "direction-control", .warning,
    explanation: .init(
      """
      A bidirectional control character makes the characters after it show in another order than \
      they are read, so that a program can do something else than it seems to do. Remove it, or \
      write it in a text as an escape.
      """,
      wrong: "a comment or text that holds U+202E and shows backwards",
      right: "name = \"a\\u{202E}b\""))
}

extension Diagnostic {
  fileprivate static func directionControl(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
    let number = String(scalar.value, radix: 16, uppercase: true)
    return Diagnostic(
      .directionControl, at: span,
      "the bidirectional control character U+\(number) makes this line show in another order "
        + "than it is read",
      remedy: "remove it, or write it as `\\u{\(number)}` in a text",
      fixes: [.init("remove U+\(number)", replacing: span, with: "")])
  }
}
