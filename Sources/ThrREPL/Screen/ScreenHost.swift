import Glibc
import LibEdit
import Synchronization
import TerminalOutput
import ThrModel

/// Lends the whole screen to a program: its keys go there, and its lines come from there.
///
/// Called from the evaluation thread while the prompt waits.
final class ScreenHost: Sendable {
  private struct State {
    var typed: [UInt8] = []
    var written: (any ScreenProgram)?
  }

  private let state = Mutex(State())

  /// How long the window may have another size before it is noticed, in milliseconds.
  private static let patience: Int32 = 50

  /// Whether there is a screen, and someone before it.
  static var isThere: Bool { Terminal.isInteractive && Terminal().isCapable }

  /// What was typed ahead: before a run what the prompt had read, after it what is left.
  var typed: [UInt8] {
    get { state.withLock { $0.typed } }
    set { state.withLock { $0.typed = newValue } }
  }

  /// The program whose statement is to be the next input; only once.
  func takeWritten() -> (any ScreenProgram)? {
    state.withLock { state in
      defer { state.written = nil }
      return state.written
    }
  }

  /// Runs a program until its user leaves it.
  func run(_ program: any ScreenProgram) -> ScreenEnding {
    let reader = KeyReader(descriptor: STDIN_FILENO)
    reader.feed(typed)
    let ending = TerminalModes.onScreen { Self.run(program, reader) }
    state.withLock { state in
      state.typed = reader.takeBytes()
      if ending.reaction == .write { state.written = ending.program }
    }
    return ending
  }

  /// Lets keys change a program, and shows it, on a screen that is lent already.
  static func run(_ program: any ScreenProgram, _ reader: KeyReader) -> ScreenEnding {
    var program = program
    var canvas = ScreenCanvas()
    var surface = Terminal().surface
    var isStale = true
    while true {
      // What was typed comes first: of keys that repeat only the last is shown.
      if isStale, !reader.hasPending {
        Terminal.steer(canvas.update(to: program.lines(on: surface)))
        isStale = false
      }
      switch reader.next(within: patience) {
      case nil: continue
      case .end: return ScreenEnding(program, .leave)
      case .resized:
        surface = Terminal().surface
        canvas.forget()
      case .press(let press):
        if press == .character("\u{3}") { return ScreenEnding(program, .leave) }
        guard let key = ScreenKey(press) else { continue }
        let reaction = program.take(key, on: surface)
        if reaction != .goOn { return ScreenEnding(program, reaction) }
      }
      isStale = true
    }
  }
}

/// The lines on the screen; of new ones only those are written that differ.
struct ScreenCanvas {
  private var shown: [String] = []
  private var isBlank = false

  /// The window has another size: nothing is where it was.
  mutating func forget() {
    shown = []
    isBlank = false
  }

  mutating func update(to lines: [String]) -> String {
    var output = isBlank ? "" : "\u{1B}[2J"
    isBlank = true
    for (row, line) in lines.enumerated() where row >= shown.count || shown[row] != line {
      output +=
        "\u{1B}[\(row + 1);1H\u{1B}[K" + TerminalText.escaped(line, from: .rendering) + "\u{1B}[0m"
    }
    if lines.count < shown.count { output += "\u{1B}[\(lines.count + 1);1H\u{1B}[J" }
    shown = lines
    return output.isEmpty ? "" : "\u{1B}[?2026h\(output)\u{1B}[?2026l"
  }
}
