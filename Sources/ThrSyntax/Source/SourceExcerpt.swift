import Secrets

/// One source line made fit to show, cut to the surroundings of a span, and where the mark goes.
struct SourceExcerpt {
  /// How many columns of the line are shown at most, where nothing else asks for fewer.
  static let columns = 100
  private static let tabStop = 4

  private(set) var text = ""
  /// Columns before the mark.
  private(set) var indent = 0
  /// Columns of the mark, at least one.
  private(set) var width = 1

  /// One character as shown, and the bytes it stands for.
  private struct Cell {
    var text: String
    var width: Int
    var span: Span
  }

  /// - Parameter columns: how many columns of the line are shown at most.
  init(_ source: Source, _ span: Span, line: Int, columns: Int = columns) {
    let whole = source.lines.span(ofLine: line)
    let start = min(max(span.start, whole.start), whole.end)
    let end = min(max(span.end, start), whole.end)
    let (first, last) = (start - columns, min(end, start + columns) + columns)
    // No line of millions of bytes is turned into cells whole.
    let window = Span(
      Self.boundary(max(first, whole.start), source.bytes), min(last, whole.end))
    var cells = Self.cells(source, window)
    Self.hideSecrets(of: source, whole, in: &cells)
    let isCutBefore = Self.trim(&cells, before: start, columns)
    let isCutAfter = Self.trim(&cells, columns) || window.end < whole.end
    if isCutBefore || window.start > whole.start { text = "…" }
    indent = text.count
    for cell in cells {
      if cell.span.end <= start { indent += cell.width }
      text += cell.text
    }
    let marked = cells.filter { $0.span.start < end && $0.span.end > start }
    width = max(1, marked.reduce(0) { $0 + $1.width })
    if isCutAfter { text += "…" }
  }

  /// How far before and after the surroundings an address may reach.
  private static let longestAddress = 4_096

  /// A `*` for each character of a password.
  private static func hideSecrets(of source: Source, _ line: Span, in cells: inout [Cell]) {
    guard let first = cells.first, let last = cells.last else { return }
    let start = max(line.start, first.span.start - longestAddress)
    let end = min(line.end, last.span.end + longestAddress)
    for range in Secrets.ranges(in: Array(source.bytes[start..<end])) {
      let hidden = Span(start + range.lowerBound, start + range.upperBound)
      for place in cells.indices
      where cells[place].span.start < hidden.end && cells[place].span.end > hidden.start {
        cells[place].text = String(repeating: "*", count: cells[place].width)
      }
    }
  }

  /// The first byte at or after `offset` that begins a character.
  private static func boundary(_ offset: Int, _ bytes: [UInt8]) -> Int {
    var place = offset
    while place < bytes.count, bytes[place] & 0xC0 == 0x80, place < offset + 3 { place += 1 }
    return place
  }

  private static func cells(_ source: Source, _ window: Span) -> [Cell] {
    var cells: [Cell] = []
    var column = 0
    var place = window.start
    while place < window.end {
      let cluster = cluster(source.bytes, from: place, to: window.end)
      var cell = Cell(
        text: shown(cluster.text), width: 0, span: Span(place, place + cluster.length))
      cell.width = cluster.text == "\t" ? tabStop - column % tabStop : columnWidth(cell.text)
      if cluster.text == "\t" { cell.text = String(repeating: " ", count: cell.width) }
      column += cell.width
      place += cluster.length
      cells.append(cell)
    }
    return cells
  }

  /// The character at `start` with the marks that belong to it; one invalid byte is one of its own.
  private static func cluster(
    _ bytes: [UInt8], from start: Int, to end: Int
  ) -> (text: Character, length: Int) {
    var scalars = String.UnicodeScalarView()
    var place = start
    var whole: (text: Character, length: Int)?
    // A cluster of more scalars than this is no writing.
    while place < end, scalars.count < 16, let (next, length) = decodeScalar(in: bytes, at: place) {
      scalars.append(next)
      let text = String(scalars)
      guard text.count == 1, let character = text.first else { break }
      place += length
      whole = (character, place - start)
      if next.value < 0x80, place < end, bytes[place] < 0x80 { break }
    }
    return whole ?? ("\u{FFFD}", 1)
  }

  /// Cuts what is too far before the marked place; true if anything was.
  private static func trim(
    _ cells: inout [Cell], before start: Int, _ shown: Int
  ) -> Bool {
    var columns = cells.reduce(0) { $0 + ($1.span.end <= start ? $1.width : 0) }
    let total = cells.reduce(0) { $0 + $1.width }
    guard total > shown else { return false }
    let kept = max(shown / 2, columns + shown - total)
    var cut = 0
    while cut < cells.count, columns > kept {
      columns -= cells[cut].width
      cut += 1
    }
    cells.removeFirst(cut)
    return cut > 0
  }

  /// Cuts what is beyond the columns shown; true if anything was.
  private static func trim(_ cells: inout [Cell], _ shown: Int) -> Bool {
    var columns = 0
    let kept = cells.prefix { cell in
      columns += cell.width
      return columns <= shown
    }
    guard kept.count < cells.count else { return false }
    cells = Array(kept)
    return true
  }
}

/// A text without anything that could move the cursor of a terminal or reorder its line.
func visible(_ text: String) -> String {
  text.map(shown).joined()
}

private func shown(_ character: Character) -> String {
  guard character.unicodeScalars.contains(where: isUnsafe) else { return String(character) }
  return character.unicodeScalars.map(shown).joined()
}

private func shown(_ scalar: Unicode.Scalar) -> String {
  guard isUnsafe(scalar) else { return String(Character(scalar)) }
  return String(Character(scalar.controlPicture ?? "\u{FFFD}"))
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: true
  // Marks that reorder text; the joiner inside an emoji is harmless.
  case .format: scalar != "\u{200D}"
  default: false
  }
}

/// How many columns a terminal gives a text without control characters.
func columnWidth(_ text: String) -> Int {
  text.reduce(0) { $0 + columnWidth($1) }
}

private func columnWidth(_ character: Character) -> Int {
  let scalars = character.unicodeScalars
  if scalars.contains(where: { isWide($0) }) || scalars.contains("\u{FE0F}") { return 2 }
  guard let first = scalars.first else { return 0 }
  switch first.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: return 1
  }
}

// The blocks that Unicode's East Asian Width calls wide or fullwidth, and pictures.
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    true
  default: scalar.value > 0xFF && scalar.properties.isEmojiPresentation
  }
}
