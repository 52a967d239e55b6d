extension TableError: CustomStringConvertible {
  /// Message: one line without a full stop, with the file where there is one.
  public var message: String {
    if case .file(let error) = problem { return error.message }
    guard let path else { return what }
    return "`\(path)`: \(what)"
  }

  /// Remedy, where there is one.
  public var remedy: String? {
    switch problem {
    case .file(let error): error.remedy
    case .cancelled, .empty, .rowOutOfRange, .unequalLengths: nil
    case .foreignFormat(let format): format.remedy(for: path)
    case .damaged: "copy it again from its source, or write it again"
    case .unsupported(_, let remedy): remedy
    case .nulByte: "check that this is a text file; save it as CSV in UTF-8"
    case .invalidUTF8:
      "name its encoding, such as `encoding=\"latin-1\"`, or convert it first: "
        + "`iconv -f LATIN1 -t UTF-8 old.csv > new.csv`"
    case .unterminatedQuote:
      "close the quote; a quote within a quoted field is written twice"
    case .malformedJSON, .noRecords: "write an array of records, or a record on each line"
    case .tooManyColumns: "write the keys that are data as values: `{\"key\": …, \"value\": …}`"
    case .tooManyFields: "check the delimiter, and that the lines end where they should"
    case .longRecord: "check that the lines end where they should, and that quotes are closed"
    case .unsuitableOption(let option): "leave `\(option)` out"
    case .infiniteNumber: "write the table as CSV, or leave these rows out"
    case .everyRowRefused(_, _, let first) where first.reason.isOfJSON:
      "write an array of records, or a record on each line"
    case .everyRowRefused:
      "check the delimiter and the header line, or set `delimiter=`, `header=`, `skip=` or "
        + "`comment=\"#\"`"
    case .noMatch, .noTables, .tooManyFiles, .severalFormats, .plainFolder, .differentPartitions,
      .differentColumns, .differentKinds:
      remedyOfFiles
    case .changedWhileReading: "read it again when no program writes to it"
    case .noMemory: "check that the lines end where they should, or allow the process more memory"
    case .unsuitableDelimiter: "use one character, such as `,` or `;` or a tab"
    case .unsuitableMark(_, let option):
      option == "decimal" ? "use `.` or `,`" : "use one of `,` `.` `'` `_` and a space"
    case .unsuitableSkip: "give the number of lines above the table"
    case .unknownEncoding: "use \(TextEncoding.names.map { "`\($0)`" }.joined(separator: ", "))"
    case .duplicateName: "give one of the columns another name"
    case .unknownColumn(_, let names): "the columns are \(listed(names))"
    case .notNumbers: "correct the cell, leave it empty, or choose another column"
    }
  }

  public var description: String { remedy.map { "\(message); \($0)" } ?? message }

  private var what: String {
    switch problem {
    case .file(let error): error.message
    case .cancelled: "interrupted"
    case .empty: "the file is empty"
    case .foreignFormat(let format): "this is \(format.name), which is not read"
    case .damaged(let kind, let reason): "this \(kind) is damaged: \(reason)"
    case .unsupported(let reason, _): reason
    case .malformedJSON(let line, let reason): "line \(line) is not valid JSON: \(reason)"
    case .noRecords: "the file holds no records, so its columns are not known"
    case .tooManyColumns(let line, let limit):
      "there are more than \(limit) different keys up to line \(line)"
    case .tooManyFields(let line, let limit):
      "line \(line) has more than \(limit) fields"
    case .longRecord(let line):
      "the record that begins on line \(line) is \(longestRecord >> 20) MB long or longer"
    case .unsuitableOption(let option): "`\(option)` is for CSV text, which this file is not"
    case .infiniteNumber(let column, let row):
      "JSON has no infinite numbers: row \(row) of column `\(printable(column))` is one"
    case .nulByte(let line): "line \(line) contains a NUL byte"
    case .invalidUTF8(let line): "line \(line) is not valid UTF-8"
    case .unterminatedQuote(let line): "the quote that opens on line \(line) is never closed"
    case .everyRowRefused(let count, _, let first):
      count == 1
        ? "the only row is invalid: line \(first.line) has \(first.reason.description)"
        : "all \(count) rows are invalid: line \(first.line) has \(first.reason.description)"
    case .noMatch, .noTables, .tooManyFiles, .severalFormats, .plainFolder, .differentPartitions,
      .differentColumns, .differentKinds:
      faultOfFiles
    case .changedWhileReading: "the file changed while it was being read"
    case .noMemory(let needed):
      "one line is so long that reading it needs \(needed / 1_000_000) MB, which are not available"
    case .unsuitableDelimiter(let text): "`\(printable(text))` cannot separate fields"
    case .unsuitableMark(let text, "decimal"): "`\(printable(text))` cannot be the decimal mark"
    case .unsuitableMark(let text, _): "`\(printable(text))` cannot separate thousands"
    case .unsuitableSkip(let count): "\(count) lines cannot be skipped"
    case .unknownEncoding(let name): "there is no encoding `\(printable(name))`"
    case .unequalLengths(let column, let count, let expected):
      "column `\(column)` has \(count) rows where the table has \(expected)"
    case .duplicateName(let name): "two columns are named `\(name)`"
    case .unknownColumn(let name, _): "there is no column `\(name)`"
    case .rowOutOfRange(let row, let rows): "there is no row \(row) in a table of \(rows)"
    case .notNumbers(let column, nil): "column `\(column)` is text"
    case .notNumbers(let column, let cell?):
      if let line = cell.line {
        "column `\(column)` is text: line \(line) has `\(printable(cell.text))`"
      } else {
        "column `\(column)` is text: it has `\(printable(cell.text))`"
      }
    }
  }
}

