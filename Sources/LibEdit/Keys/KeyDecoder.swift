/// Makes key presses of the bytes that a terminal sends.
struct KeyDecoder: Sendable {
  private var bytes: [UInt8] = []
  /// Where the unread bytes begin.
  private var start = 0
  /// Whether a paste has begun whose end has not come yet.
  private(set) var isPasting = false
  /// How far the paste was searched for its end.
  private var searched = 0

  private static let escape: UInt8 = 0x1B
  private static let pasteStart: [UInt8] = Array("\u{1B}[200~".utf8)
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)
  /// Longer sequences are no keys.
  private static let sequenceLimit = 32

  var isEmpty: Bool { start == bytes.count }

  mutating func feed(_ more: some Sequence<UInt8>) {
    if start > 0 {
      bytes.removeFirst(start)
      searched = max(searched - start, 0)
      start = 0
    }
    bytes += more
  }

  /// The next key press; `nil` where more bytes must come first.
  ///
  /// - Parameter isComplete: nothing more will come, so that what began a sequence or a paste
  ///   stands for itself.
  mutating func next(isComplete: Bool = false) -> KeyPress? {
    if isPasting { return paste(isComplete) }
    guard start < bytes.count else { return nil }
    let first = bytes[start]
    if first == Self.escape { return sequence(isComplete) }
    if first < 0x80 {
      start += 1
      return .character(Unicode.Scalar(first))
    }
    return scalar(isComplete)
  }

  /// Whether Ctrl-C is among what was fed and not read yet, and no part of a paste; forgets it, and
  /// what comes before it, as a terminal does.
  mutating func takeInterrupt() -> Bool {
    guard !isPasting else { return false }
    let unread = bytes[start...]
    let paste = unread.firstRange(of: Self.pasteStart)?.lowerBound ?? unread.endIndex
    guard let place = unread[..<paste].lastIndex(of: 0x03) else { return false }
    start = place + 1
    return true
  }

  /// Takes what was fed and not read yet; nothing while a paste is under way.
  mutating func takeBytes() -> [UInt8] {
    guard !isPasting else { return [] }
    defer { start = bytes.count }
    return Array(bytes[start...])
  }

  // MARK: - Characters

  private mutating func scalar(_ isComplete: Bool) -> KeyPress? {
    let length = bytes[start].sequenceLength
    let available = bytes[start...].prefix(length)
    let continued = available.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count + 1
    if continued == available.count, continued < length, !isComplete { return nil }
    var decoder = UTF8()
    var iterator = available.makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) {
      start += UTF8.width(scalar)
      return .character(scalar)
    }
    // The broken part as a whole is one replacement character.
    start += max(min(continued, available.count), 1)
    return .character("\u{FFFD}")
  }

  // MARK: - Sequences

  private mutating func sequence(_ isComplete: Bool) -> KeyPress? {
    guard start + 1 < bytes.count else { return isComplete ? take(1, .character("\u{1B}")) : nil }
    switch bytes[start + 1] {
    case UInt8(ascii: "["): return controlSequence(isComplete)
    case UInt8(ascii: "O"):
      guard start + 2 < bytes.count else { return isComplete ? take(1, .character("\u{1B}")) : nil }
      return take(3, SpecialKey(final: bytes[start + 2], parameters: []))
    case UInt8(ascii: "\r"), UInt8(ascii: "\n"): return take(2, .key(.newline))
    default: return take(1, .character("\u{1B}"))
    }
  }

  /// A sequence `ESC [ parameters final`.
  private mutating func controlSequence(_ isComplete: Bool) -> KeyPress? {
    let body = bytes[(start + 2)...].prefix(Self.sequenceLimit)
    guard let end = body.firstIndex(where: { !(0x20...0x3F).contains($0) }),
      (0x40...0x7E).contains(bytes[end])
    else {
      let isBroken = body.contains { !(0x20...0x3F).contains($0) }
      if !isBroken, !isComplete, body.count < Self.sequenceLimit { return nil }
      return take(1, .character("\u{1B}"))
    }
    let parameters = bytes[(start + 2)..<end].split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false
    ).map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    let length = end + 1 - start
    if bytes[end] == UInt8(ascii: "~"), parameters.first == 200 {
      start += length
      isPasting = true
      searched = start
      return paste(isComplete)
    }
    return take(length, SpecialKey(final: bytes[end], parameters: parameters))
  }

  private mutating func take(_ count: Int, _ key: SpecialKey?) -> KeyPress {
    take(count, key.map(KeyPress.key) ?? .unknown(Array(bytes[start..<(start + count)])))
  }

  private mutating func take(_ count: Int, _ press: KeyPress) -> KeyPress {
    start += count
    return press
  }

  // MARK: - Pastes

  private mutating func paste(_ isComplete: Bool) -> KeyPress? {
    var place = max(searched, start)
    let end = Self.pasteEnd
    while let escape = bytes[place...].firstIndex(of: Self.escape) {
      place = escape
      guard escape + end.count <= bytes.count else { break }
      if bytes[escape..<(escape + end.count)].elementsEqual(end) {
        let text = PastedText.clean(bytes[start..<escape])
        start = escape + end.count
        isPasting = false
        return .paste(text)
      }
      place = escape + 1
    }
    searched = bytes[place...].firstIndex(of: Self.escape) ?? bytes.count
    guard isComplete else { return nil }
    let text = PastedText.clean(bytes[start...])
    start = bytes.count
    isPasting = false
    return .paste(text)
  }
}

