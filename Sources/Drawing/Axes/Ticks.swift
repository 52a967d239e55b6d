import Glibc

/// A labelled place on an axis.
struct Tick: Hashable, Sendable {
  let value: Double
  /// Where on the axis, 0…1.
  let unit: Double
  let text: String
}

/// The room that an axis offers its labels, in any one unit of length.
struct TickRoom {
  let length: Double
  /// The least distance between two labels.
  let gap: Double
  /// How much of the axis a label takes.
  let extent: (String) -> Double
  /// The number of labels at which the axis reads best.
  let wanted: Double
  var isASCII = false

  /// Whether the labels keep their distance and differ.
  func fits(_ ticks: [Tick]) -> Bool {
    zip(ticks, ticks.dropFirst()).allSatisfy { before, after in
      let apart = abs(after.unit - before.unit) * length
      return before.text != after.text
        && apart >= (extent(before.text) + extent(after.text)) / 2 + gap
    }
  }
}

extension AxisMap {
  /// The ticks for an axis, in ascending order, with labels that never overlap.
  func ticks(_ format: Figure.Axis.TickFormat, in room: TickRoom) -> [Tick] {
    let found: [Tick]? =
      switch scale {
      case .linear: linearTicks(format, in: room)
      case .normalDeviate: shareTicks(format, in: room)
      }
    if let found { return found }
    // Ends that are close together differ in their last digits only.
    let ends = [4, 8, 12, 16, 17].lazy.map { endTicks(format, digits: $0, in: room) }
    return ends.first(where: room.fits) ?? Array(ends[0].prefix(1))
  }

  private func endTicks(
    _ format: Figure.Axis.TickFormat, digits: Int, in room: TickRoom
  ) -> [Tick] {
    [lower, upper].map { value in
      let text = TickText.approximate(value, format, digits: digits, isASCII: room.isASCII)
      return Tick(value: value, unit: unit(value), text: text)
    }
  }

  func tick(_ value: Double, _ text: String) -> Tick {
    // Rounding may put the end tick a hair outside.
    Tick(value: value, unit: min(max(unit(value), 0), 1), text: text)
  }

  /// Round numbers, after Talbot, Lin and Hanrahan, "An Extension of Wilkinson's Algorithm for
  /// Positioning Tick Labels on Axes" (2010): of all steps, the one with the best sum of
  /// simplicity, coverage and density, here with ticks inside the axis only.
  func linearTicks(_ format: Figure.Axis.TickFormat, in room: TickRoom) -> [Tick]? {
    let length = upper / 2 - lower / 2
    let decade = Int(floor(log10(length)))
    var best: (score: Double, ticks: [Tick])?
    for exponent in (decade - 2)...(decade + 1) {
      for (rank, digits) in [1, 2, 5, 25].enumerated() {
        let step = DecimalStep(digits: digits, exponent: digits == 25 ? exponent - 1 : exponent)
        guard let multiples = step.multiples(from: lower, to: upper), multiples.count >= 2
        else { continue }
        let score =
          0.2 * (1 - Double(rank) / 3) + 0.25 * coverage(step, multiples)
          + 0.5 * density(multiples.count, room.wanted)
        if let best, best.score >= score { continue }
        let texts = TickText.texts(step, multiples, format, isASCII: room.isASCII)
        let ticks = zip(multiples, texts).map { tick(step.value($0), $1) }
        if room.fits(ticks) { best = (score, ticks) }
      }
    }
    return best?.ticks
  }

  private func coverage(_ step: DecimalStep, _ multiples: ClosedRange<Int>) -> Double {
    let first = unit(step.value(multiples.lowerBound))
    let last = 1 - unit(step.value(multiples.upperBound))
    return 1 - 50 * (first * first + last * last)
  }

  private func density(_ count: Int, _ wanted: Double) -> Double {
    let ratio = Double(count) / wanted
    return 2 - max(ratio, 1 / ratio)
  }
}

/// A round step, `digits` · 10^`exponent`, whose multiples are the doubles nearest to the decimals.
struct DecimalStep {
  let digits: Int
  let exponent: Int

  func value(_ multiple: Int) -> Double { Double("\(multiple * digits)e\(exponent)") ?? .nan }

  /// The multiples within a range, at most a hundred; `nil` where doubles cannot distinguish them.
  func multiples(from lower: Double, to upper: Double) -> ClosedRange<Int>? {
    let step = value(1)
    let (first, last) = ((lower / step - 1e-9).rounded(.up), (upper / step + 1e-9).rounded(.down))
    guard step > 0, max(first.magnitude, last.magnitude) < 1e14, first <= last, last - first < 100
    else { return nil }
    return Int(first)...Int(last)
  }
}
