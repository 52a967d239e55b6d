import Drawing
import NumberText
import TableIO
import ThrModel

/// The state of `.browse`: which part of a table is looked at, and in which order.
struct TableBrowser: ScreenProgram {
  let table: Table
  /// The row that is shown first, as a place in `order`.
  private(set) var top = 0
  /// The column that is shown first beside the row numbers; the one that `s` sorts by.
  private(set) var column = 0
  /// The rows in the order that they are shown in; `nil` where that is the table's own.
  private(set) var order: [Int]?
  private(set) var sorting: (column: Int, isDescending: Bool)?

  private static let widestCell = 40
  private static let gap = "  "

  init(_ table: Table) { self.table = table }

  func statement(naming name: (Value) -> String?) -> String? { nil }

  // MARK: - Keys

  mutating func take(_ key: ScreenKey, on surface: Surface) -> ScreenReaction {
    let page = max(rowsShown(on: surface) - 1, 1)
    switch key {
    case .down, .character("j"): top += 1
    case .up, .character("k"): top -= 1
    case .pageDown, .character(" "): top += page
    case .pageUp, .character("b"): top -= page
    case .home, .character("g"): top = 0
    case .end, .character("G"): top = table.rows
    case .right, .character("l"): column += 1
    case .left, .character("h"): column -= 1
    case .farRight: column = table.columns.count
    case .farLeft: column = 0
    case .character("s"): sort()
    case .character("u"): (order, sorting) = (nil, nil)
    case .enter, .escape, .character("q"): return .leave
    default: break
    }
    top = min(max(top, 0), max(table.rows - rowsShown(on: surface), 0))
    column = min(max(column, 0), max(table.columns.count - 1, 0))
    return .goOn
  }

  /// Sorts by the first column that is shown; again, the other way round.
  private mutating func sort() {
    guard table.columns.indices.contains(column) else { return }
    let isDescending = sorting.map { $0.column == column && !$0.isDescending } ?? false
    let cells = table.columns[column]
    order = (0..<table.rows).sorted { one, other in
      let (a, b) = (cells[one], cells[other])
      // Missing cells stand last either way, and equal ones as in the table.
      if a == .missing || b == .missing { return a != .missing || (b == .missing && one < other) }
      if a == b { return one < other }
      return isDescending ? b.precedes(a) : a.precedes(b)
    }
    sorting = (column, isDescending)
    top = 0
  }

  private func row(at place: Int) -> Int { order?[place] ?? place }

  // MARK: - Lines

  private func rowsShown(on surface: Surface) -> Int { max((surface.height ?? 24) - 3, 1) }

  func lines(on surface: Surface) -> [String] {
    let last = min(top + rowsShown(on: surface), table.rows)
    let places = top..<max(last, top)
    let digits = "\(max(table.rows, 1))".count
    var lines = [surface.faint(String(repeating: " ", count: digits))]
    lines += places.map { place in
      let number = "\(row(at: place) + 1)"
      return surface.faint(String(repeating: " ", count: digits - number.count) + number)
    }
    var room = surface.width - digits
    var shown = 0
    for index in column..<max(table.columns.count, column) {
      let cells = cells(of: index, places)
      let width = cells.map { TerminalColumns.of($0.text) }.max() ?? 0
      let isCut = width + Self.gap.count > room
      // The first column is shown at any width, as far as it goes.
      guard !isCut || shown == 0 else { break }
      let limit = min(width, max(room - Self.gap.count, 1))
      for (line, cell) in cells.enumerated() {
        let text = cell.padded(to: limit)
        lines[line] += Self.gap + (line == 0 ? surface.bold(text) : text)
      }
      room -= limit + Self.gap.count
      shown += 1
    }
    lines += Array(repeating: "", count: max(rowsShown(on: surface) + 1 - lines.count, 0))
    return lines + [status(shown, last, on: surface), keys(on: surface)]
  }

  private func cells(of index: Int, _ places: Range<Int>) -> [BrowsedCell] {
    let column = table.columns[index]
    var mark = ""
    if let sorting, sorting.column == index { mark = sorting.isDescending ? " v" : " ^" }
    let isNumber = if case .numbers = column.values { true } else { false }
    return [BrowsedCell(column.name + mark, isNumber: isNumber, widest: Self.widestCell)]
      + places.map { place in
        switch column[row(at: place)] {
        case .number(let number):
          BrowsedCell(number.shortestText, isNumber: true, widest: Self.widestCell)
        case .text(let text): BrowsedCell(text, isNumber: isNumber, widest: Self.widestCell)
        case .missing: BrowsedCell("", isNumber: isNumber, widest: Self.widestCell)
        }
      }
  }

  private func status(_ shown: Int, _ last: Int, on surface: Surface) -> String {
    let columns = table.columns.count
    let text =
      "rows \(Double(min(top + 1, table.rows)).countText) to \(Double(last).countText) of "
      + "\(Double(table.rows).countText), columns \(min(column + 1, columns)) to "
      + "\(column + shown) of \(columns)"
    return surface.faint(String(text.prefix(surface.width)))
  }

  private func keys(on surface: Surface) -> String {
    let text =
      "arrows, Page Up/Down, Home/End move   s sorts by the first column   u unsorts   q leaves"
    return surface.faint(String(text.prefix(surface.width)))
  }
}

extension Cell {
  /// Whether the cell stands before another in ascending order.
  fileprivate func precedes(_ other: Cell) -> Bool {
    switch (self, other) {
    case (.number(let one), .number(let other)): one < other
    case (.text(let one), .text(let other)): one < other
    default: false
    }
  }
}

/// A cell on one line, without anything that could steer a terminal.
private struct BrowsedCell {
  let text: String
  private let isNumber: Bool

  init(_ text: String, isNumber: Bool, widest: Int) {
    self.isNumber = isNumber
    self.text = ScreenRow(text.replacing("\n", with: "␊")).cut(to: widest).map(\.text).joined()
  }

  func padded(to width: Int) -> String {
    let cut = ScreenRow(text).cut(to: width).map(\.text).joined()
    let gap = String(repeating: " ", count: max(width - TerminalColumns.of(cut), 0))
    return isNumber ? gap + cut : cut + gap
  }
}
