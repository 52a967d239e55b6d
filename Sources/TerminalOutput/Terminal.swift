public import Drawing
public import Glibc
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
  public let style: TerminalStyle

  /// Looks at the terminal on standard input and output.
  public init() {
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    width = isKnown && size.ws_col > 0 ? Int(size.ws_col) : 80
    height = isKnown && size.ws_row > 0 ? Int(size.ws_row) : 24
    let name = Self.environment("TERM") ?? "dumb"
    let canMove = name != "dumb" && name != ""
    isColoured = canMove && (Self.environment("NO_COLOR") ?? "").isEmpty
    isCapable =
      canMove && isatty(STDOUT_FILENO) == 1 && width >= Self.leastWidth
      && height >= Self.leastHeight
    style = TerminalStyle(
      environment: ["LC_ALL", "LC_CTYPE", "LANG", "TERM"].reduce(into: [:]) { variables, name in
        variables[name] = Self.environment(name)
      })
  }

  /// Whether a person sits at standard input.
  public static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

  /// What values are shown on.
  public var surface: Surface {
    guard isatty(STDOUT_FILENO) == 1 else { return .plain }
    return Surface(width: width, height: height, colour: isColoured, style: style)
  }

  /// A variable of the environment; `nil` where it is not set.
  public static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Writes all of a text, after all that was written before, unless nobody takes it any more.
  public static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    guard !text.isEmpty else { return }
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count, let base = bytes.baseAddress {
        let count = Glibc.write(descriptor, base + written, bytes.count - written)
        if count > 0 {
          written += count
        } else if errno == EAGAIN {
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&request, 1, 1_000)
        } else if errno != EINTR {
          return
        }
      }
    }
  }
}
