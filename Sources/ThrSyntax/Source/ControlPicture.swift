extension Unicode.Scalar {
  /// Character shown in the place of one that would steer a terminal or reorder its line;
  /// `nil` for every other character.
  ///
  /// `␛` for Esc and the other control pictures of Unicode, else U+FFFD.
  public var controlPicture: Unicode.Scalar? {
    switch value {
    case 0..<0x20: Unicode.Scalar(0x2400 + value)
    case 0x7F: "\u{2421}"
    // C1 controls; line and paragraph separators; marks that turn the direction of a line around.
    case 0x80...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: nil
    }
  }
}
