import CKernels

extension Scores {
  /// The least and the greatest score.
  ///
  /// - Complexity: O(*n*) where the scores were not checked, then O(1).
  var extent: ClosedRange<Double> {
    if let known = memory.extent { return known }
    let extent = RowPass.extent(of: values).range ?? 0...0
    memory.extent = extent
    return extent
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
    let empty = RowPass.Shared(SIMD2(-Double.infinity, Double.infinity))
    let ends = RowPass.uncancelled(0..<count, from: empty) { [values] ends, rows in
      var (below, above) = (ends.value.x, ends.value.y)
      values.withUnsafeBufferPointer { values in
        thr_neighbours(
          values.baseAddress.map { $0 + rows.lowerBound }, rows.count, threshold, &below, &above)
      }
      ends.value = SIMD2(below, above)
    } join: { whole, part in
      whole.value.x = max(whole.value.x, part.value.x)
      whole.value.y = min(whole.value.y, part.value.y)
    }.value
    return Tuning.Plateau(
      lower: extent.lowerBound < threshold ? ends.x + 0 : nil,
      upper: extent.upperBound >= threshold ? ends.y + 0 : nil)
  }
}
