import Drawing
import ThrModel

/// The line with the slider: to the left everything is flagged, to the right nothing.
struct Slider {
  /// The line of the screen that it stands on, from 0.
  static let row = 3
  private static let left = "all "
  private static let right = " none"

  private let surface: Surface
  /// How many columns the track has.
  private let length: Int

  init(on surface: Surface) {
    self.surface = surface
    length = max(surface.width - Self.left.count - Self.right.count, 2)
  }

  /// The line for a share of rows that is flagged.
  func line(_ share: Double) -> String {
    let (track, knob) = surface.style == .ascii ? ("-", "O") : ("─", "●")
    let place = Int(((1 - min(max(share, 0), 1)) * Double(length - 1)).rounded())
    return surface.faint(Self.left + String(repeating: track, count: place)) + surface.bold(knob)
      + surface.faint(String(repeating: track, count: length - 1 - place) + Self.right)
  }

  /// The share of rows that a place on the screen stands for; `nil` elsewhere.
  func share(column: Int, row: Int) -> Double? {
    guard row == Self.row else { return nil }
    let place = min(max(column - Self.left.count, 0), length - 1)
    return 1 - Double(place) / Double(length - 1)
  }
}
