/// What every binary format makes of its columns.
enum BinaryTable {
  /// A table of all rows of a source, with the notes of its reading.
  ///
  /// - Parameter names: of all columns, also of those that are not wanted.
  static func make(
    _ columns: [Column], names: [String], rows: Int, notes: [ReadingNote],
    of source: BinarySource
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    let origin = RowOrigin(fingerprint: try source.fingerprint(), count: rows)
    return (
      try Table(columns: columns, origin: origin),
      ReadingReport(rows: rows, notes: notes, columnNames: names)
    )
  }

  static func make(
    _ columns: [BinaryColumn], names: [String], rows: Int, notes: [ReadingNote] = [],
    of source: BinarySource
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    try make(
      columns.map { $0.finished() }, names: names, rows: rows,
      notes: notes + columns.flatMap(\.notes), of: source)
  }

  /// Which columns are read: those that are wanted.
  ///
  /// One that cannot be read is an error where it is asked for by name; where all are wanted, it is
  /// left out with a note.
  /// - Parameter columns: each with why it cannot be read, `nil` where it can.
  static func wanted(
    _ columns: [(name: String, refusal: String?)], _ options: ReadingOptions
  ) throws(TableError) -> (wanted: [Bool], notes: [ReadingNote]) {
    var notes: [ReadingNote] = []
    var wanted: [Bool] = []
    for (name, refusal) in columns {
      wanted.append(options.wants(name) && refusal == nil)
      guard let refusal, options.wants(name) else { continue }
      if options.columns != nil {
        throw TableError(
          .unsupported(
            reason: "column `\(printable(name))` holds \(refusal), which are not read",
            remedy: "write the parts that are needed as columns of their own"))
      }
      notes.append(.leftOut(column: name, holding: refusal))
    }
    return (wanted, notes)
  }

  /// Names made unique, as those of a header are, with a note for each that is changed.
  static func unique(_ names: [String]) -> (names: [String], notes: [ReadingNote]) {
    var used = Set<String>()
    let given = Set(names)
    var notes: [ReadingNote] = []
    let unique = names.enumerated().map { index, name in
      if !name.isEmpty, used.insert(name).inserted { return name }
      var number = name.isEmpty ? index + 1 : 2
      while given.contains("\(name.isEmpty ? "x" : name)\(number)")
        || !used.insert("\(name.isEmpty ? "x" : name)\(number)").inserted
      {
        number += 1
      }
      let other = "\(name.isEmpty ? "x" : name)\(number)"
      notes.append(.renamed(from: name, to: other))
      return other
    }
    return (unique, notes)
  }
}

extension ReadingOptions {
  /// Refuses options that are for text.
  func refuseTextOptions() throws(TableError) {
    let given: [(String, Bool)] = [
      ("header", header != nil), ("delimiter", delimiter != nil), ("text", !text.isEmpty),
      ("skip", skip != nil), ("comment", comment != nil), ("decimal", decimal != nil),
      ("thousands", thousands != nil), ("missing", missing != nil), ("encoding", encoding != nil),
    ]
    if let option = given.first(where: \.1) { throw TableError(.unsuitableOption(option.0)) }
  }

  /// Whether a column is to be read.
  func wants(_ column: String) -> Bool { columns?.contains(column) ?? true }
}
