/// One stroke of the pen.
///
/// The pictures are made of these alone, so that SVG, PNG and PDF agree.  Places are in pixels
/// from the upper left corner; all of them lie within the picture.
enum DrawingCommand: Hashable, Sendable {
  case rectangle(Rectangle, Ink, opacity: Double)
  /// Several unconnected lines with one pen.
  case lines([[Point]], Pen)
  case surface([Point], Ink, opacity: Double)
  case dots([Point], radius: Double, Ink)
  /// A dot with a rim in the background's colour, to stand out from what it lies on.
  case mark(Point, radius: Double)
  case text(Text)

  struct Pen: Hashable, Sendable {
    var ink: Ink
    var width: Double
    /// Lengths drawn and left out in turn; empty for a solid line.
    var dashes: [Double] = []
    var hasRoundCaps = false
  }

  struct Text: Hashable, Sendable {
    var string: String
    /// The point of the baseline that the anchor says.
    var place: Point
    var size: Double
    var anchor = Anchor.start
    var ink = Ink.text
    var isBold = false
    /// Whether the text reads from bottom to top.
    var isUpward = false
    /// Whether a rim in the background's colour keeps it readable over lines.
    var hasHalo = false
  }

  enum Anchor: String, Sendable {
    case start
    case middle
    case end
  }
}
