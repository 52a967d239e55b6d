/// The texts that say, without quotes, that a cell has no value; an empty cell always does.
struct MissingCells: Hashable, Sendable {
  /// As Python, R, pandas, databases and spreadsheets write it.
  static let usual = MissingCells(
    ["?", "NA", "na", "N/A", "n/a", "#N/A", "nan", "NaN", "NAN", "null", "NULL", "None", "<NA>"])

  /// By length: for most cells a look at one number settles it.
  private let texts: [[[UInt8]]]

  init(_ texts: [String]) {
    let longest = texts.map(\.utf8.count).max() ?? 0
    var byLength = [[[UInt8]]](repeating: [], count: longest + 1)
    for text in texts { byLength[text.utf8.count].append(Array(text.utf8)) }
    self.texts = byLength
  }

  func contains(_ cell: Bytes) -> Bool {
    if cell.isEmpty { return true }
    guard cell.count < texts.count else { return false }
    return texts[cell.count].contains { cell.elementsEqual($0) }
  }

  /// Whether one of the texts reads as a number, as `-999`.
  var holdsNumbers: Bool {
    texts.joined().contains { text in
      text.withUnsafeBufferPointer { cell in
        switch CellText.number(in: cell) {
        case .number, .inexact: true
        case .missing, .notANumber, .text: false
        }
      }
    }
  }
}
