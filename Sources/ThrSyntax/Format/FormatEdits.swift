extension FormattedProgram {
  /// The changes that make the source the formatted program, in order, as small as they can be:
  /// where only spaces differ only spaces change, so that cursors and folds stay in their places.
  ///
  /// - Parameter span: only statements that it touches are changed; `nil` is the whole text.
  public func edits(of source: Source, in span: Span? = nil) -> [Edit] {
    pieces.filter { span?.touches($0) ?? true }
      .flatMap { PieceEdits(source.bytes[$0.source.start..<$0.source.end], bytes[$0.text]).edits }
  }
}

extension Span {
  fileprivate func touches(_ piece: FormattedProgram.Piece) -> Bool {
    start < max(piece.source.end, piece.source.start + 1) && piece.source.start <= end
  }
}

/// The changes that make the program formatted; see ``formatted(_:)``.
///
/// - Parameter span: only statements that it touches are laid out and changed; `nil` is the whole
///   text.
public func formatEdits(_ parse: Parse, in span: Span? = nil) -> [Edit] {
  let program = span.map { FormattedProgram(parse, touching: $0) } ?? FormattedProgram(parse)
  return program.edits(of: parse.source, in: span)
}

/// The changes of one piece: both texts are passed over side by side, space by space and word by
/// word.
private struct PieceEdits {
  private(set) var edits: [Edit] = []
  private let old: ArraySlice<UInt8>
  private let new: ArraySlice<UInt8>
  private var oldPlace: Int
  private var newPlace: Int

  init(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>) {
    self.old = old
    self.new = new
    (oldPlace, newPlace) = (old.startIndex, new.startIndex)
    guard !old.elementsEqual(new) else { return }
    repeat { spaces() } while word()
  }

  private mutating func spaces() {
    let (oldStart, newStart) = (oldPlace, newPlace)
    while oldPlace < old.endIndex, old[oldPlace].isLayout { oldPlace += 1 }
    while newPlace < new.endIndex, new[newPlace].isLayout { newPlace += 1 }
    if !old[oldStart..<oldPlace].elementsEqual(new[newStart..<newPlace]) {
      replace(oldStart, by: new[newStart..<newPlace])
    }
  }

  /// Passes over what is equal in both, or is a comma or semicolon in one of them.
  private mutating func word() -> Bool {
    guard oldPlace < old.endIndex || newPlace < new.endIndex else { return false }
    let (oldStart, newStart) = (oldPlace, newPlace)
    while oldPlace < old.endIndex, newPlace < new.endIndex, old[oldPlace] == new[newPlace],
      !old[oldPlace].isLayout
    {
      oldPlace += 1
      newPlace += 1
    }
    if oldPlace > oldStart { return true }
    if newPlace < new.endIndex, new[newPlace] == UInt8(ascii: ",") {
      newPlace += 1
      replace(oldStart, by: new[newStart..<newPlace])
    } else if oldPlace < old.endIndex,
      old[oldPlace] == UInt8(ascii: ",") || old[oldPlace] == UInt8(ascii: ";")
    {
      oldPlace += 1
      replace(oldStart, by: [])
    } else {
      // A comment has changed its place: the rest is written again.
      (oldPlace, newPlace) = (old.endIndex, new.endIndex)
      replace(oldStart, by: new[newStart...])
      return false
    }
    return true
  }

  /// Notes that the old text from `start` to here becomes `piece`.
  private mutating func replace(_ start: Int, by piece: ArraySlice<UInt8>) {
    let text = String(decoding: piece, as: UTF8.self)
    if let last = edits.last, last.span.end == start {
      edits[edits.count - 1] = Edit(Span(last.span.start, oldPlace), last.replacement + text)
    } else {
      edits.append(Edit(Span(start, oldPlace), text))
    }
  }
}

extension UInt8 {
  fileprivate var isLayout: Bool { self == .space || self == .tab || isLineEnd }
}
