/// What separates the fields of a file, and how many lines of title stand above the table.
struct CSVLayout {
  let delimiter: UInt8
  private(set) var titles: Int
  private let isBySpaces: Bool

  /// - Parameter named: the delimiter that the caller or the file itself names.
  init(
    of sample: CSVSample, named: String?, _ options: ReadingOptions
  ) throws(TableError) {
    let given = try named.map(Self.checked)
    let mayHaveTitles = options.skip == nil
    var best = (delimiter: given ?? UInt8(ascii: ","), titles: 0, share: 0.0)
    for (index, candidate) in CSVSample.candidates.enumerated()
    where given == nil || candidate == given {
      let counts = sample.records.map { $0.counts[index] }
      let share = Self.evenness(counts)
      if share > best.share { best = (candidate, 0, share) }
    }
    if mayHaveTitles, best.share < 0.5 {
      for (index, candidate) in CSVSample.candidates.enumerated()
      where given == nil || candidate == given {
        guard let found = Self.titled(sample.records, index), found.share > best.share else {
          continue
        }
        best = (candidate, found.titles, found.share)
      }
    }
    isBySpaces = given == nil && best.share == 0 && Self.isDividedBySpaces(sample.records)
    delimiter = isBySpaces ? UInt8(ascii: " ") : best.delimiter
    titles = best.titles
  }

  /// Takes the first records for a title too where the program that wrote them filled them up to the
  /// width of the table, as Excel does: `Report;;`.
  ///
  /// They have a text in the first field or nothing at all, and the record after them has a value in
  /// every field.
  mutating func findPaddedTitles(of sample: CSVSample, in content: Bytes, isLast: Bool) {
    guard titles == 0 else { return }
    for (index, place) in sample.records.prefix(21).enumerated() {
      guard
        let record = try? CSVRecord(of: content, from: place, delimiter: delimiter, isLast: isLast),
        record.fields.count > 2
      else { return }
      if record.fields.dropLast().allSatisfy({ !$0.raw.isEmpty }) {
        // Names of columns; numbers are rows of a table whose header lacks names.
        if !record.fields.contains(where: \.isNumber) { titles = index }
        return
      }
      let isTitle = record.fields.dropFirst().allSatisfy(\.raw.isEmpty)
      guard isTitle, !record.fields[0].isNumber else { return }
      if index == 0, record.fields[0].raw.isEmpty { return }
    }
  }

  func notes(of sample: CSVSample, _ options: ReadingOptions) -> [ReadingNote] {
    var notes: [ReadingNote] = []
    if titles > 0, titles < sample.records.count {
      notes.append(
        .titleLines(
          count: titles, first: sample.records[0].line, table: sample.records[titles].line))
    }
    if isBySpaces { notes.append(.dividedBySpaces) }
    return notes
  }

  /// The share of the records that a delimiter divides as it does the first; 0 where it does not
  /// divide that.
  private static func evenness(_ counts: [Int]) -> Double {
    guard let first = counts.first, first > 0 else { return 0 }
    return share(counts[...])
  }

  /// The share of the records that have as many delimiters as the first, or all one more: the first
  /// then is a header that leaves out a name, or no delimiter ends it as it ends the rows.
  private static func share(_ counts: ArraySlice<Int>) -> Double {
    guard let first = counts.first else { return 0 }
    let same = counts.count { $0 == first }
    let rows = counts.dropFirst().count { $0 == first + 1 }
    return Double(max(same, 1 + rows)) / Double(counts.count)
  }

  /// How many lines of title stand above records that the delimiter divides evenly, and the share of
  /// all records that those are.
  ///
  /// A title has no delimiter, or far fewer than the records: one fewer is a faulty row or a header
  /// that leaves out a name.
  private static func titled(
    _ records: [CSVSample.Record], _ index: Int
  ) -> (titles: Int, share: Double)? {
    let counts = records.map { $0.counts[index] }
    for titles in counts.indices.dropFirst().prefix(20) {
      let rest = counts[titles...]
      guard rest.count > 1, counts[titles] > 0 else { continue }
      let expected = counts[titles + 1]
      guard
        expected == counts[titles]
          || expected == counts[titles] + 1 && !records[titles].isRemark,
        (0..<titles).allSatisfy({
          counts[$0] == 0 || counts[$0] < counts[titles] - 1
            || records[$0].isRemark && counts[$0] != expected
        })
      else { continue }
      let share = share(rest)
      if share >= 0.8 { return (titles, share * Double(rest.count) / Double(counts.count)) }
    }
    return nil
  }

  /// Whether runs of spaces divide all records into as many fields, and no text of several words
  /// can be meant: each row has a number.
  private static func isDividedBySpaces(_ records: [CSVSample.Record]) -> Bool {
    guard let first = records.first, first.words > 1, records.count > 1 else { return false }
    return records.allSatisfy { $0.words == first.words }
      && records.dropFirst().allSatisfy(\.hasNumber)
  }

  private static func checked(_ given: String) throws(TableError) -> UInt8 {
    let forbidden = "\"'.+-\r\n"
    guard let character = given.unicodeScalars.first, given.unicodeScalars.count == 1,
      character.isASCII, character.value >= 0x20 || character == "\t", character.value != 0x7F,
      !character.properties.isAlphabetic, character.properties.numericType == nil,
      !forbidden.unicodeScalars.contains(character)
    else { throw TableError(.unsuitableDelimiter(given)) }
    return UInt8(ascii: character)
  }
}

/// Whether the first record names the columns, as far as the records after it show.
struct HeaderGuess {
  let isHeader: Bool
  /// Whether that is no matter of course: the first record holds numbers.
  private let isSurprising: Bool
  /// Whether the first record, taken for data, may be names all the same.
  private let countsColumns: Bool
  private let isMixed: Bool

  init(_ first: [Field], rows: [[Field]]) {
    countsColumns = first.count > 2 && Self.countsUp(first[...])
    isMixed = first.contains(where: \.isText) && first.contains(where: \.isNumber)
    guard first.contains(where: \.isNumber) else {
      (isHeader, isSurprising) = (true, false)
      return
    }
    let hasNamelessFirst = first.first?.raw.isEmpty == true && first.count > 1
    isHeader =
      hasNamelessFirst && Self.countsUp(first.dropFirst())
      || first.first?.isText == true && Self.areYears(first.dropFirst())
      || first.indices.contains { first[$0].isText && Self.isNumbers(rows, column: $0) }
    isSurprising = isHeader
  }

  func notes(line: Int) -> [ReadingNote] {
    if isSurprising { return [.guessedHeader(line: line)] }
    if isHeader { return [] }
    return countsColumns
      ? [.numbersAsData(line: line)] : isMixed ? [.firstLineAsData(line: line)] : []
  }

  /// Whether the fields are 0, 1, 2, …, as pandas calls columns without names.
  private static func countsUp(_ fields: ArraySlice<Field>) -> Bool {
    zip(fields, 0...).allSatisfy { $0.text == String($1) }
  }

  /// Whether the fields are 2019, 2020, …, as columns of years are called.
  private static func areYears(_ fields: ArraySlice<Field>) -> Bool {
    guard fields.count > 1, let name = fields.first?.text, let first = Int(name) else {
      return false
    }
    return (1900...2100).contains(first)
      && zip(fields, first...).allSatisfy { $0.text == String($1) }
  }

  private static func isNumbers(_ rows: [[Field]], column: Int) -> Bool {
    let cells = rows.compactMap { column < $0.count ? $0[column] : nil }
    return cells.contains(where: \.isNumber) && !cells.contains(where: \.isText)
  }
}
