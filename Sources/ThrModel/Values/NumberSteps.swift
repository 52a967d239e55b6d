import NumberText

/// Evenly spaced numbers: `start`, `start + step`, … below (or, for a negative step, above) `end`.
///
/// Each is the Double nearest to the decimal: neither summed nor multiplied in binary, since both
/// miss by an ulp: 3 · 0.1 is not 0.3.
public struct NumberSteps: Sendable {
  public let count: Int
  /// Start and step times `scale`, whole numbers where the decimals allow it.
  private let start: Double
  private let step: Double
  private let scale: Double

  /// `nil` where an end is not finite, the step is 0 or not finite, or there would be more than
  /// 2⁵³ numbers.
  public init?(from start: Double, to end: Double, by step: Double) {
    guard start.isFinite, end.isFinite, step.isFinite, step != 0 else { return nil }
    let expected = ((end - start) / step).rounded(.up)
    guard expected < 0x1p53 else { return nil }
    scale = Self.scale(start, step)
    self.start = scale == 1 ? start : (start * scale).rounded()
    self.step = scale == 1 ? step : (step * scale).rounded()
    // The quotient is rounded: correct it by the numbers themselves.
    var count = Int(Swift.max(expected, 0))
    let (first, increment, scale) = (self.start, self.step, scale)
    func reaches(_ index: Int) -> Bool {
      let number = (first + Double(index) * increment) / scale
      return step > 0 ? number >= end : number <= end
    }
    if count > 0, reaches(count - 1) { count -= 1 }
    if count > 0, !reaches(count) { count += 1 }
    self.count = count
  }

  /// The power of ten that makes both whole, 1 where none does exactly.
  private static func scale(_ start: Double, _ step: Double) -> Double {
    let places = Swift.max(decimals(start), decimals(step))
    guard places > 0, places <= 15 else { return 1 }
    let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
    return Swift.max(start.magnitude, step.magnitude) * scale < 0x1p53 ? scale : 1
  }

  private static func decimals(_ number: Double) -> Int {
    let text = number.shortestText
    guard !text.contains("e") else { return number.magnitude < 1 ? .max : 0 }
    return text.firstIndex(of: ".").map { text[$0...].dropFirst().count } ?? 0
  }
}

extension NumberSteps: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }
  public subscript(position: Int) -> Double { (start + Double(position) * step) / scale }

  /// - Complexity: O(1).
  func holds(_ number: Double) -> Bool {
    let position = ((number * scale - start) / step).rounded()
    guard position >= -1, position <= Double(count), let nearest = Int(exactly: position) else {
      return false
    }
    // Rounding may miss by one.
    let nearby = Swift.max(nearest - 1, 0)..<Swift.max(Swift.min(nearest + 2, count), 0)
    return nearby.contains { self[$0] == number }
  }
}

extension NumberSteps: Hashable {
  /// Evenly spaced numbers are equal where their ends and their first two are.
  public static func == (left: NumberSteps, right: NumberSteps) -> Bool {
    left.count == right.count && left.first == right.first && left.last == right.last
      && left.dropFirst().first == right.dropFirst().first
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(first)
  }
}
