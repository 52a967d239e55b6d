import Drawing
import Glibc
public import ThrModel

/// A bar on standard error that says how far long work is and how long it will still take.
///
/// It appears after half a second, only on a terminal, and must be cleared before anything else is
/// written.
public struct ProgressBar: Sendable {
  private static let patience = 0.5
  private static let interval = 0.1
  private static let barWidth = 24

  private let isWanted: Bool
  private let style: TerminalStyle
  private var begun: Double
  private var drawn: Double = 0
  /// When work last said how far it is.
  private var reported: Double?
  private var isShown = false

  /// Begins to count the time.
  public init() {
    let terminal = Terminal()
    isWanted = isatty(STDERR_FILENO) == 1 && Terminal.canMoveCursor(Terminal.environment)
    style = terminal.style
    begun = Self.now
  }

  /// What to write for this progress, at this time in seconds; `nil` where nothing is to change.
  mutating func line(_ progress: Progress, at time: Double, width: Int) -> String? {
    guard isWanted, time - begun >= Self.patience, time - drawn >= Self.interval else { return nil }
    drawn = time
    isShown = true
    let line = Self.line(progress, elapsed: time - begun, width: width, style)
    return "\r\u{1B}[K" + line
  }

  /// The bar's text: label, bar, share, and the time that is left.
  static func line(
    _ progress: Progress, elapsed: Double, width: Int, _ style: TerminalStyle
  ) -> String {
    let fraction = min(max(progress.fraction, 0), 1)
    let full = Int((fraction * Double(barWidth)).rounded(.down))
    let (done, rest) = style == .ascii ? ("#", "-") : ("█", "░")
    let bar =
      String(repeating: done, count: full) + String(repeating: rest, count: barWidth - full)
    let name = TerminalText.escaped(progress.label)
    var text = " \(Int(fraction * 100))%"
    if fraction > 0 { text += "  \(duration(elapsed * (1 - fraction) / fraction)) left" }
    let room = width - 2 - barWidth - text.count
    // On a narrow terminal the bar goes first.
    guard room >= 0 else { return String((name + text).prefix(max(width - 1, 0))) }
    let label = name.isEmpty ? "" : String(name.prefix(max(room - 1, 0))) + " "
    return label + bar + text
  }

  /// A time for people: `4 s`, `2 min 5 s`, `1 h 3 min`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
  }

  /// Draws the progress, if it is time to.
  public mutating func show(_ progress: Progress) {
    guard isWanted else { return }
    reported = Self.now
    // The size is asked for only when there is something to draw.
    guard let text = line(progress, at: Self.now, width: Terminal().width) else { return }
    Terminal.steer(text, on: .messages)
  }

  /// Draws how long the run has taken, where for a while nothing has said how far it is.
  public mutating func showTime() {
    guard isWanted, let text = timeLine(at: Self.now) else { return }
    Terminal.steer(text, on: .messages)
  }

  /// What to write for that at a time in seconds; `nil` where nothing is to change.
  mutating func timeLine(at time: Double) -> String? {
    let elapsed = time - begun
    guard elapsed >= Self.patience, time - (reported ?? begun) >= Self.patience else { return nil }
    // Once a second.
    guard !isShown || Int(elapsed) > Int(drawn - begun) else { return nil }
    drawn = time
    isShown = true
    return "\r\u{1B}[Krunning \(max(Int(elapsed), 1)) s, Ctrl-C stops it"
  }

  /// Takes the bar off the screen.
  public mutating func clear() {
    guard isShown else { return }
    isShown = false
    Terminal.steer("\r\u{1B}[K", on: .messages)
  }

  /// Seconds on a clock that never goes back.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
