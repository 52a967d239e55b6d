import DocumentEvaluation
import ThrAnalysis

/// Recorded values as a small table: a column for each part, a row for each turn.
struct TurnTable {
  /// `nil` where nothing was computed.
  let text: String?

  init(_ recording: Recording, numberedFrom first: Int, _ seen: [Int: ObservedValues]) {
    let columns = recording.columns.enumerated().compactMap { index, column in
      seen[first + index].map { (label: column.label, values: $0) }
    }
    guard let value = columns.last, seen[first + recording.columns.count - 1] != nil else {
      text = nil
      return
    }
    // Beside a value that is not computed in every turn, those of all turns would mislead.
    let together = columns.filter { $0.values.count == value.values.count }
    text =
      value.values.count == 1
      ? together.map { Self.line($0.label, $0.values.full) }.joined(separator: "\n")
      : Self.table(together)
  }

  /// `x = 3`, or a value of several lines below its name.
  static func line(_ label: String, _ value: String) -> String {
    value.contains("\n") ? "\(label) =\n\(value)" : "\(label) = \(value)"
  }

  private static func table(_ columns: [(label: String, values: ObservedValues)]) -> String {
    let count = columns.first?.values.count ?? 0
    let shown = min(count, ObservedValues.mostKept)
    var rows = [["turn"] + columns.map(\.label)]
    for turn in 0..<shown { rows.append(["\(turn + 1)"] + columns.map { $0.values.first[turn] }) }
    if count > shown + 1 { rows.append(["…"]) }
    if count > shown { rows.append(["\(count)"] + columns.map(\.values.last)) }
    let widths = (0...columns.count).map { column in
      rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (index, cell) in row.enumerated() {
        line += cell
        guard index < row.count - 1 else { continue }
        line += String(repeating: " ", count: widths[index] - cell.count + 2)
      }
      return line
    }.joined(separator: "\n")
  }
}
