import LibEdit
import ThrModel

extension ScreenKey {
  /// The key of a press; `nil` for those that programs on the screen do not know.
  init?(_ press: KeyPress) {
    switch press {
    case .character("\r"), .character("\n"): self = .enter
    case .character("\t"): self = .tab
    case .character("\u{1B}"): self = .escape
    case .character("\u{7F}"), .character("\u{8}"): self = .backspace
    case .character(let scalar) where scalar.value >= 0x20:
      self = .character(Character(scalar))
    case .key(let key):
      guard let known = Self.known[key] else { return nil }
      self = known
    case .unknown(let bytes):
      guard let mouse = Self.mouse(bytes) else { return nil }
      self = mouse
    default: return nil
    }
  }

  private static let known: [SpecialKey: ScreenKey] = [
    .left: .left, .right: .right, .up: .up, .down: .down, .shiftLeft: .farLeft,
    .shiftRight: .farRight, .wordLeft: .farLeft, .wordRight: .farRight, .home: .home, .end: .end,
    .pageUp: .pageUp, .pageDown: .pageDown, .newline: .enter,
  ]

  /// What a terminal says of its mouse, `ESC [ < button ; column ; row M`.
  private static func mouse(_ bytes: [UInt8]) -> ScreenKey? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("\u{1B}[<"), text.hasSuffix("M") else { return nil }
    let numbers = text.dropFirst(3).dropLast().split(separator: ";").compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    switch numbers[0] {
    // The main button, pressed or dragged.
    case 0, 32: return .mouse(column: max(numbers[1] - 1, 0), row: max(numbers[2] - 1, 0))
    // The wheel, up and down.
    case 64: return .up
    case 65: return .down
    default: return nil
    }
  }
}
