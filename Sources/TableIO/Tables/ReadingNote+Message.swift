extension ReadingNote: CustomStringConvertible {
  public var description: String {
    switch self {
    case .renamed("", let name): "a column without a name is named `\(name)`"
    case .renamed(let old, let name):
      "a second column named `\(printable(old))` is renamed `\(printable(name))`"
    case .notANumber(let column, let count, let line):
      "column `\(printable(column))`: \(count) \(count == 1 ? "cell is" : "cells are") NaN, "
        + "first on line \(line); treated as missing"
    case .mixed(let column, let first):
      "column `\(printable(column))` is read as text, though most cells are numbers: "
        + "line \(first.line ?? 0) has `\(printable(first.text))`"
    case .decimalCommas(let column, let first):
      "column `\(printable(column))` is read as text, because its numbers have decimal commas: "
        + "line \(first.line ?? 0) has `\(printable(first.text))`; read it with `decimal=\",\"`"
    case .noValues(let column): "column `\(printable(column))` has no values"
    case .nested(let column, let count, let line):
      "column `\(printable(column))`: \(count) \(count == 1 ? "cell is an array or object" : "cells are arrays or objects"), "
        + "first on line \(line); kept as JSON text"
    case .leftOut(let column, let kind):
      "column `\(printable(column))` is left out, as it holds \(kind)"
    case .inexact(let column, let first):
      "column `\(printable(column))` is text, as no number holds "
        + "`\(printable(first.text))` exactly, on line \(first.line ?? 0)"
    case .numbersAndTexts(let column, let first):
      "column `\(printable(column))` is text, as it holds numbers and other values: "
        + "line \(first.line ?? 0) has `\(printable(first.text))`"
    case .eitherComma, .readDecimalCommas, .readThousands, .percentages, .leadingZeros:
      styleText
    case .rowIndex(let column):
      "column `\(printable(column))` has the row numbers, and is not used as a feature; "
        + "`features=` overrides that"
    case .shortRows(let count, let line):
      "\(rows(count)) fewer fields than there are columns, first on line \(line); the rest is "
        + "missing"
    case .longRows(let count, let line):
      "\(rows(count)) a delimiter at the end, first on line \(line); it is ignored"
    case .emptyLineEnds: "each line ends with a delimiter, which is ignored"
    case .titleLines, .dividedBySpaces, .guessedHeader, .numbersAsData, .firstLineAsData: layoutText
    }
  }

  /// The column that the note is about; `nil` for a note on the file or its header.
  var column: String? {
    switch self {
    case .notANumber(let column, _, _), .nested(let column, _, _), .noValues(let column),
      .rowIndex(let column), .mixed(let column, _), .decimalCommas(let column, _),
      .inexact(let column, _), .numbersAndTexts(let column, _), .eitherComma(let column, _),
      .readDecimalCommas(let column, _), .readThousands(let column, _),
      .percentages(let column, _), .leadingZeros(let column, _), .leftOut(let column, _):
      column
    default: nil
    }
  }

  private func rows(_ count: Int) -> String { count == 1 ? "1 row has" : "\(count) rows have" }

  /// What was guessed of the first lines, and how to override it.
  private var layoutText: String {
    switch self {
    case .titleLines(let count, let first, let table):
      (count == 1
        ? "line \(first) is read as a title"
        : "\(count) lines from line \(first) are read as a title")
        + ", and the table begins on line \(table); `skip=0` overrides that"
    case .dividedBySpaces: "fields are separated by spaces; `delimiter=\",\"` overrides that"
    case .guessedHeader(let line):
      "line \(line) contains numbers and is read as the names of the columns; "
        + "`header=false` overrides that"
    case .numbersAsData(let line):
      "line \(line), which counts 0, 1, 2, …, is read as data; if it has the names of the columns, "
        + "set `header=true`"
    case .firstLineAsData(let line):
      "line \(line) contains texts and numbers and is read as data, not as the names of the columns; "
        + "`header=true` overrides that"
    default: ""
    }
  }

  /// What was guessed of how numbers are written, and how to override it.
  private var styleText: String {
    switch self {
    case .eitherComma(let column, let first):
      "column `\(printable(column))` is read as text: in \(place(first)) the comma is a decimal "
        + "comma or separates thousands; set `decimal=\",\"` or `thousands=\",\"`"
    case .readDecimalCommas(let column, let first):
      "column `\(printable(column))` is read as numbers with decimal commas: \(place(first)); "
        + "`decimal=\".\"` keeps them as text"
    case .readThousands(let column, let first):
      "column `\(printable(column))` is read as numbers with separated thousands: "
        + "\(place(first)); \(keepingText(column))"
    case .percentages(let column, let first):
      "column `\(printable(column))` has percentages, which are read as shares of 1: "
        + "\(place(first)); \(keepingText(column))"
    case .leadingZeros(let column, let first):
      "column `\(printable(column))` has numbers with leading zeros: \(place(first)); "
        + keepingText(column)
    default: ""
    }
  }

  private func place(_ first: LocatedText) -> String {
    "line \(first.line ?? 0) has `\(printable(first.text))`"
  }

  private func keepingText(_ column: String) -> String {
    "`text=[\"\(printable(column))\"]` keeps them as text"
  }
}
