/// The thresholds of a grid: from, from + step, … below to, each the Double nearest to the decimal.
///
/// Neither summed nor multiplied in binary, since both miss by an ulp: 0.001 · 251 is not 0.251.
struct GridPoints {
  let points: [Double]
  let from: Double
  let step: Double

  static let most = 10_000_000

  init(from: Double, to: Double, step: Double) throws(TuningError) {
    guard step > 0, step.isFinite else { throw .badStep(step) }
    guard from.isFinite, to.isFinite, from < to else { throw .badRange(from: from, to: to) }
    let expected = (to - from) / step
    guard expected <= Double(Self.most) + 1 else { throw .tooManyPoints(expected) }
    let decimals = DecimalSteps(from: from, step: step)
    // One more than expected, since the quotient is rounded; then down to what lies below `to`.
    var points = (0...Int(expected) + 1).map(decimals.point)
    while let last = points.last, last >= to { points.removeLast() }
    guard points.count <= Self.most else { throw .tooManyPoints(expected) }
    self.points = points
    self.from = from
    self.step = step
  }

  /// How many points are at most `score`.
  @inline(__always)
  func count(atMost score: Double, inverseStep: Double) -> Int {
    let estimate = ((score - from) * inverseStep).clamped(to: -1...Double(points.count - 1))
    var count = Int(estimate) &+ 1
    // The estimate is rounded: correct it by the points themselves.
    while count < points.count, points[count] <= score { count &+= 1 }
    while count > 0, points[count &- 1] > score { count &-= 1 }
    return count
  }
}

/// A start and a step as people wrote them: whole multiples of one power of ten.
private struct DecimalSteps {
  private let from: Double
  private let step: Double
  private let whole: (from: Int128, step: Int128, exponent: Int)?

  init(from: Double, step: Double) {
    self.from = from
    self.step = step
    whole = Decimal.aligned(Decimal(from), Decimal(step))
  }

  func point(_ index: Int) -> Double {
    guard let whole else { return from.addingProduct(step, Double(index)) }
    let digits = whole.from + Int128(index) * whole.step
    // Both exact, so that one division rounds once.
    if digits.magnitude < 1 << 53, (-22...0).contains(whole.exponent) {
      return Double(Int(digits)) / Self.powersOfTen[-whole.exponent]
    }
    return Double("\(digits)e\(whole.exponent)") ?? from.addingProduct(step, Double(index))
  }

  /// 10⁰ … 10²², all exact.
  private static let powersOfTen = (0...22).map { Double("1e\($0)") ?? .nan }
}

/// A Double's shortest decimal: coefficient · 10^exponent.
private struct Decimal {
  var coefficient: Int128
  var exponent: Int

  init(_ number: Double) {
    let parts = number.description.split(separator: "e")
    exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts.first.map(String.init) ?? "0"
    if let point = mantissa.firstIndex(of: ".") {
      exponent -= mantissa.distance(from: point, to: mantissa.endIndex) - 1
    }
    coefficient = Int128(mantissa.filter { $0 != "." }) ?? 0
    while coefficient != 0, coefficient % 10 == 0 {
      coefficient /= 10
      exponent += 1
    }
  }

  /// Both as multiples of the same power of ten, at most 10⁰; `nil` where they lie too far apart.
  static func aligned(
    _ one: Decimal, _ other: Decimal
  ) -> (from: Int128, step: Int128, exponent: Int)? {
    let shared = min(one.exponent, other.exponent, 0)
    guard let one = one.multiple(of: shared), let other = other.multiple(of: shared) else {
      return nil
    }
    return (one, other, shared)
  }

  /// How many 10^exponent it is, kept far from overflow.
  private func multiple(of exponent: Int) -> Int128? {
    if coefficient == 0 { return 0 }
    guard self.exponent - exponent <= 13 else { return nil }
    return (exponent..<self.exponent).reduce(coefficient) { digits, _ in digits * 10 }
  }
}

extension Comparable {
  @inline(__always)
  func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