/// What becomes of pasted bytes: text that can be typed.
public enum PastedText {
  /// Line ends become line feeds, tabs two spaces; other control characters are left out, so that
  /// nothing pasted can steer the terminal.
  public static func clean(_ bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
      defer { wasReturn = scalar == "\r" }
      switch scalar {
      case "\n" where wasReturn: continue
      case "\r", "\n": text.append("\n")
      case "\t": text.append(contentsOf: "  ".unicodeScalars)
      case _ where scalar.properties.generalCategory == .control: continue
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}

extension SpecialKey {
  /// The key of a sequence, as xterm and those that follow it send them.
  fileprivate init?(final: UInt8, parameters: [Int]) {
    // 2 shift, 3 alt, 5 control and so on.
    let modifier = parameters.count > 1 ? parameters[1] : 1
    switch (final, parameters.first ?? 0) {
    case (UInt8(ascii: "A"), _): self = .up
    case (UInt8(ascii: "B"), _): self = .down
    case (UInt8(ascii: "C"), _) where modifier == 2: self = .shiftRight
    case (UInt8(ascii: "D"), _) where modifier == 2: self = .shiftLeft
    case (UInt8(ascii: "C"), _): self = modifier > 2 ? .wordRight : .right
    case (UInt8(ascii: "D"), _): self = modifier > 2 ? .wordLeft : .left
    case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), 1), (UInt8(ascii: "~"), 7):
      self = modifier > 2 ? .textStart : .home
    case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), 4), (UInt8(ascii: "~"), 8):
      self = modifier > 2 ? .textEnd : .end
    case (UInt8(ascii: "~"), 3): self = modifier > 2 ? .deleteWord : .delete
    case (UInt8(ascii: "~"), 5): self = .pageUp
    case (UInt8(ascii: "~"), 6): self = .pageDown
    case (UInt8(ascii: "Z"), _): self = .backTab
    // Enter with shift, alt or control, where the terminal distinguishes them.
    case (UInt8(ascii: "u"), 13): self = .newline
    case (UInt8(ascii: "~"), 27) where parameters.last == 13: self = .newline
    case (UInt8(ascii: "P"), _), (UInt8(ascii: "~"), 11): self = .help
    default: return nil
    }
  }
}

extension UInt8 {
  /// How long the UTF-8 sequence is that the byte leads in; 1 where it leads in none.
  fileprivate var sequenceLength: Int {
    switch self {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
