package import ThrModel
import ThresholdEngine

extension Library {
  /// A small language of thresholds to ask about: its functions have the signatures of real ones
  /// and compute nothing, as checks, completion and help read declarations only.
  package static let toy = Library(
    builtins: .everyday + .data + .tuning + .files, constants: .metrics, types: .values)

  /// A small language to run: its functions compute, keep track of rows, warn, fail and wait.
  package static let running = Library(
    builtins: .everyday + .checked + .onRows + .failing + .trackingRows + .ofFiles,
    constants: .metrics, types: .trackingRows)
}

extension [Constant] {
  static let metrics: [Constant] = [
    Constant("f1", .metrics, .metric(.f1), "Harmonic mean of precision and recall."),
    Constant("recall", .metrics, .metric(.recall), "The share of positives that are flagged."),
    Constant("precision", .metrics, .metric(.precision), "The share of flags that are right."),
    Constant("fpr", .metrics, .metric(.fpr), "The share of negatives that are flagged."),
    Constant("flag_rate", .metrics, .metric(.flagRate), "The share of rows that are flagged."),
    Constant("tp", .metrics, .metric(.tp), "True positives."),
    Constant("fp", .metrics, .metric(.fp), "False positives."),
    Constant("fn", .metrics, .metric(.fn), "False negatives."),
  ]
}
