/// One number for each of eight candidates.
///
/// Formulas are written once, over lanes: a sweep evaluates eight candidates a call, a single
/// confusion fills all lanes alike. NaN marks the undefined and never leaves the engine.
typealias Lanes = SIMD8<Double>

/// The outcome counts of eight candidates.
struct CountLanes {
  var tp: Lanes
  var fp: Lanes
  var tn: Lanes
  var fn: Lanes

  var positives: Lanes { tp + fn }
  var negatives: Lanes { tn + fp }
  var flagged: Lanes { tp + fp }
  var unflagged: Lanes { tn + fn }
  var total: Lanes { positives + negatives }
}

extension CountLanes {
  /// The same number everywhere.
  init(nothing number: Double) {
    let lanes = Lanes(repeating: number)
    self.init(tp: lanes, fp: lanes, tn: lanes, fn: lanes)
  }

  init(_ confusion: Confusion) {
    tp = Lanes(repeating: confusion.truePositives)
    fp = Lanes(repeating: confusion.falsePositives)
    tn = Lanes(repeating: confusion.trueNegatives)
    fn = Lanes(repeating: confusion.falseNegatives)
  }
}

extension Lanes {
  /// The number if finite, otherwise NaN: x/0 and overflow are as undefined as 0/0.
  ///
  /// Adding x - x also turns -0 into 0.
  @inline(__always) var defined: Lanes { self + (self - self) }
}
