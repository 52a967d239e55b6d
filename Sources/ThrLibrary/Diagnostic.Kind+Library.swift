public import ThrSyntax

// The kinds that several builtins share; others stand at the foot of the file that finds them.

extension Diagnostic.Kind {
  /// A value of the right type that the builtin cannot work with.
  public static let unsuitableArgument = Diagnostic.Kind("E0401", "unsuitable-argument")
  /// A record, table or value lacks the named field, column or member.
  public static let unknownField = Diagnostic.Kind("E0402", "unknown-field")
}
