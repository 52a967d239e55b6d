/// Which characters a figure in the terminal is made of.
public enum TerminalStyle: Hashable, Sendable, CaseIterable {
  /// Braille characters: 2 × 4 dots in each cell.
  case braille
  /// Quadrant blocks: 2 × 2 in each cell, for terminals whose font has no braille.
  case block
  /// ASCII alone.
  case ascii

  /// The finest style that a terminal with these environment variables can be trusted to show:
  /// ASCII unless the locale is UTF-8, blocks on the Linux console, braille elsewhere.
  public init(environment: [String: String]) {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    // By bytes: the first search for a text in a text takes longer than a short script.
    let encoding = (locale ?? "").lowercased().utf8.filter { $0 != UInt8(ascii: "-") }
    let isUTF8 = encoding.indices.contains { encoding[$0...].starts(with: Array("utf8".utf8)) }
    if !isUTF8 {
      self = .ascii
    } else if environment["TERM"] == "linux" {
      self = .block
    } else {
      self = .braille
    }
  }
}
