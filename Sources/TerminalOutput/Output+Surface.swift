import Drawing
import Glibc
public import ThrModel

extension Output {
  /// What values are written on, as it is at this moment: a terminal's window may change.
  public static var surface: Surface {
    guard isatty(STDOUT_FILENO) == 1 else { return .plain }
    let window = windowSize
    return Surface(
      width: window.columns ?? Surface.plain.width, height: window.lines,
      colour: wantsColour(STDOUT_FILENO), style: TerminalStyle(environment: environment))
  }

  /// What the terminal says of its window; terminals that know nothing say 0.
  private static var windowSize: (columns: Int?, lines: Int?) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return (nil, nil) }
    return (
      size.ws_col > 0 ? Int(size.ws_col) : nil, size.ws_row > 0 ? Int(size.ws_row) : nil
    )
  }

  /// The variables that tell which characters the terminal shows.
  private static var environment: [String: String] {
    let names = ["LC_ALL", "LC_CTYPE", "LANG", "TERM"]
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        getenv(name).map { (name, String(cString: $0)) }
      })
  }
}
