import Glibc

/// What the terminfo database says of a terminal: a file that `tic` has compiled, term(5).
enum TerminalDescription {
  /// Whether the terminal that the environment names has colours; a terminal that the database does
  /// not know has them if its name is that of a common one.
  static func hasColours(_ variable: (String) -> String?) -> Bool {
    let name = variable("TERM") ?? ""
    if let description = description(of: name, variable) {
      return colours(in: description) >= 8
    }
    let common = [
      "xterm", "screen", "tmux", "linux", "rxvt", "alacritty", "kitty", "foot", "wezterm",
    ]
    return common.contains { name.hasPrefix($0) } || name.contains("color")
  }

  /// How many colours a compiled description says that there are; -1 where it says nothing.
  static func colours(in bytes: [UInt8]) -> Int {
    func number(_ place: Int, _ size: Int) -> Int? {
      guard place >= 0, place + size <= bytes.count else { return nil }
      let value = (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
      return size == 2
        ? Int(Int16(truncatingIfNeeded: value)) : Int(Int32(truncatingIfNeeded: value))
    }
    // The header: a mark, the sizes of the names and of the flags, and the count of the numbers.
    guard let mark = number(0, 2), [0o432, 0o1036].contains(mark), let names = number(2, 2),
      let flags = number(4, 2), let count = number(6, 2), count > colourPlace
    else { return -1 }
    let size = mark == 0o432 ? 2 : 4
    // Numbers begin at an even place.
    let start = 12 + names + flags
    return number(start + start % 2 + colourPlace * size, size) ?? -1
  }

  /// The place of `max_colors` among the numbers.
  private static let colourPlace = 13

  private static func description(
    of name: String, _ variable: (String) -> String?
  ) -> [UInt8]? {
    guard let first = name.utf8.first, !name.contains("/") else { return nil }
    let folders =
      [variable("TERMINFO"), variable("HOME").map { "\($0)/.terminfo" }].compactMap { $0 }
      + ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"]
    let letter = String(Unicode.Scalar(first))
    for folder in folders where !folder.isEmpty {
      if let bytes = contents("\(folder)/\(letter)/\(name)") { return bytes }
    }
    return nil
  }

  private static func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 15)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? Array(bytes[..<count]) : nil
  }
}
