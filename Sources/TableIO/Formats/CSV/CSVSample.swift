/// The first records of a file, and how often each possible delimiter stands in them.
struct CSVSample {
  struct Record {
    /// Where the record begins and ends, in bytes and lines.
    let offset: Int
    let end: Int
    let line: Int
    let lines: Int
    /// For each of `candidates`, how many stand outside quotes.
    let counts: [Int]
    /// How many fields the record has where runs of spaces divide them, and whether one of them
    /// is a number.
    let words: Int
    let hasNumber: Bool
    /// Whether it begins as a remark does.
    let isRemark: Bool
  }

  /// Tab, `;` and `|` come first: where they divide all lines evenly, a comma is a decimal comma or
  /// a part of texts; the other way round is rare.
  static let candidates = [
    UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ","),
  ]

  private(set) var records: [Record] = []

  /// Empty lines and comments are no records.
  ///
  /// A record that is cut off counts only if it is the only one.
  init(of content: Bytes, from start: CSVStart, isLast: Bool, options: ReadingOptions) {
    let comment = CommentMark(options.comment)
    let delimiters = Self.delimiters(options)
    var (offset, line) = (start.offset, start.line)
    while offset < content.count, records.count < 50 {
      if comment.begins(content[offset...]) {
        let after = content[offset...].firstIndex { $0 == 0x0A || $0 == 0x0D }
        guard let after else { return }
        let isPair = content[after] == 0x0D && content[after...].dropFirst().first == 0x0A
        (offset, line) = (after + (isPair ? 2 : 1), line + 1)
        continue
      }
      let next = Self.record(of: content, from: offset, line, isLast, delimiters)
      if next.isWhole ? !next.isBlank : records.isEmpty { records.append(next.record) }
      if !next.isWhole { return }
      (offset, line) = (next.record.end, line + next.record.lines)
    }
  }

  /// Quotes are found after any candidate, so that none counts that stands in quotes.
  private static func delimiters(_ options: ReadingOptions) -> [UInt8] {
    guard let given = options.delimiter?.utf8.first, !candidates.contains(given) else {
      return candidates
    }
    return candidates + [given]
  }

  private static func record(
    of content: Bytes, from offset: Int, _ line: Int, _ isLast: Bool, _ delimiters: [UInt8]
  ) -> (record: Record, isWhole: Bool, isBlank: Bool) {
    let rest = Bytes(rebasing: content[offset...])
    guard let base = rest.baseAddress else {
      let none = Record(
        offset: offset, end: offset, line: line, lines: 0, counts: [], words: 0, hasNumber: false,
        isRemark: false)
      return (none, false, true)
    }
    var scanner = FieldScanner(
      at: base, end: base + rest.count, delimiters: delimiters, isLast: isLast)
    var counts = candidates.map { _ in 0 }
    var isBlank = true
    var ending = FieldScanner.Ending.delimiter
    while ending == .delimiter {
      let next = scanner.next()
      ending = next.ending
      isBlank = isBlank && ending == .line && next.field.raw.isEmpty && !next.field.isQuoted
      if ending == .delimiter, let index = candidates.firstIndex(of: scanner.cursor[-1]) {
        counts[index] += 1
      }
    }
    let length = scanner.cursor - base
    let words = words(in: Bytes(start: base, count: length), isLast: true)
    let record = Record(
      offset: offset, end: offset + length, line: line, lines: 1 + scanner.lineEnds,
      counts: counts, words: words.count, hasNumber: words.contains(where: \.isNumber),
      isRemark: rest.first == UInt8(ascii: "#"))
    return (record, ending == .line, isBlank)
  }

  /// The fields of a line where runs of spaces divide them.
  private static func words(in line: Bytes, isLast: Bool) -> [Field] {
    guard let base = line.baseAddress else { return [] }
    var scanner = FieldScanner(
      at: base, end: base + line.count, delimiters: [UInt8(ascii: " ")], isLast: isLast)
    var fields: [Field] = []
    while fields.count < 1_000 {
      let (field, ending) = scanner.next()
      fields.append(field)
      if ending != .delimiter { break }
    }
    return fields
  }
}

/// A record of the sample, divided into fields.
struct CSVRecord {
  private(set) var fields: [Field] = []
  let offset: Int
  private(set) var length = 0
  let line: Int
  private(set) var lines = 0

  /// The most columns of a table; each needs some hundred bytes beside its cells.
  private static let mostFields = 1_000_000

  /// `nil` where the content ends before the record does.
  init?(
    of content: Bytes, from record: CSVSample.Record, delimiter: UInt8, isLast: Bool
  ) throws(TableError) {
    (offset, line) = (record.offset, record.line)
    let rest = Bytes(rebasing: content[record.offset...])
    guard let start = rest.baseAddress else { return nil }
    var scanner = FieldScanner(
      at: start, end: start + rest.count, delimiters: [delimiter], isLast: isLast)
    while true {
      let (field, ending) = scanner.next()
      switch ending {
      case .incomplete: return nil
      case .unterminated: throw TableError(.unterminatedQuote(line: line + field.lineInRecord))
      case .delimiter:
        fields.append(field)
        guard fields.count < Self.mostFields else {
          throw TableError(.tooManyFields(line: line, limit: Self.mostFields))
        }
      case .line:
        fields.append(field)
        length = scanner.cursor - start
        lines = 1 + scanner.lineEnds
        return
      }
    }
  }
}

extension Field {
  /// Whether the field, its quotes removed, reads as a number.
  var isNumber: Bool {
    switch withContent(CellText.number(in:)) {
    case .number, .inexact: true
    case .missing, .notANumber, .text: false
    }
  }

  /// Whether the field has a value that is no number.
  var isText: Bool {
    if case .text = withContent(CellText.number(in:)) { true } else { false }
  }
}
