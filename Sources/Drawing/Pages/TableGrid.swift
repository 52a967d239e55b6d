/// Columns of a table that stand beside each other, and how wide each is.
struct TableGrid {
  /// Their places in the table.
  let columns: [Int]
  let widths: [Double]
  let isNumeric: [Bool]

  private static let gap = 12.0

  /// Where each column begins.
  var starts: [Double] {
    var starts: [Double] = []
    var x = 0.0
    for width in widths {
      starts.append(x)
      x += width + Self.gap
    }
    return starts
  }

  var width: Double { widths.reduce(0, +) + Double(widths.count - 1) * Self.gap }

  /// A table's columns in as few grids as their widths allow, each with the first column.
  ///
  /// Texts, and names over numbers, are broken into lines, unless there is room for them.
  static func grids(
    of table: PageTable, width room: Double, _ breaker: LineBreaker
  ) -> [TableGrid] {
    let columns = table.columns.indices.map { widths(of: table, $0, room, breaker) }
    return columnsBeside(each: columns.map(\.least), room).map { beside in
      TableGrid(
        columns: beside, widths: grown(beside, columns, room),
        isNumeric: beside.map { table.columns[$0].isNumeric })
    }
  }

  private static func columnsBeside(each widths: [Double], _ room: Double) -> [[Int]] {
    var grids = [[0]]
    var filled = widths[0]
    for column in widths.indices.dropFirst() {
      if filled + gap + widths[column] > room, grids[grids.count - 1].count > 1 {
        grids.append([0])
        filled = widths[0]
      }
      grids[grids.count - 1].append(column)
      filled += gap + widths[column]
    }
    return grids
  }

  /// The widths, those of broken texts larger by what is left of the room.
  private static func grown(
    _ beside: [Int], _ widths: [(least: Double, natural: Double)], _ room: Double
  ) -> [Double] {
    var left =
      room - beside.reduce(0) { $0 + widths[$1].least } - Double(beside.count - 1) * gap
    return beside.map { column in
      let (least, natural) = widths[column]
      let more = min(max(left, 0), natural - least)
      left -= more
      return least + more
    }
  }

  /// The width that lets nothing be broken, and that which a column has at least.
  private static func widths(
    of table: PageTable, _ column: Int, _ room: Double, _ breaker: LineBreaker
  ) -> (least: Double, natural: Double) {
    let header = table.columns[column]
    let name = breaker.measure(PlainText.oneLine(header.name), PageStyle.header)
    let words = header.name.split(whereSeparator: \.isWhitespace).map {
      breaker.measure(PlainText.oneLine(String($0)), PageStyle.header)
    }
    let cells = table.rows.reduce(0) {
      max($0, breaker.measure(PlainText.oneLine($1[column]), PageStyle.cell))
    }
    // Rounded up, so that a line of that very width is not broken.
    func held(_ width: Double, to limit: Double) -> Double {
      min((width + 0.1).rounded(.up), limit)
    }
    // A number is not broken, but beside the first column it must fit.
    let limit = header.isNumeric && column > 0 ? room * 0.7 - gap : room * 0.22
    let whole = header.isNumeric ? max(words.max() ?? 0, cells) : max(name, cells)
    return (held(whole, to: limit), held(max(name, cells), to: room))
  }
}
