public import Drawing

/// Surface that values are shown on: its width, and whether it has colours.
public struct Surface: Hashable, Sendable {
  /// The columns of a line, at least one.
  public var width: Int
  /// The lines that are seen at once; `nil` where there is no end of them, as in a file.
  public var height: Int?
  /// Whether ANSI colours are understood and wanted.
  public var colour: Bool
  /// Which characters pictures are made of.
  public var style: TerminalStyle
  /// Whether figures are drawn in characters; not where a picture of them is shown beside.
  public var drawsFigures = true
  /// Whether cells of tables are marked instead of aligned, for `ValueDisplay.parts(of:)`.
  var marksCells = false

  public init(
    width: Int, height: Int? = nil, colour: Bool = false, style: TerminalStyle = .braille
  ) {
    self.width = max(width, 1)
    self.height = height
    self.colour = colour
    self.style = style
  }

  /// The same with fewer lines, where some are taken by what stands around a picture.
  public func shorter(by lines: Int) -> Surface {
    var surface = self
    surface.height = height.map { max($0 - lines, 1) }
    return surface
  }

  /// Files, pipes and tests: 80 columns and no colour, wherever they are.
  public static let plain = Surface(width: 80)
}
