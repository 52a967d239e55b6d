/// What a stroke stands for; the theme says which colour that is.
enum Ink: Hashable, Sendable {
  case background
  case text
  /// Labels of ticks and notes.
  case muted
  case grid
  case axis
  case reference
  case mark
  case rule
  /// One of the colours for data, 0…5.
  case data(Int)

  /// A short name, unique among the inks.
  var name: String {
    switch self {
    case .background: "background"
    case .text: "text"
    case .muted: "muted"
    case .grid: "grid"
    case .axis: "axis"
    case .reference: "reference"
    case .mark: "mark"
    case .rule: "rule"
    case .data(let index): "data\(index + 1)"
    }
  }
}

/// A colour as 0xRRGGBB.
typealias RGB = UInt32

enum Palette {
  static let dataColours = 6

  static func colour(_ ink: Ink, _ theme: Figure.Theme) -> RGB {
    let isLight = theme == .light
    return switch ink {
    case .background: isLight ? 0xFFFFFF : 0x16181D
    case .text: isLight ? 0x1A1A1A : 0xE8E8E8
    case .muted: isLight ? 0x555555 : 0xB0B3B8
    case .grid: isLight ? 0xE4E4E4 : 0x30343B
    case .axis: isLight ? 0x555555 : 0x9A9DA3
    case .reference: isLight ? 0x767676 : 0x9A9DA3
    case .mark: isLight ? 0x000000 : 0xFFFFFF
    case .rule: isLight ? 0x333333 : 0xD0D0D0
    case .data(let index): (isLight ? light : dark)[index % dataColours]
    }
  }

  /// The colours that people with any kind of colour vision can distinguish (Okabe and Ito, 2008),
  /// without the yellow, which is too faint on white: blue, vermilion, green, purple, orange, sky.
  private static let light: [RGB] = [
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9,
  ]
  /// On dark the sky blue takes the blue's place and the yellow the sky blue's.
  private static let dark: [RGB] = [
    0x56B4E9, 0xE8702A, 0x17B890, 0xD98DB7, 0xE69F00, 0xF0E442,
  ]

  /// Which lengths of a line are drawn and left out, so that it can be recognised without colour.
  fileprivate static let dashes: [[Double]] = [
    [], [8, 4], [9, 3, 2, 3], [4, 3], [14, 3, 2, 3, 2, 3], [14, 5],
  ]

  /// The same of lines to compare with: dotted, and dotted in pairs.
  fileprivate static let referenceDashes: [[Double]] = [[1, 4], [1, 3, 1, 8]]

  /// How each series of a figure is drawn, in their order.
  static func looks(of series: [Figure.Series]) -> [Look] {
    var (subjects, references) = (0, 0)
    var looks = series.map { look(of: $0, &subjects, &references) }
    // Backwards, so that a band around a band finds the series they surround.
    for index in series.indices.reversed() where series[index].role == .uncertainty {
      if index + 1 < looks.count { looks[index] = looks[index + 1] }
      looks[index].hasOutline = false
    }
    return looks
  }

  private static func look(
    of series: Figure.Series, _ subjects: inout Int, _ references: inout Int
  ) -> Look {
    switch series.role {
    case .uncertainty: return Look(ink: .data(0))
    case .reference:
      defer { references += 1 }
      return Look(ink: .reference, pattern: references, isReference: true)
    case .positiveClass: return Look(ink: .data(1))
    case .negativeClass: return Look(ink: .data(0), pattern: 1)
    case .data:
      defer { subjects += 1 }
      // Past the sixth the colours return, with other dashes.
      let pattern = (subjects + subjects / dataColours) % dashes.count
      return Look(ink: .data(subjects % dataColours), pattern: pattern)
    }
  }
}

/// Colour and dashes of one series.
struct Look: Hashable, Sendable {
  var ink: Ink
  /// Which of the dashes, 0 for a solid line.
  var pattern = 0
  var isReference = false
  var hasOutline = true

  var dashes: [Double] {
    let all = isReference ? Palette.referenceDashes : Palette.dashes
    return all[pattern % all.count]
  }
}

extension Figure.Series {
  var isInLegend: Bool { !name.isEmpty && role != .uncertainty }
}
