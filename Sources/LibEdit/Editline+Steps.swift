import CLibEdit
import Glibc

/// What is known of the command whose keys are being read.
struct StepProgress {
  /// Our command that the step has reached.
  var command: Int?
  /// The operator that it has reached, with its object.
  var operation: ViOperation?
  /// The digits read last.
  var digits = ""
  /// How many keys were pressed since the step and since the line began.
  var keysInStep = 0
  var keysInLine = 0
  /// How many commands were given since the last of them.
  var commandsSinceKey = 0
  var last: Unicode.Scalar?
  var isAtEnd = false
}

extension Editline {
  /// Takes the terminal, and begins with an empty line.
  public func begin() {
    queue = []
    progress = StepProgress()
    // With each line libedit takes the window's size again.
    screen.rows = 0
    thr_el_set_number(editor, EL_UNBUFFERED, 1)
  }

  /// Gives the terminal back.
  public func end() { thr_el_set_number(editor, EL_UNBUFFERED, 0) }

  /// Reads the keys of one command, and carries it out if it is one of libedit's own.
  ///
  /// Unbuffered, libedit returns after each command, so that our commands and all painting run
  /// outside of it.
  public func step() -> Step {
    progress.command = nil
    progress.operation = nil
    progress.digits = ""
    progress.keysInStep = 0
    settle()
    let length = self.length
    var count: Int32 = 0
    _ = el_wgets(editor, &count)
    if progress.isAtEnd || hasSaidEnd(after: length) { return .end }
    if let operation = progress.operation { return .operation(operation) }
    return progress.command.map(Step.command) ?? .edited
  }

  /// Whether the last step waited for a key; without one it went on with what stands for several
  /// commands, such as vi's `.`.
  public var hasReadKey: Bool { progress.keysInStep > 0 }

  private var length: Int {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer else { return 0 }
    return line.lastchar - start
  }

  /// README 9: a Ctrl-D that was not typed says that the input ends.
  private func hasSaidEnd(after length: Int) -> Bool {
    guard self.length == length + 1, progress.last != "\u{4}",
      let line = el_wline(editor)?.pointee
    else { return false }
    return line.lastchar[-1] == 4
  }

  // MARK: - What libedit asks for

  /// More commands than anybody lets one key stand for.
  private static let longestMacro = 1_000

  /// Notes one of our commands; it is carried out when libedit has returned.
  func performed(_ index: Int) -> UInt8 {
    // README 7.
    progress.commandsSinceKey += 1
    guard progress.keysInLine > 0, progress.commandsSinceKey <= Self.longestMacro else {
      return UInt8(CC_FATAL)
    }
    if index < ownCommands {
      progress.command = index
      return UInt8(CC_NORM)
    }
    if index == ownCommands { return passOnLineEnd() }
    return begin(ViOperation.Action.allCases[index - ownCommands - 1])
  }

  func nextScalar() -> Unicode.Scalar? {
    defer { settle() }
    while true {
      if let next = queue.popLast() ?? awaitedScalar() {
        progress.last = next
        if ("0"..."9").contains(next) { progress.digits.unicodeScalars.append(next) }
        return next
      }
      if progress.isAtEnd { return nil }
    }
  }

  /// The scalar of the next key, or the first of those in the queue; `nil` where the key has none
  /// that libedit is to see.
  private func awaitedScalar() -> Unicode.Scalar? {
    guard let press = nextKey() else {
      progress.isAtEnd = true
      return nil
    }
    progress.keysInStep += 1
    progress.keysInLine += 1
    progress.commandsSinceKey = 0
    switch press {
    // Pressed by itself it would wait for a key's own character.
    case .character(SpecialKey.leadIn): return nil
    case .character(let scalar): return scalar
    case .key(let key): queue = [key.scalar, SpecialKey.leadIn]
    case .paste: queue = [SpecialKey.paste.scalar, SpecialKey.leadIn]
    case .unknown(let bytes) where foreignSequences.contains(bytes):
      queue = bytes.reversed().map { Unicode.Scalar($0) }
    case .unknown: return nil
    }
    return queue.popLast()
  }
}
