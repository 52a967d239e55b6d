/// How wide text is in a sans-serif face, for placing it before any font is known.
enum TextWidth {
  /// The width at a font size, in the same unit.
  static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
    let thousandths = text.reduce(0) { $0 + width(of: $1) }
    // The widest face a reader is likely to have, DejaVu Sans, is up to a fifth wider than the one
    // measured here, and its bold up to two fifths; nothing may run out of the picture.
    return Double(thousandths) / 1_000 * size * (isBold ? 1.38 : 1.2)
  }

  private static func width(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.isASCII {
      let index = Int(scalar.value) - 32
      return widths.indices.contains(index) ? widths[index] : 0
    }
    if TerminalColumns.of(character) == 2 { return 1_000 }
    if "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".contains(character) { return 360 }
    return 600
  }

  /// The advance widths of Helvetica from the space to the tilde, in thousandths of the font size
  /// (Adobe Font Metrics of the PostScript core fonts).
  private static let widths = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,  // !"#$%&'()*
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,  // 0-9 :;<=>?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,  // @ A-O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,  // P-Z [\]^_
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,  // ` a-o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,  // p-z {|}~
  ]
}
