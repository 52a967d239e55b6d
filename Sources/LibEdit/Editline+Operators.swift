import CLibEdit
import Glibc

/// Commands of libedit's own that no key reaches: `~/.editrc` may bind keys to them.
enum HiddenCommand {
  static let lineEnd = sequence(0, "ed-move-to-end")
  static let forward = sequence(1, "ed-next-char")
  static let insert = sequence(2, "vi-insert")

  static func of(_ action: ViOperation.Action) -> (keys: String, name: String) {
    sequence(3 + (ViOperation.Action.allCases.firstIndex(of: action) ?? 0), action.rawValue)
  }

  static let all = [lineEnd, forward, insert] + ViOperation.Action.allCases.map(of)

  private static func sequence(_ place: Int, _ name: String) -> (keys: String, name: String) {
    let scalar = Unicode.Scalar(UInt32(0xF7FF - place)) ?? "\u{F7FF}"
    return ("\(SpecialKey.leadIn)\(scalar)", name)
  }
}

extension Editline {
  static let operatorBindings = ViOperation.Action.allCases.map { action in
    (name: action.name, chord: Chord.plain(action.key))
  }

  /// README 10: reads what an operator acts on; leaves to libedit what it knows itself.
  func begin(_ action: ViOperation.Action) -> UInt8 {
    var count = progress.number
    guard action.waitsForObject else { return operate(action, count, "") }
    var digits = ""
    var next = nextScalar()
    while let digit = next, ("1"..."9").contains(digit) || (digit == "0" && !digits.isEmpty) {
      digits.unicodeScalars.append(digit)
      next = nextScalar()
    }
    guard let first = next else { return UInt8(CC_ERROR) }
    guard action.takes(Character(first)) else {
      push(HiddenCommand.of(action).keys + digits + String(Character(first)))
      return UInt8(CC_ARGHACK)
    }
    var object = String(Character(first))
    if "iag".contains(object) {
      guard let second = nextScalar() else { return UInt8(CC_ERROR) }
      object.unicodeScalars.append(second)
    }
    if let times = Int(digits) { count = min(count * times, 10_000) }
    return operate(action, count, object)
  }

  private func operate(_ action: ViOperation.Action, _ count: Int, _ object: String) -> UInt8 {
    progress.operation = ViOperation(action, count: count, object: object)
    return UInt8(CC_NORM)
  }

  /// Has libedit act on so many characters after the cursor, so that it keeps what it takes.
  public func carryOut(_ action: ViOperation.Action, onScalars count: Int) {
    guard count > 0 else {
      if action == .change { insert() }
      return
    }
    push(HiddenCommand.of(action).keys + "\(count)" + HiddenCommand.forward.keys)
  }

  /// Has libedit put what it took last.
  public func put(_ action: ViOperation.Action, times count: Int) {
    push((count > 1 ? "\(count)" : "") + HiddenCommand.of(action).keys)
  }

  /// Begins to insert.
  public func insert() { push(HiddenCommand.insert.keys) }

  /// Lets libedit read characters before any key.
  private func push(_ characters: String) {
    queue += characters.unicodeScalars.reversed()
  }
}

extension StepProgress {
  /// The number typed before the command, 1 where there was none.
  var number: Int { min(max(Int(digits) ?? 1, 1), 10_000) }
}
