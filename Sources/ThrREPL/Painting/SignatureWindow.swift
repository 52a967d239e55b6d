/// The part of a signature that there is room for: the current parameter with as many of its
/// neighbours as leave room for what it means.
struct SignatureWindow {
  private(set) var text: String
  /// The current parameter in `text`, in UTF-8 offsets.
  private(set) var active: Range<Int>?

  private let line: Advice.SignatureLine
  /// What stands before the first parameter and after the last.
  private let head: Substring
  private let tail: Substring

  /// - Parameter width: the columns for the text, two spaces and the meaning.
  init(_ line: Advice.SignatureLine, width: Int) {
    (text, active) = (line.text, line.active)
    self.line = line
    head = line[..<(line.parameters.first?.lowerBound ?? line.text.utf8.count)]
    tail = line[(line.parameters.last?.upperBound ?? line.text.utf8.count)...]
    // A long explanation may take half of the row.
    let meaning =
      line.meaning.isEmpty ? 0 : min(ScreenRow(line.meaning).columns + 2, width / 2)
    guard let active = line.active, let place = line.parameters.firstIndex(of: active),
      ScreenRow(text).columns + meaning > width
    else { return }
    narrow(around: place, to: width - meaning)
  }

  private mutating func narrow(around place: Int, to width: Int) {
    var shown = place...place
    show(shown)
    // Those that follow are still to be written, so they come first.
    for next in [place + 1..<line.parameters.count, 0..<place].flatMap(Self.outwards(from: place)) {
      let more = min(shown.lowerBound, next)...max(shown.upperBound, next)
      var wider = self
      wider.show(more)
      guard ScreenRow(wider.text).columns <= width else { continue }
      shown = more
      self = wider
    }
  }

  private static func outwards(from place: Int) -> (Range<Int>) -> [Int] {
    { $0.lowerBound > place ? Array($0) : $0.reversed() }
  }

  private mutating func show(_ shown: ClosedRange<Int>) {
    guard let active = line.active else { return }
    let first = line.parameters[shown.lowerBound].lowerBound
    let end = line.parameters[shown.upperBound].upperBound
    let isWhole = shown.upperBound == line.parameters.count - 1
    let before = head + (shown.lowerBound > 0 ? "…, " : "")
    text = String(before + line[first..<end] + (isWhole ? tail : ", …" + tail.prefix(1)))
    let shift = before.utf8.count - first
    self.active = (active.lowerBound + shift)..<(active.upperBound + shift)
  }
}

extension Advice.SignatureLine {
  fileprivate subscript(range: some RangeExpression<Int>) -> Substring {
    let range = range.relative(to: 0..<text.utf8.count)
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    return text[start..<text.utf8.index(start, offsetBy: range.count)]
  }
}
