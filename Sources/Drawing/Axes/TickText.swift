import NumberText

/// The words of tick labels: the shortest that are exact, in one form for the whole axis.
enum TickText {
  /// The labels of a run of multiples.
  static func texts(
    _ step: DecimalStep, _ multiples: ClosedRange<Int>, _ format: Figure.Axis.TickFormat,
    isASCII: Bool
  ) -> [String] {
    texts(multiples.map { ($0 * step.digits, step.exponent) }, format, isASCII: isASCII)
  }

  /// The labels of decimals `digits` · 10^`exponent`.
  static func texts(
    _ decimals: [(digits: Int, exponent: Int)], _ format: Figure.Axis.TickFormat, isASCII: Bool
  ) -> [String] {
    let shift = format == .percent ? 2 : 0
    let values = decimals.map { Double("\($0.digits)e\($0.exponent + shift)") ?? .nan }
    let magnitudes = values.map(\.magnitude).filter { $0 > 0 }
    let (least, greatest) = (magnitudes.min() ?? 1, magnitudes.max() ?? 1)
    // A long row of zeros is hard to read.
    let areReadable = greatest < 1e15 && greatest >= 1e-6
    let isLong = areReadable && decimals.contains { String($0.digits.magnitude).count > 6 }
    let usesPowers = (greatest >= 1e7 || greatest < 1e-3 || least < 1e-5) && !isLong
    let texts = zip(decimals, values).map { decimal, value in
      usesPowers
        ? power(decimal.digits, decimal.exponent + shift, isASCII: isASCII)
        : positional(value)
    }
    return texts.map { finished($0, format, isASCII: isASCII) }
  }

  /// The label of a number that is not round, with one digit more of a percentage.
  static func approximate(
    _ value: Double, _ format: Figure.Axis.TickFormat, digits: Int = 4, isASCII: Bool
  ) -> String {
    let text =
      format == .percent
      ? (value * 100).significantText(digits: digits + 1) : value.significantText(digits: digits)
    return finished(text, format, isASCII: isASCII)
  }

  private static func positional(_ value: Double) -> String {
    value.magnitude >= 1_000 ? value.countText : value.shortestText
  }

  private static func finished(
    _ text: String, _ format: Figure.Axis.TickFormat, isASCII: Bool
  ) -> String {
    let signed = isASCII || !text.hasPrefix("-") ? text : "−" + text.dropFirst()
    return format == .percent ? signed + "%" : signed
  }

  /// `2.5×10⁷`, or `2.5e7` in ASCII.
  private static func power(_ digits: Int, _ exponent: Int, isASCII: Bool) -> String {
    guard digits != 0 else { return "0" }
    var figures = String(digits.magnitude)
    var exponent = exponent + figures.count - 1
    while figures.count > 1, figures.hasSuffix("0") { figures.removeLast() }
    let sign = digits < 0 ? "-" : ""
    let fraction = figures.dropFirst()
    let mantissa = "\(figures.prefix(1))" + (fraction.isEmpty ? "" : ".\(fraction)")
    if isASCII { return "\(sign)\(mantissa)e\(exponent)" }
    var raised = ""
    let isNegative = exponent < 0
    exponent = abs(exponent)
    repeat {
      raised = String(superscripts[exponent % 10]) + raised
      exponent /= 10
    } while exponent > 0
    let power = "10" + (isNegative ? "⁻" : "") + raised
    return mantissa == "1" ? sign + power : "\(sign)\(mantissa)×\(power)"
  }

  private static let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
}
