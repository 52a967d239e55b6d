import Glibc

// Ticks of the axes that are not linear.
extension AxisMap {
  /// Powers of ten with 2 and 5 between them, then powers alone, then every second, third, … one:
  /// the most that fit.
  func logarithmicTicks(_ format: Figure.Axis.TickFormat, in room: TickRoom) -> [Tick]? {
    let decades = Int(floor(log10(lower) + 1e-9))...Int(ceil(log10(upper) - 1e-9))
    let choices: [(digits: [Int], stride: Int)] =
      [([1, 2, 5], 1)] + [1, 2, 3, 4, 5, 10, 20, 50, 100, 200].map { ([1], $0) }
    for choice in choices {
      let places = decades.lazy.filter { $0.isMultiple(of: choice.stride) }
      let ticks = ratioTicks(places.map { $0 }, choice.digits, format, isASCII: room.isASCII)
      // Ticks so dense are read as a grid, not as numbers.
      if ticks.count >= 2, Double(ticks.count) <= room.wanted * 1.5, room.fits(ticks) {
        return ticks
      }
    }
    return nil
  }

  private func ratioTicks(
    _ decades: [Int], _ digits: [Int], _ format: Figure.Axis.TickFormat, isASCII: Bool
  ) -> [Tick] {
    let steps = decades.flatMap { decade in
      digits.map { DecimalStep(digits: $0, exponent: decade) }
    }.filter { (-1e-9...1 + 1e-9).contains(unit($0.value(1))) }
    let texts = TickText.texts(steps.map { ($0.digits, $0.exponent) }, format, isASCII: isASCII)
    return zip(steps, texts).map { tick($0.value(1), $1) }
  }

  /// The customary shares, the middle and the extremes before those between.
  func shareTicks(_ format: Figure.Axis.TickFormat, in room: TickRoom) -> [Tick]? {
    let middle = customaryShares.count / 2
    let order = [0, 3, -3, 4, -4, 2, -2, 1, -1, 5, -5, 6, -6].map { customaryShares[middle + $0] }
    var chosen: [Tick] = []
    for share in order where share >= lower && share <= upper {
      let text = TickText.approximate(share, format, isASCII: room.isASCII)
      let longer = (chosen + [tick(share, text)]).sorted { $0.value < $1.value }
      if room.fits(longer) { chosen = longer }
    }
    return chosen.count >= 2 ? chosen : linearTicks(format, in: room)
  }
}
