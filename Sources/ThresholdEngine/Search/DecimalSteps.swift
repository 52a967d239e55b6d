/// A start and a step as people wrote them: whole multiples of one power of ten.
struct DecimalSteps {
  private let from: Double
  private let step: Double
  private let whole: (from: Int128, step: Int128, exponent: Int)?

  init(from: Double, step: Double) {
    self.from = from
    self.step = step
    whole = Decimal.aligned(Decimal(from), Decimal(step))
  }

  /// NaN, then the first `count` points.
  func padded(count: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: count + 2) { points, initialised in
      points[0] = .nan
      if let (first, step, power) = exactDoubles(count: count) {
        // Exact sum and product, so that the division alone rounds.
        for index in 0..<count { points[index + 1] = (first + Double(index) * step) / power }
      } else {
        for index in 0..<count { points[index + 1] = point(index) }
      }
      initialised = count + 1
    }
  }

  /// Start, step and power of ten, where all whole numbers up to the last point are exact.
  private func exactDoubles(count: Int) -> (first: Double, step: Double, power: Double)? {
    guard let whole, (-22...0).contains(whole.exponent) else { return nil }
    let reach = whole.from.magnitude + UInt128(count) * whole.step.magnitude
    guard reach < 1 << 53 else { return nil }
    return (Double(Int(whole.from)), Double(Int(whole.step)), Self.powersOfTen[-whole.exponent])
  }

  private func point(_ index: Int) -> Double {
    let binary = from.addingProduct(step, Double(index))
    guard let whole else { return binary }
    return Double("\(whole.from + Int128(index) * whole.step)e\(whole.exponent)") ?? binary
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
