extension Scores {
  /// The least and the greatest score.
  var extent: ClosedRange<Double> {
    var low = Lanes(repeating: .infinity)
    var high = Lanes(repeating: -.infinity)
    forEachLanes { lanes in
      low.replace(with: lanes, where: lanes .< low)
      high.replace(with: lanes, where: lanes .> high)
    }
    return low.min() + 0...high.max() + 0  // -0 is 0
  }

  /// The thresholds that flag the same rows as a decision.
  ///
  /// - Complexity: O(*n*).
  func plateau(of decision: Decision) -> Tuning.Plateau {
    let extent = extent
    guard let threshold = decision.threshold else {
      return Tuning.Plateau(lower: extent.upperBound, upper: nil)
    }
    return plateau(of: threshold, extent: extent)
  }

  /// The thresholds that flag the same rows: from the highest score below one of them to the
  /// lowest at or above.
  func plateau(of threshold: Double, extent: ClosedRange<Double>) -> Tuning.Plateau {
    var below = Lanes(repeating: -.infinity)
    var above = Lanes(repeating: .infinity)
    forEachLanes { lanes in
      let isFlagged = lanes .>= threshold
      let unflagged = lanes.replacing(with: -.infinity, where: isFlagged)
      let flagged = Lanes(repeating: .infinity).replacing(with: lanes, where: isFlagged)
      below.replace(with: unflagged, where: unflagged .> below)
      above.replace(with: flagged, where: flagged .< above)
    }
    return Tuning.Plateau(
      lower: extent.lowerBound < threshold ? below.max() + 0 : nil,
      upper: extent.upperBound >= threshold ? above.min() + 0 : nil)
  }

  /// Calls `body` with eight scores after another, some of the last ones twice.
  @inline(__always)
  private func forEachLanes(_ body: (Lanes) -> Void) {
    values.withUnsafeBytes { bytes in
      let width = MemoryLayout<Lanes>.size
      guard bytes.count >= width else {
        for value in values { body(Lanes(repeating: value)) }
        return
      }
      for offset in stride(from: 0, through: bytes.count - width, by: width) {
        body(bytes.loadUnaligned(fromByteOffset: offset, as: Lanes.self))
      }
      body(bytes.loadUnaligned(fromByteOffset: bytes.count - width, as: Lanes.self))
    }
  }
}
