import CLibEdit
import Glibc

/// The screen that libedit believes it draws on; what it draws goes to `/dev/null`.
struct ImaginedScreen {
  /// Whether the line was changed since libedit drew it.
  var isStale = false
  var rows = 0
  static let columns = 80
  /// The most columns that libedit writes a character in, as `\U+10FFFF`.
  static let widestCharacter = 8
}

extension Editline {
  /// Puts right what libedit relies on when it gets its next character.
  func settle() {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer else { return }
    // README 4.
    if line.cursor < start { el_cursor(editor, Int32(start - line.cursor)) }
    makeRows(for: UnsafeBufferPointer(start: start, count: line.lastchar - start))
    guard screen.isStale else { return }
    // README 6.
    thr_el_refresh(editor)
    screen.isStale = false
  }

  /// README 5: has libedit draw on more rows than the line needs, should that not be so.
  private func makeRows(for line: UnsafeBufferPointer<wchar_t>) {
    let breaks = line.count { $0 == 0x0A }
    let needed =
      breaks + line.count * ImaginedScreen.widestCharacter / (ImaginedScreen.columns - 1) + 100
    guard needed > screen.rows else { return }
    screen.rows = 2 * needed
    for (name, count) in [("co", ImaginedScreen.columns), ("li", screen.rows)] {
      wide(name) { name in wide("\(count)") { thr_el_set_capability(editor, name, $0) } }
    }
    screen.isStale = true
  }
}
