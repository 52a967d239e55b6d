import ThrModel
public import ThrSyntax

extension Diagnostic.Kind {
  /// Every kind that the checker finds, by code.
  ///
  /// A run finds most of them too, where types are not known before.
  public static let checker: [Diagnostic.Kind] = [
    .typeMismatch, .outOfRange, .unknownWord, .unknownArgument, .missingArgument,
    .tooManyArguments, .argumentGivenTwice, .invalidFormat, .unknownName,
    .unknownMember, .notCallable, .notACondition, .assignedLater, .repeatedParameter,
    .repeatedField,
    .goalNeeded, .hidesBuiltin, .notYetDefined, .unreachable, .metricEquality, .rewardsMistakes,
    .degenerateMetric, .tunedOnFittedRows, .tunedOnTestRows, .calibratedAndChosenOnSameRows,
    .reportedOnChoosingRows, .secondDecisionOnTest, .reportedOnFittedRows, .roundedNumber,
    .constantCondition,
  ]
}
