import Glibc

extension Terminal {
  /// Whether what is written to a descriptor is to be coloured.
  public static func wantsColour(_ descriptor: Int32) -> Bool {
    wantsColour(isTerminal: isatty(descriptor) == 1, environment)
  }

  /// The rule: colour only on a terminal that can move its cursor and is not known to have no
  /// colours, and never where `NO_COLOR` holds something (no-color.org).
  static func wantsColour(isTerminal: Bool, _ variable: (String) -> String?) -> Bool {
    isTerminal && canMoveCursor(variable) && (variable("NO_COLOR") ?? "").isEmpty
      && TerminalDescription.hasColours(variable)
  }

  /// Whether the terminal that the environment names understands sequences at all: `TERM` is
  /// neither unset, nor empty, nor `dumb`.
  static func canMoveCursor(_ variable: (String) -> String?) -> Bool {
    !["", "dumb"].contains(variable("TERM") ?? "")
  }
}
