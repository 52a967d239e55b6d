import CLibEdit
import Glibc

/// What libedit keeps pointers to for as long as it lives.
final class EditlineFiles {
  let input: UnsafeMutablePointer<FILE>
  let nowhere: UnsafeMutablePointer<FILE>
  let history: OpaquePointer?
  /// Whether libedit knows our commands by now.
  var isDeclared = false
  private var texts: [UnsafeMutablePointer<wchar_t>] = []

  init?() {
    guard let input = fdopen(dup(0), "r"), let nowhere = fopen("/dev/null", "w") else {
      return nil
    }
    self.input = input
    self.nowhere = nowhere
    history = history_winit()
  }

  deinit {
    fclose(input)
    fclose(nowhere)
    if let history { history_wend(history) }
    texts.forEach { $0.deallocate() }
  }

  /// A text in wide characters that stays where it is.
  func kept(_ text: String) -> UnsafePointer<wchar_t> {
    let wide = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
    let memory = UnsafeMutablePointer<wchar_t>.allocate(capacity: wide.count)
    memory.initialize(from: wide, count: wide.count)
    texts.append(memory)
    return UnsafePointer(memory)
  }
}
