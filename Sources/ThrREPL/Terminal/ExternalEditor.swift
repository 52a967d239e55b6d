import Glibc
import LibEdit
import TerminalOutput

/// The editor that the user has chosen, with a text in it.
enum ExternalEditor {
  /// Opens `$VISUAL` or `$EDITOR` on the text; `nil` where that fails or the editor says so.
  static func edit(_ text: String) -> String? {
    // The name's ending lets an editor know the language.
    let folder = Terminal.environment("TMPDIR") ?? "/tmp"
    var template = Array("\(folder)/thr-XXXXXX.thr".utf8CString)
    let descriptor = mkstemps(&template, 4)
    guard descriptor >= 0 else { return nil }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    let bytes = Array((text + "\n").utf8)
    let written = write(descriptor, bytes, bytes.count)
    close(descriptor)
    guard written == bytes.count else { return nil }
    guard open(path) else { return nil }
    return contents(path).map { text in
      var text = PastedText.clean(text)[...]
      while text.last == "\n" { text.removeLast() }
      return String(text)
    }
  }

  /// Opens `$VISUAL` or `$EDITOR` on a file; false where that fails or the editor says so.
  static func open(_ path: String) -> Bool {
    let command = ["VISUAL", "EDITOR"].lazy.compactMap(Terminal.environment).first { !$0.isEmpty }
    let ignored = Signals.ignoring([SIGINT])
    defer { ignored.restore() }
    return ChildProcess.run("\(command ?? "vi") \"$1\"", path) == 0
  }

  private static func contents(_ path: String) -> [UInt8]? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += chunk[..<count]
    }
  }
}