// MARK: - Several files

extension TableError {
  private var faultOfFiles: String {
    switch problem {
    case .noMatch: "no file matches the pattern"
    case .noTables: "the folder has no tables"
    case .tooManyFiles(let limit): "there are more than \(limit) files"
    case .severalFormats(let one, let other):
      "the files have several formats, as \(quoted(one)) and \(quoted(other)) do"
    case .plainFolder(let folder):
      "the folder \(quoted(folder)) is not named as a partition is, `key=value`"
    case .differentPartitions(let one, let other):
      "\(quoted(one)) and \(quoted(other)) are in folders of different keys"
    case .differentColumns(let first, let missing, let added):
      "its columns are not those of \(quoted(first)): "
        + (missing.isEmpty
        ? [] : ["\(listed(missing)) \(missing.count == 1 ? "is" : "are") missing"])
        .appending(
          added.isEmpty ? nil : "\(listed(added)) \(added.count == 1 ? "is" : "are") added")
    case .differentKinds(let column, let other):
      "column `\(printable(column))` is numbers, and text in \(quoted(other))"
    default: ""
    }
  }

  private var remedyOfFiles: String? {
    switch problem {
    case .noMatch:
      "check the pattern, in which `*` stands for a part of a name and `**` for folders"
    case .noTables:
      "check the folder; tables have names that end in "
        + TableFormat.all.filter(\.isSupported).flatMap(\.endings).map { ".\($0)" }
        .joined(separator: ", ")
    case .tooManyFiles: "name fewer files"
    case .severalFormats: "name the files of one format, as in `data/*.csv`"
    case .plainFolder: "name the files, as in `data/*/*.csv`"
    case .differentPartitions: "name the folders that have the same keys"
    case .differentColumns: "give all files the same columns, or read them one by one"
    case .differentKinds: "give the column the same kind in all files"
    default: nil
    }
  }

  private func quoted(_ path: String) -> String { "`\(PathText.shown(path))`" }
}

extension [String] {
  /// The texts with one more, if there is one, in a list.
  fileprivate func appending(_ text: String?) -> String {
    (self + [text].compactMap { $0 }).joined(separator: ", ")
  }
}

/// A text from a file as it may stand in a message: short, on one line.
func printable(_ text: String) -> String {
  let limit = 40
  var shown = ""
  for scalar in text.unicodeScalars.prefix(limit) {
    switch scalar {
    case "\t": shown += "\\t"
    case "\n": shown += "\\n"
    case "\r": shown += "\\r"
    default: shown.unicodeScalars.append(scalar.properties.isControl ? "\u{FFFD}" : scalar)
    }
  }
  return text.unicodeScalars.dropFirst(limit).isEmpty ? shown : shown + "…"
}

extension Unicode.Scalar.Properties {
  fileprivate var isControl: Bool { generalCategory == .control }
}

/// At most the first few names, for a message.
private func listed(_ names: [String]) -> String {
  let shown = names.prefix(8).map { "`\(printable($0))`" }.joined(separator: ", ")
  return names.count > 8 ? shown + ", …" : shown
}
