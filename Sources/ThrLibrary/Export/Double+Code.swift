import NumberText

// Numbers as source text of other languages, which reads back as the very same double.

extension Double {
  var pythonText: String {
    isFinite ? shortestText : "float(\"\(self < 0 ? "-inf" : "inf")\")"
  }

  /// The digits of a finite number, with a point or an exponent so that no language reads it as whole.
  var shortestCode: String {
    let text = shortestText
    return text.contains { ".e".contains($0) } ? text : text + ".0"
  }

  var javaScriptText: String {
    isFinite ? shortestText : self < 0 ? "-Infinity" : "Infinity"
  }

  /// The number as a quotient or product of whole numbers, which every database reads exactly, and
  /// which is rounded once or not at all: SQLite rounds some decimals in the last place.
  var sqlText: String { sqlDecimal ?? sqlBinary }

  /// “418 / 10000” of 0.0418; `nil` where the digits or the power of ten are too many to be exact.
  private var sqlDecimal: String? {
    let parts = shortestText.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let places = fraction.count - (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    guard let digits = Int(mantissa[0] + fraction), digits.magnitude < 1 << 53 else { return nil }
    let power = (0..<places.magnitude).prefix(19).reduce(1.0) { power, _ in power * 10 }
    guard power <= 1e18, digits != 0 || sign == .plus else { return nil }
    let whole = "CAST(\(digits) AS DOUBLE PRECISION)"
    return power == 1 ? whole : "\(whole) \(places > 0 ? "/" : "*") \(Int(power))"
  }

  private var sqlBinary: String {
    let whole = Int(significand * 0x1p52)
    var text = "CAST(\(self < 0 ? -whole : whole) AS DOUBLE PRECISION)"
    var power = Int(exponent) - 52
    while power != 0 {
      let step = Swift.min(power.magnitude, 62)
      text += " \(power < 0 ? "/" : "*") \(1 << step)"
      power += power < 0 ? Int(step) : -Int(step)
    }
    return text
  }
}
