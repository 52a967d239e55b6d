public import Drawing
import Glibc
public import ThrModel

/// The terminal that the process talks to a person through, as it is at the moment.
public struct Terminal: Sendable {
  /// The least width and height in which a line can be edited with anything around it.
  static let leastWidth = 20
  static let leastHeight = 4

  /// Columns and rows.
  public let width: Int
  public let height: Int
  /// Whether colours are understood and wanted.
  public let isColoured: Bool
  /// Whether the cursor can be moved, and there is room for it.
  public let isCapable: Bool
  /// Which characters pictures are made of.
  public let style: TerminalStyle

  /// Looks at the terminal on standard output.
  public init() {
    let window = Self.window
    width = window.columns ?? 80
    height = window.rows ?? 24
    isColoured = Self.wantsColour(STDOUT_FILENO)
    isCapable =
      Self.canMoveCursor(Self.environment) && isatty(STDOUT_FILENO) == 1
      && width >= Self.leastWidth && height >= Self.leastHeight
    style = TerminalStyle(
      environment: ["LC_ALL", "LC_CTYPE", "LANG", "TERM"].reduce(into: [:]) { variables, name in
        variables[name] = Self.environment(name)
      })
  }

  /// What the terminal says of its window; terminals that know nothing say 0.
  private static var window: (columns: Int?, rows: Int?) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return (nil, nil) }
    return (
      size.ws_col > 0 ? Int(size.ws_col) : nil, size.ws_row > 0 ? Int(size.ws_row) : nil
    )
  }

  /// Whether a person sits at standard input.
  public static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

  /// Surface that values are shown on.
  public var surface: Surface {
    guard isatty(STDOUT_FILENO) == 1 else { return .plain }
    return Surface(width: width, height: height, colour: isColoured, style: style)
  }

  /// A variable of the environment; `nil` where it is not set.
  public static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
