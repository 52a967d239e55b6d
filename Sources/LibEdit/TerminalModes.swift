import Glibc
import Synchronization

/// How the terminal treats keys while something runs, and how it was found.
public enum TerminalModes {
  /// What the terminal was set to when the session began; only written before any handler can run.
  ///
  /// Not a plain variable: the compiler lays out a global of this type without the padding between
  /// its members, three bytes shorter than what C writes to it.
  private nonisolated(unsafe) static let original: UnsafeMutablePointer<termios> = {
    let modes = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    modes.initialize(to: termios())
    return modes
  }()

  /// What else is to be done when a signal ends the process; only written before any handler can
  /// run.
  private nonisolated(unsafe) static var ending: @convention(c) () -> Void = {}

  /// Remembers the modes, and gives them back should the process be ended from outside.
  ///
  /// - Parameter ending: what else is to be done then; may do what a signal handler may.
  public static func keep(ending: @escaping @convention(c) () -> Void = {}) {
    ending()
    Self.ending = ending
    // Touched before a handler can run: a lazily made global is not safe inside one.
    _ = screenOff
    hasScreen.store(false, ordering: .relaxed)
    guard tcgetattr(STDIN_FILENO, original) == 0 else { return }
    hear([SIGINT, SIGTSTP, SIGCONT, SIGWINCH, SIGTERM, SIGHUP])
    for signal in [SIGTERM, SIGHUP] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { signal in
        // Nothing but calls that a signal handler may make.
        TerminalModes.restoreOriginal()
        TerminalModes.ending()
        _exit(128 + signal)
      }
      sigaction(signal, &action, nil)
    }
  }

  /// A parent may have handed down a mask that keeps signals away.
  private static func hear(_ signals: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  static func restoreOriginal() {
    let off: StaticString = "\u{1B}[?2004l"
    _ = Glibc.write(STDOUT_FILENO, off.utf8Start, off.utf8CodeUnitCount)
    if hasScreen.load(ordering: .relaxed) {
      _ = Glibc.write(STDOUT_FILENO, screenOff.utf8Start, screenOff.utf8CodeUnitCount)
    }
    tcsetattr(STDIN_FILENO, TCSANOW, original)
  }

  /// Runs the body while the terminal treats keys as it does for any other program: what is typed
  /// ahead is shown and goes to the next prompt, and Ctrl-C is a signal.
  ///
  /// A process that is ended by force cannot put the terminal right, so here nothing may be wrong
  /// with it: a shell without echo would seem dead.
  public static func whileRunning<Result>(_ body: () -> Result) -> Result {
    var found = termios()
    guard tcgetattr(STDIN_FILENO, &found) == 0 else { return body() }
    var running = found
    running.c_lflag |= tcflag_t(ECHO | ICANON | ISIG)
    // Keys of the prompt go there: Ctrl-S, which stops the output elsewhere; Ctrl-V, Ctrl-W and
    // Ctrl-R, which the terminal would act on; and Ctrl-D, which it would swallow.
    running.c_iflag &= ~tcflag_t(IXON)
    // What Ctrl-C does is said in words, on a line of its own.
    running.c_lflag &= ~tcflag_t(ECHOCTL)
    running.c_lflag &= ~tcflag_t(IEXTEN)
    withUnsafeMutableBytes(of: &running.c_cc) { $0[Int(VEOF)] = 0 }
    tcsetattr(STDIN_FILENO, TCSADRAIN, &running)
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &found) }
    return body()
  }

  // MARK: - The whole screen

  /// Another screen, no cursor, no wrapping, and a mouse whose buttons and drags are reported (SGR).
  private static let screenOn: StaticString =
    "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[?1002h\u{1B}[?1006h\u{1B}[2J"
  private static let screenOff: StaticString =
    "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"
  private static let hasScreen = Atomic<Bool>(false)

  /// Runs the body with the whole screen, where every key is a key: Ctrl-C and Ctrl-Z too.
  ///
  /// What was on the screen before is there again afterwards.
  public static func onScreen<Result>(_ body: () -> Result) -> Result {
    var found = termios()
    guard tcgetattr(STDIN_FILENO, &found) == 0 else { return body() }
    var raw = found
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
    raw.c_iflag &= ~tcflag_t(IXON | ICRNL)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    hasScreen.store(true, ordering: .relaxed)
    _ = Glibc.write(STDOUT_FILENO, screenOn.utf8Start, screenOn.utf8CodeUnitCount)
    defer {
      _ = Glibc.write(STDOUT_FILENO, screenOff.utf8Start, screenOff.utf8CodeUnitCount)
      hasScreen.store(false, ordering: .relaxed)
      tcsetattr(STDIN_FILENO, TCSADRAIN, &found)
    }
    return body()
  }
}
