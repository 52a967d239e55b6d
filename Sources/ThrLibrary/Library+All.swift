public import ThrModel

extension Library {
  /// Everything that a program may name without declaring it: the one list.
  public static let standard = Library(
    builtins: (Builtin.data + Builtin.models + Builtin.tuning + Builtin.metrics + Builtin.curves
      + Builtin.contracts).map { $0.forStoredScores() }
      + Builtin.files + Builtin.everyday,
    constants: Constant.metrics, types: ObjectType.all)
}

extension ObjectType {
  /// Every type of value that the library adds to the language: the one list.
  ///
  /// What a type is further good for, its own file says by the protocols that it adopts:
  /// `Tabular`, `RowShaped`, `Drawable`, `DrawnTogether`, `HoldsMemory`.
  static let all: [ObjectType] = [
    .table, .dataset, .model, .scores, .tuning, .plateau, .guarantee, .certificate, .confusion,
    .evaluation, .tunings, .evaluations, .intervalsByGroup, .curve, .sweep, .calibration,
    .distribution, .figure,
    .confidence, .interval, .intervals, .estimate, .band, .comparison, .difference, .nearThresholds,
    .plan, .requirement, .crossValidation, .contract, .verification, .monitor, .report,
    .measurement, .measurements, .curves, .calibrations, .costCurve, .database, .storedRows,
    .storedScores, .streamedRows,
  ]
}

extension Builtin {
  static let data: [Builtin] = [
    .synth, .split, .dataset, .filter, .derive, .select, .join, .head, .column, .summary,
  ]
  static let models: [Builtin] = [.logreg, .predict, .scores, .reweight]
  static let tuning: [Builtin] = [
    .tune, .confidence, .evaluate, .measure, .compare, .near, .classify, .sampleSize, .requirement,
    .cv,
  ]
  static let metrics: [Builtin] = [
    .fbeta, .cost, .netBenefit, .only, .per, .gap, .ratio, .regret, .bayesThreshold,
  ]
  static let curves: [Builtin] = [
    .roc, .pr, .det, .gains, .lift, .decisionCurve, .costCurve, .sweep, .calibration, .distribution,
    .plot, .auc, .averagePrecision, .logLoss, .brier, .explore,
  ]
  static let files: [Builtin] = [.read, .write, .connect]
  static let contracts: [Builtin] = [.save, .load, .export, .verify, .monitor, .report]
  static let everyday: [Builtin] = [
    .print, .len, .range, .sum, .mean, .median, .std, .quantile, .min, .max, .argmin, .argmax,
    .sort, .reverse, .unique, .map, .zip, .enumerate, .keys, .any, .all, .round, .floor, .ceil,
    .abs, .sqrt, .exp, .log, .number, .text, .assert, .exit,
  ]
}
