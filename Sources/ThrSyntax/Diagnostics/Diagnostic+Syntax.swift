extension Diagnostic.Kind {
  /// Every kind of fault that is found in the text alone, by code.
  public static let syntax: [Diagnostic.Kind] = [
    .unexpectedCharacter, .invalidUTF8, .malformedNumber, .numberOutOfRange, .unterminatedText,
    .unknownEscape, .foreignSpelling, .tooLarge, .expectedExpression, .unclosedBracket,
    .strayBracket, .mismatchedBracket, .missingComma, .severalValues, .chainedComparison,
    .percentRemainder, .assignmentAsValue, .invalidTarget, .invalidStage, .expectedBlock,
    .expectedName, .argumentOrder, .parameterOrder, .foreignStatement, .strayElse, .tooDeep,
    .misplacedNot, .expectedToken, .missingOperator, .numberWithMember, .plainText,
    .unexpectedToken, .tooManyErrors, .directionControl,
  ]
}
