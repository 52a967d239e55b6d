/// The first lines of a file: what separates fields, and what the columns are called.
struct CSVHeader {
  let delimiter: UInt8
  let names: [String]
  let isHeader: Bool
  let notes: [ReadingNote]

  /// Bytes ahead of the first row, and the line on which that row begins.
  let length: Int
  let firstLine: Int

  /// Looks at the start of the content; `nil` if the first record does not end in it.
  init?(of content: Bytes, isLast: Bool, options: ReadingOptions) throws(TableError) {
    var start = content.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    while start < content.count, content[start] == 0x0A || content[start] == 0x0D {
      let isPair = content[start] == 0x0D && content.dropFirst(start + 1).first == 0x0A
      start += isPair ? 2 : 1
      line += 1
    }
    let rest = Bytes(rebasing: content.dropFirst(start))
    guard !rest.isEmpty else {
      if isLast { throw TableError(.empty) }
      return nil
    }
    delimiter = try Self.chosenDelimiter(options, for: rest, isLast: isLast)
    guard
      let record = try Self.record(of: rest, delimiter: delimiter, isLast: isLast, line: line)
    else { return nil }
    isHeader = options.header ?? !record.fields.contains(where: \.isNumber)
    if isHeader {
      (names, notes) = try Self.names(from: record.fields, line: line)
      length = start + record.length
      firstLine = line + record.lines
    } else {
      names = record.fields.indices.map { "x\($0 + 1)" }
      notes = []
      length = start
      firstLine = line
    }
  }

  private struct Record {
    var fields: [Field] = []
    var length = 0
    var lines = 0
  }

  private static func record(
    of content: Bytes, delimiter: UInt8, isLast: Bool, line: Int
  ) throws(TableError) -> Record? {
    guard let start = content.baseAddress else { return nil }
    var scanner = FieldScanner(
      at: start, end: start + content.count, delimiters: [delimiter], isLast: isLast)
    var record = Record()
    while true {
      let (field, ending) = scanner.next()
      switch ending {
      case .incomplete: return nil
      case .unterminated: throw TableError(.unterminatedQuote(line: line + field.lineInRecord))
      case .delimiter: record.fields.append(field)
      case .line:
        record.fields.append(field)
        record.length = scanner.cursor - start
        record.lines = 1 + scanner.lineEnds
        return record
      }
    }
  }

  /// The names of a header: none twice, none empty.
  private static func names(
    from fields: [Field], line: Int
  ) throws(TableError) -> (names: [String], notes: [ReadingNote]) {
    var texts: [String] = []
    for field in fields {
      let line = line + field.lineInRecord
      if field.raw.contains(0) { throw TableError(.nulByte(line: line)) }
      guard let text = field.text else { throw TableError(.invalidUTF8(line: line)) }
      texts.append(text)
    }
    var notes: [ReadingNote] = []
    var taken = Set<String>()
    var names: [String] = []
    let given = Set(texts)
    for (index, text) in texts.enumerated() {
      var name = text.isEmpty ? "x\(index + 1)" : text
      var number = 2
      // A new name must not take one that a later column brings along.
      while taken.contains(name) || (name != text && given.contains(name)) {
        name = text.isEmpty ? "x\(index + 1)_\(number)" : "\(text)_\(number)"
        number += 1
      }
      if name != text { notes.append(.renamed(from: text, to: name)) }
      taken.insert(name)
      names.append(name)
    }
    return (names, notes)
  }
}

extension Field {
  /// Whether the field, its quotes removed, reads as a number.
  fileprivate var isNumber: Bool {
    switch withContent(CellText.number(in:)) {
    case .number, .outOfRange: true
    case .missing, .notANumber, .text: false
    }
  }
}

// MARK: - The delimiter

extension CSVHeader {
  /// Tab and `;` come first: where they divide all lines evenly, a comma is a decimal comma or a
  /// part of texts; the other way round is rare.
  private static let candidates = [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")]

  private static func chosenDelimiter(
    _ options: ReadingOptions, for content: Bytes, isLast: Bool
  ) throws(TableError) -> UInt8 {
    guard let given = options.delimiter else { return detected(in: content, isLast: isLast) }
    let forbidden = "\"'.+-\r\n"
    guard let character = given.unicodeScalars.first, given.unicodeScalars.count == 1,
      character.isASCII, character.value >= 0x20 || character == "\t", character.value != 0x7F,
      !character.properties.isAlphabetic, character.properties.numericType == nil,
      !forbidden.unicodeScalars.contains(character)
    else { throw TableError(.unsuitableDelimiter(given)) }
    return UInt8(ascii: character)
  }

  /// The candidate that divides the first records into the same number of fields, two at least;
  /// failing that, the one that divides most records as it does the first.
  private static func detected(in content: Bytes, isLast: Bool) -> UInt8 {
    let records = delimiterCounts(in: content, isLast: isLast)
    var best = (delimiter: UInt8(ascii: ","), share: 0.0)
    for (index, candidate) in candidates.enumerated() {
      let counts = records.map { $0[index] }
      guard let first = counts.first, first > 0 else { continue }
      let share = Double(counts.count { $0 == first }) / Double(counts.count)
      if share > best.share { best = (candidate, share) }
    }
    return best.delimiter
  }

  /// How many of each candidate stand outside quotes in each of the first records.
  private static func delimiterCounts(in content: Bytes, isLast: Bool) -> [[Int]] {
    guard let start = content.baseAddress else { return [] }
    let end = start + content.count
    var records: [[Int]] = []
    var cursor = start
    while cursor < end, records.count < 50 {
      // Quotes are found after any candidate, so that none counts that stands in quotes.
      var scanner = FieldScanner(at: cursor, end: end, delimiters: candidates, isLast: isLast)
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
      // A record that is cut off counts only if it is the only one.
      if ending == .line ? !isBlank : records.isEmpty { records.append(counts) }
      if ending != .line { break }
      cursor = scanner.cursor
    }
    return records
  }
}
