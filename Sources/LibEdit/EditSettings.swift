import CLibEdit
import Glibc

/// What `~/.editrc` says, in the order in which it can be obeyed without losing keys.
struct EditSettings: Equatable {
  /// Lines that choose a set of keys or switch editing off.
  private(set) var modes: [[String]] = []
  /// All other lines.
  private(set) var bindings: [[String]] = []
  /// Sequences that are bound and that are no keys known here.
  private(set) var foreignSequences: Set<[UInt8]> = []

  /// The settings of `$EDITRC`, or else of `~/.editrc`.
  static func ofUser() -> EditSettings {
    let path =
      getenv("EDITRC").map { String(cString: $0) }
      ?? getenv("HOME").map { String(cString: $0) + "/.editrc" }
    return EditSettings(path.flatMap(contents) ?? "")
  }

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = Self.words(of: line)
      guard let command = words.first, !command.hasPrefix("#") else { continue }
      // A line may be for one program alone: `thr:bind …`.
      let name = command.split(separator: ":").last.map(String.init) ?? command
      let isMode = name == "bind" && words.dropFirst().contains { $0 == "-v" || $0 == "-e" }
      if isMode || name == "edit" {
        modes.append(words)
      } else {
        bindings.append(name == "bind" ? known(words) : words)
      }
    }
  }

  /// The line with a key's sequence as it is known here in the place of the terminal's.
  private mutating func known(_ words: [String]) -> [String] {
    guard !words.contains("-k"),
      let place = words.dropFirst().firstIndex(where: { !$0.hasPrefix("-") })
    else { return words }
    var words = words
    let bytes = Array(Self.unescaped(words[place]).utf8)
    var decoder = KeyDecoder()
    decoder.feed(bytes)
    switch decoder.next(isComplete: true) {
    case .key(let key) where decoder.isEmpty && key != .newline: words[place] = key.sequence
    case .unknown(let sequence) where decoder.isEmpty: foreignSequences.insert(sequence)
    default: break
    }
    return words
  }

  /// The words of a line by libedit's own rules of quoting.
  private static func words(of line: Substring) -> [String] {
    guard let tokenizer = tok_init(nil) else { return [] }
    defer { tok_end(tokenizer) }
    var count: Int32 = 0
    var words: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    guard tok_str(tokenizer, String(line), &count, &words) == 0, let words else { return [] }
    return (0..<Int(count)).compactMap { words[$0].map { String(cString: $0) } }
  }

  /// `^[`, `\e` and `\033` as the character that they stand for.
  private static func unescaped(_ text: String) -> String {
    var rest = text[...]
    var result = ""
    while let first = rest.first {
      if let escape = ["^[", "\\e", "\\E", "\\033"].first(where: rest.hasPrefix) {
        result += "\u{1B}"
        rest = rest.dropFirst(escape.count)
      } else {
        result.append(first)
        rest.removeFirst()
      }
    }
    return result
  }

  private static func contents(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &bytes, bytes.count)
    return count >= 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
