/// Where the records of a file begin: after a byte order mark, skipped lines, and Excel's `sep=`.
struct CSVStart {
  /// Bytes ahead of the first record, and its line, from 1.
  private(set) var offset: Int
  private(set) var line = 1

  /// What a line `sep=;` at the top says.
  private(set) var delimiter: String?

  /// Looks for the first record; `nil` if it is not in the content.
  ///
  /// Throws `empty` where there is none.
  init?(of content: Bytes, isLast: Bool, options: ReadingOptions) throws(TableError) {
    offset = content.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if let skip = options.skip, skip < 0 { throw TableError(.unsuitableSkip(skip)) }
    readDelimiter(content)
    while line <= options.skip ?? 0, offset < content.count { skipLine(content) }
    let comment = CommentMark(options.comment)
    while offset < content.count, isEmptyLine(content) || comment.begins(content[offset...]) {
      skipLine(content)
    }
    if offset >= content.count {
      if isLast { throw TableError(.empty) }
      return nil
    }
  }

  private func isEmptyLine(_ content: Bytes) -> Bool {
    content[offset] == 0x0A || content[offset] == 0x0D
  }

  /// Goes to the line after the next line end.
  private mutating func skipLine(_ content: Bytes) {
    while offset < content.count, content[offset] != 0x0A, content[offset] != 0x0D { offset += 1 }
    guard offset < content.count else { return }
    let isPair = content[offset] == 0x0D && content[offset...].dropFirst().first == 0x0A
    offset += isPair ? 2 : 1
    line += 1
  }

  /// Reads Excel's first line `sep=;`, which may stand in quotes.
  private mutating func readDelimiter(_ content: Bytes) {
    let end = content[offset...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? content.count
    let text = content[offset..<end].filter { $0 != UInt8(ascii: "\"") }
    guard text.count == 5, end < content.count,
      text.prefix(4).elementsEqual("sep=".utf8) || text.prefix(4).elementsEqual("SEP=".utf8)
    else { return }
    delimiter = String(decoding: text.suffix(1), as: UTF8.self)
    skipLine(content)
  }
}

/// What begins a line that is no record.
struct CommentMark {
  private let bytes: [UInt8]

  init(_ text: String?) { bytes = Array((text ?? "").utf8) }

  var isGiven: Bool { !bytes.isEmpty }

  func begins(_ line: Slice<Bytes>) -> Bool {
    isGiven && line.drop(while: CellText.isSpace).starts(with: bytes)
  }

  func begins(_ start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> Bool {
    begins(Bytes(start: start, count: end - start)[...])
  }
}
