/// Use that a builtin makes of the rows of a parameter; leakage is derived from it.
public enum RowsUse: String, Hashable, Sendable, CaseIterable {
  /// A model learns its coefficients from them.
  case fits
  /// A calibrator learns from them how scores become probabilities.
  case calibrates
  /// A threshold is chosen on them.
  case chooses
  /// A score is reported on them.
  case reports
}

/// Role of rows: what they are set aside for.
public enum Role: String, Hashable, Sendable {
  case train, cal, val, test, whole

  /// The parts that rows are split into, in the order of their use.
  public static let parts: [Role] = [.train, .cal, .val, .test]
}
