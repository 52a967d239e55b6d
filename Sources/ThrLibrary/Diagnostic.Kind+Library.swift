import ThrModel
public import ThrSyntax

// The kinds that several builtins share; others stand at the foot of the file that finds them.

extension Diagnostic.Kind {
  /// Every kind that the library's functions find, by code.
  public static let library: [Diagnostic.Kind] = [
    .unsuitableArgument, .unknownField, .notNumbers, .positiveNeeded, .badScores, .unequalLengths,
    .noSuchPart, .infeasible, .undefinedEverywhere, .tooFewRows, .noGuarantee, .undefinedCurve,
    .notProbabilities, .differentRows, .comparedOnFittedRows,
    .unreadableTable, .drawingFailed, .fitFinding, .refusedRows, .readingNote, .undecidedRows,
    .incompleteRows, .oneClass, .reversedScores, .optimisticQuantile, .assertionFailed,
    .rowsWithoutPartner,
    .groupLeftOut, .unknownGroup, .tooFewFolds, .noCertificate,
    .unreadableContract, .unverifiablePromise, .unmetPromise, .noClauses, .sameRows,
    .noDecision, .nothingClaimed,
    .openContract, .sameBatch, .databaseFailed, .secretInText, .reducedScores,
    .laterRows, .indexAsFeature, .needsTerminal, .undefinedGroups, .thresholdAboveScores,
    .absentText, .nearlyStraight,
  ]

  /// A value of the right type that the builtin cannot work with.
  public static let unsuitableArgument = Diagnostic.Kind(
    "E0401", "unsuitable-argument",
    explanation: .init(
      """
      The value has the right type, but the function cannot use it; the message says why.
      """,
      wrong: "number(\"twelve\")",
      right: "number(\"12\")"))
}
