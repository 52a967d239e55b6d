/// A key with its modifiers (Ctrl, Alt, Shift), or several one after the other.
public enum Chord: Hashable, Sendable {
  case control(Character)
  /// Alt, or Esc before the key.
  case alt(Character)
  case key(SpecialKey)
  /// A key by itself, as in vi's command mode.
  case plain(Character)
  /// Two chords one after the other.
  indirect case sequence(Chord, Chord)

  /// What libedit binds.
  var sequence: String {
    switch self {
    case .control("?"): "\u{7F}"
    case .control(let key): key.control.map { String($0) } ?? ""
    case .alt(let key): "\u{1B}" + String(key)
    case .key(let key): key.sequence
    case .plain(let key): String(key)
    case .sequence(let first, let second): first.sequence + second.sequence
    }
  }

  /// Whether the chord begins with Esc, which in vi's keys is a key of its own.
  public var beginsWithEscape: Bool {
    switch self {
    case .alt: true
    case .sequence(let first, _): first.beginsWithEscape
    default: false
    }
  }

  /// How people name it.
  public var label: String {
    switch self {
    case .control("?"): "Backspace"
    case .control("I"): "Tab"
    case .control("M"), .control("J"): "Enter"
    case .control(let key): "Ctrl-\(key)"
    case .alt("\u{7F}"), .alt("\u{8}"): "Alt-Backspace"
    case .alt("\r"), .alt("\n"): "Alt-Enter"
    case .alt(let key): "Alt-\(key.uppercased())"
    case .key(let key): key.label
    case .plain(let key): String(key)
    case .sequence(let first, let second): "\(first.label) \(second.label)"
    }
  }
}

extension Character {
  /// The control character of a letter or sign from `@` to `_`.
  fileprivate var control: Character? {
    asciiValue.map { Character(Unicode.Scalar($0 & 0x1F)) }
  }
}

extension SpecialKey {
  /// How people name the key.
  var label: String {
    switch self {
    case .up: "Up"
    case .down: "Down"
    case .right: "Right"
    case .left: "Left"
    case .home: "Home"
    case .end: "End"
    case .delete: "Delete"
    case .pageUp: "Page Up"
    case .pageDown: "Page Down"
    case .textStart: "Ctrl-Home"
    case .textEnd: "Ctrl-End"
    case .wordRight: "Ctrl-Right"
    case .wordLeft: "Ctrl-Left"
    case .deleteWord: "Ctrl-Delete"
    case .backTab: "Shift-Tab"
    case .newline: "Alt-Enter"
    case .help: "F1"
    case .paste: "paste"
    case .shiftLeft: "Shift-Left"
    case .shiftRight: "Shift-Right"
    }
  }
}
