import Testing

@testable import TerminalOutput

/// Colours by terminfo, whose format is that of term(5).
@Suite struct TerminalDescriptionTests {
  /// A description with one name, some flags, and numbers of which the 14th is `max_colors`.
  private func compiled(colours: Int, flags: Int, isWide: Bool) -> [UInt8] {
    func bytes(_ number: Int, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let names = Array("toy|a toy".utf8) + [0]
    var numbers = Array(repeating: -1, count: 15)
    numbers[13] = colours
    let header = [isWide ? 0o1036 : 0o432, names.count, flags, numbers.count, 0, 0]
    var content = header.flatMap { bytes($0, 2) } + names + Array(repeating: 1, count: flags)
    if !content.count.isMultiple(of: 2) { content.append(0) }
    return content + numbers.flatMap { bytes($0, isWide ? 4 : 2) }
  }

  @Test(arguments: [-1, 8, 256], [0, 1, 37, 38])
  func readsTheNumberOfColours(colours: Int, flags: Int) {
    for isWide in [false, true] {
      let bytes = compiled(colours: colours, flags: flags, isWide: isWide)
      #expect(TerminalDescription.colours(in: bytes) == colours)
      for end in 0..<(bytes.count - 8) {
        #expect([-1, colours].contains(TerminalDescription.colours(in: Array(bytes[..<end]))))
      }
    }
  }

  @Test(arguments: [
    ("xterm-256color", true), ("tmux-256color", true), ("linux", true), ("vt100", false),
    ("nonsense", false), ("../etc/passwd", false),
  ])
  func knowsTerminals(name: String, hasColours: Bool) {
    #expect(TerminalDescription.hasColours { $0 == "TERM" ? name : nil } == hasColours)
  }
}
