/// The first lines of a file: what separates fields, and what the columns are called.
struct CSVHeader {
  let delimiter: UInt8
  let names: [String]
  let isHeader: Bool
  let notes: [ReadingNote]

  /// Whether the first column has no name, as where another program wrote the numbers of rows.
  let hasNamelessFirst: Bool
  let hasNamelessLast: Bool

  /// Bytes ahead of the first row, and the line on which that row begins.
  let length: Int
  let firstLine: Int

  /// Looks at the start of the content; `nil` if the first record does not end in it.
  init?(of content: Bytes, isLast: Bool, options: ReadingOptions) throws(TableError) {
    guard let start = try CSVStart(of: content, isLast: isLast, options: options) else {
      return nil
    }
    let sample = CSVSample(of: content, from: start, isLast: isLast, options: options)
    var layout = try CSVLayout(of: sample, named: options.delimiter ?? start.delimiter, options)
    if options.skip == nil, options.header != false {
      layout.findPaddedTitles(of: sample, in: content, isLast: isLast)
    }
    delimiter = layout.delimiter
    let records = sample.records.dropFirst(layout.titles)
    guard let place = records.first else {
      if isLast { throw TableError(.empty) }
      return nil
    }
    guard
      let first = try CSVRecord(
        of: content, from: place, delimiter: layout.delimiter, isLast: isLast)
    else { return nil }
    let rows = records.dropFirst().prefix(20).compactMap {
      try? CSVRecord(of: content, from: $0, delimiter: layout.delimiter, isLast: isLast)
    }
    let guess = HeaderGuess(first.fields, rows: rows.map(\.fields))
    isHeader = options.header ?? guess.isHeader
    var notes = layout.notes(of: sample, options)
    if options.header == nil { notes += guess.notes(line: first.line) }
    hasNamelessFirst = isHeader && first.fields.first?.raw.isEmpty == true
    hasNamelessLast = isHeader && first.fields.last?.raw.isEmpty == true
    if isHeader {
      let unique = try Self.names(from: first.fields, line: first.line)
      names = unique.names
      notes += unique.notes
      length = first.offset + first.length
      firstLine = first.line + first.lines
    } else {
      names = first.fields.indices.map { "x\($0 + 1)" }
      length = first.offset
      firstLine = first.line
    }
    self.notes = notes
  }

  /// The names of a header: none twice, none empty.
  ///
  /// O(bytes), however many names are equal.
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
    var lastNumbers: [String: Int] = [:]
    let given = Set(texts)
    for (index, text) in texts.enumerated() {
      let stem = text.isEmpty ? "x\(index + 1)" : text
      var name = stem
      var number = lastNumbers[stem] ?? 1
      // A new name must not take one that a later column brings along.
      while taken.contains(name) || (name != text && given.contains(name)) {
        number += 1
        name = "\(stem)_\(number)"
      }
      lastNumbers[stem] = number
      if name != text { notes.append(.renamed(from: text, to: name)) }
      taken.insert(name)
      names.append(name)
    }
    return (names, notes)
  }
}
