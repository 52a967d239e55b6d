import TableIO
import ThrModel
import ThrSyntax

extension Parameter where Input == ReadingOptions {
  /// How a file is read where that should not be detected.
  static let csvOptions = Parameter(
    Parameter<Bool?>(
      "header",
      "Whether the first line of CSV contains the names of the columns; by default detected."),
    Parameter<String?>(
      "delimiter",
      "Separator of CSV fields; a space stands for any number of spaces. By default detected."),
    Parameter<[String]>("text", default: [], "Columns that are read as text, such as ids."),
    Parameter<Int?>(
      "skip", in: 0...1e9, unit: "lines",
      "How many lines to skip before the table in CSV; by default title lines are detected."),
    Parameter<String?>("comment", "Start of comment lines in CSV, such as `#`; they are ignored."),
    Parameter<String?>(
      "decimal", "Decimal mark of CSV, `.` or `,`; by default detected for each column."),
    Parameter<String?>(
      "thousands", "Separator of thousands in CSV; by default detected for each column."),
    Parameter<[String]?>(
      "missing",
      "Texts that mean a missing value in CSV, instead of `NA`, `null` and the like; an empty cell is "
        + "always missing."),
    Parameter<String?>(
      "encoding", "Encoding of CSV: `utf-8`, `utf-16`, `latin-1` or `windows-1252`.")
  ) { header, delimiter, text, skip, comment, decimal, thousands, missing, encoding in
    var options = ReadingOptions(header: header, delimiter: delimiter, refusedRowsNamed: 3)
    options.text = text
    options.skip = skip
    options.comment = comment.flatMap { $0.isEmpty ? nil : $0 }
    options.decimal = decimal
    options.thousands = thousands
    options.missing = missing
    options.encoding = encoding
    return options
  }
}

extension CallError {
  /// Why a path that other programs take names no file here, and what to do.
  static func unreadablePath(_ path: String) -> CallError? {
    func error(_ message: String, _ remedy: String) -> CallError {
      CallError(.fileFailed, "cannot read `\(path)`: \(message)", remedy: remedy, parameter: "path")
    }
    if path == "-" {
      return error("it is not a file", "standard input is `read(\"/dev/stdin\")`")
    }
    if path == "~" || path.hasPrefix("~/") {
      return error(
        "`~` is not replaced by the home folder",
        "write the whole path, such as `\"/home/me\(path.dropFirst())\"`")
    }
    let scheme = ["http://", "https://", "ftp://", "s3://", "gs://"].first {
      path.lowercased().hasPrefix($0)
    }
    guard scheme != nil else { return nil }
    return error("thr reads files only", "download it first, such as by `curl -O \(path)`")
  }
}

extension [ReadingNote] {
  /// The notes in words, where many that are alike become one.
  var collected: [String] {
    var counts: [Int: Int] = [:]
    for note in self { counts[note.kindNumber, default: 0] += 1 }
    var hasShown = Set<Int>()
    return compactMap { note in
      let kind = note.kindNumber
      guard let count = counts[kind], count > 3 else { return note.description }
      guard hasShown.insert(kind).inserted else { return nil }
      return "\(note); so it is for \(counted(count - 1, "more column"))"
    }
  }
}

extension ReadingNote {
  /// Equal for notes that say the same of different columns.
  fileprivate var kindNumber: Int {
    switch self {
    case .renamed(let old, _): old.isEmpty ? 0 : 1
    case .notANumber: 2
    case .mixed: 3
    case .decimalCommas: 4
    case .noValues: 5
    case .nested: 6
    case .inexact: 7
    case .numbersAndTexts: 8
    case .eitherComma: 9
    case .readDecimalCommas: 10
    case .readThousands: 11
    case .percentages: 12
    case .leadingZeros: 13
    case .rowIndex: 14
    case .shortRows: 15
    case .longRows: 16
    case .emptyLineEnds: 17
    case .titleLines: 18
    case .dividedBySpaces: 19
    case .guessedHeader, .numbersAsData, .firstLineAsData: 20
    case .leftOut: 21
    }
  }
}
