/// A page as it is drawn; places are in points of 1/72 inch from the upper left corner.
struct Page: Hashable, Sendable {
  var texts: [PageText] = []
  /// Thin lines of tables.
  var rules: [Rectangle] = []
  var figures: [PlacedFigure] = []
}

/// One line of text, which begins at `x` on a baseline.
struct PageText: Hashable, Sendable {
  var string: String
  var x: Double
  var baseline: Double
  var font: PageFont
  var ink = Ink.text
}

struct PlacedFigure: Hashable, Sendable {
  var figure: Figure
  var place: Rectangle
}

/// A heading in the outline, which readers show beside the pages.
struct OutlineEntry: Hashable, Sendable {
  var level: Int
  var text: String
  /// From 1.
  var page: Int
  /// The top of the heading.
  var y: Double
}

struct PageFont: Hashable, Sendable {
  var size: Double
  var isBold = false
  var isMonospaced = false

  var lineHeight: Double { size * 1.4 }
  /// From the top of a line to its baseline.
  var ascent: Double { size * 1.05 }
}

/// Sizes of paper and letters, in points.
enum PageStyle {
  /// A4: 210 × 297 mm.
  static let paper = Rectangle(x: 0, y: 0, width: 595.276, height: 841.89)
  /// What the margins leave.
  static let room = Rectangle(x: 56, y: 56, width: paper.width - 112, height: paper.height - 124)

  static let lead = PageFont(size: 12.5, isBold: true)
  static let paragraph = PageFont(size: 10.5)
  static let lines = PageFont(size: 8.5, isMonospaced: true)
  static let cell = PageFont(size: 8.5)
  static let header = PageFont(size: 8.5, isBold: true)
  static let foot = PageFont(size: 8)
  /// The baseline of the line at the foot of each page.
  static let footBaseline = paper.height - 36

  static func heading(_ level: Int) -> PageFont {
    let sizes = [20, 15, 12.5]
    return PageFont(size: sizes.indices.contains(level - 1) ? sizes[level - 1] : 11, isBold: true)
  }
}
