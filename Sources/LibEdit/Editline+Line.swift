import CLibEdit
import Glibc

extension Editline {
  /// libedit's copy of the line; setting it changes no more than what differs.
  public var line: EditedLine {
    get { read() }
    set { write(newValue) }
  }

  private func read() -> EditedLine {
    guard let info = el_wline(editor)?.pointee, let start = info.buffer else {
      return EditedLine()
    }
    let characters = UnsafeBufferPointer(start: start, count: info.lastchar - start)
    var text = String.UnicodeScalarView()
    var cursor = 0
    for (place, character) in characters.enumerated() {
      if start + place == info.cursor { cursor = text.utf8Count }
      let scalar = Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}"
      // README 2: a command of vi's that waited for a character may have taken a key's first half.
      if scalar != "\0", SpecialKey(rawValue: scalar.value) == nil { text.append(scalar) }
    }
    if info.cursor == info.lastchar { cursor = text.utf8Count }
    return EditedLine(String(text), cursor: cursor)
  }

  private func write(_ new: EditedLine) {
    screen.isStale = true
    guard let info = el_wline(editor)?.pointee, let start = info.buffer else { return }
    let old = UnsafeBufferPointer(start: start, count: info.lastchar - start)
    let wanted = new.text.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
    let prefix = zip(old, wanted).prefix { $0 == $1 }.count
    let room = min(old.count, wanted.count) - prefix
    let suffix = min(zip(old.reversed(), wanted.reversed()).prefix { $0 == $1 }.count, room)
    let oldEnd = old.count - suffix
    el_cursor(editor, Int32(oldEnd - (info.cursor - start)))
    if oldEnd > prefix { el_deletestr(editor, Int32(oldEnd - prefix)) }
    makeRoom(for: wanted.count)
    insert(wanted[prefix..<(wanted.count - suffix)])
    move(to: new.scalarsBeforeCursor)
  }

  private func move(to place: Int) {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer else { return }
    el_cursor(editor, Int32(place - (line.cursor - start)))
  }

  private func insert(_ characters: some Collection<wchar_t>) {
    guard !characters.isEmpty else { return }
    (Array(characters) + [0]).withUnsafeBufferPointer {
      _ = el_winsertstr(editor, $0.baseAddress)
    }
  }

  /// README 3: has libedit take more memory than the line needs, should that not be so.
  private func makeRoom(for count: Int) {
    let needed = 2 * count + 4_096
    guard needed > room, let line = el_wline(editor) else { return }
    room = 2 * needed
    let cursor = line.pointee.cursor - line.pointee.buffer
    el_cursor(editor, Int32(line.pointee.lastchar - line.pointee.cursor))
    insert(repeatElement(0x20, count: room))
    // What is deleted by a function of libedit's would be what vi puts back next.
    let info = UnsafeMutablePointer(mutating: line)
    info.pointee.lastchar -= room
    info.pointee.cursor = info.pointee.buffer + cursor
  }
}

extension EditedLine {
  fileprivate var scalarsBeforeCursor: Int {
    text[..<text.utf8.index(text.startIndex, offsetBy: cursor)].unicodeScalars.count
  }
}

extension String.UnicodeScalarView {
  fileprivate var utf8Count: Int { String(self).utf8.count }
}
