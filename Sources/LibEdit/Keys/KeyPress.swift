/// What comes from the terminal: a character, a key that has none, or a paste.
public enum KeyPress: Hashable, Sendable {
  /// A character, control characters among them; broken UTF-8 is U+FFFD.
  case character(Unicode.Scalar)
  case key(SpecialKey)
  /// Text that the terminal marked as pasted.
  case paste(String)
  /// A sequence that means nothing here, as its bytes came.
  case unknown([UInt8])
}

/// A key that the terminal sends a sequence for.
///
/// libedit binds characters only; it is given one of the private use area for each of these, after
/// a control character that leads in.
public enum SpecialKey: UInt32, Hashable, Sendable, CaseIterable {
  case up = 0xF700
  case down, right, left, home, end, delete, pageUp, pageDown
  case textStart, textEnd, wordRight, wordLeft, deleteWord
  case backTab, newline, help, paste
  case shiftLeft, shiftRight

  /// What comes before the key's own character; Ctrl-\ itself has no use while editing.
  static let leadIn: Unicode.Scalar = "\u{1C}"

  /// The key's own character.
  var scalar: Unicode.Scalar { Unicode.Scalar(rawValue) ?? "\u{F700}" }

  /// What libedit binds.
  var sequence: String { String(Character(Self.leadIn)) + String(Character(scalar)) }
}
