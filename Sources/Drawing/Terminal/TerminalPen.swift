// How lines look in dots, so that they can be recognised without colour.

extension Look {
  var dotPen: DotPen {
    if isReference {
      let isFirst = pattern.isMultiple(of: 2)
      return DotPen(
        ink: .faint, dashes: isFirst ? [1, 2] : [1, 1, 1, 4], symbol: isFirst ? "." : ":")
    }
    let index = if case .data(let index) = ink { index } else { 0 }
    let dashes = Palette.dotDashes[min(pattern, Palette.dotDashes.count - 1)]
    return DotPen(
      ink: TerminalInk(ink), dashes: dashes,
      symbol: Palette.symbols[index % Palette.symbols.count])
  }
}

extension Palette {
  /// In the order of the pictures' dashes.
  fileprivate static let dotDashes: [[Int]] = [
    [], [4, 3], [5, 2, 1, 2], [2, 2], [8, 2, 2, 2], [1, 1],
  ]
  fileprivate static let symbols: [Character] = ["*", "o", "x", "#", "%", "="]
}

extension Figure.Rule {
  var dotPen: DotPen {
    DotPen(ink: .bold, dashes: [2, 2], symbol: direction == .vertical ? "|" : "-")
  }

  /// Across the whole plot.
  func path(at unit: Double) -> [Point] {
    direction == .vertical
      ? [Point(x: unit, y: 1), Point(x: unit, y: 0)]
      : [Point(x: 0, y: unit), Point(x: 1, y: unit)]
  }
}

extension TerminalStyle {
  struct AxisPieces {
    let vertical, horizontal, corner, xTick, yTick, heavyHorizontal, heavyVertical: String
  }

  var axisPieces: AxisPieces {
    self == .ascii
      ? AxisPieces(
        vertical: "|", horizontal: "-", corner: "+", xTick: "+", yTick: "+",
        heavyHorizontal: "=", heavyVertical: "#")
      : AxisPieces(
        vertical: "│", horizontal: "─", corner: "└", xTick: "┬", yTick: "┤",
        heavyHorizontal: "━", heavyVertical: "┃")
  }

  var mark: String { self == .ascii ? "@" : "●" }

  func verticalRoom(_ rows: Int) -> TickRoom {
    TickRoom(
      length: Double(rows - 1), gap: 1, extent: { _ in 1 },
      wanted: min(max(Double(rows) / 3 + 1, 2), 6), isASCII: self == .ascii)
  }

  func horizontalRoom(_ columns: Int) -> TickRoom {
    TickRoom(
      length: Double(columns - 1), gap: 2, extent: { Double(TerminalColumns.of($0)) },
      wanted: min(max(Double(columns) / 10 + 1, 2), 6), isASCII: self == .ascii)
  }
}
