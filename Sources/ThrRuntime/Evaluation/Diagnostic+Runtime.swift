import ThrModel
public import ThrSyntax

extension Diagnostic.Kind {
  /// Every kind that only a run finds, by code, apart from those of the library's functions.
  public static let runtime: [Diagnostic.Kind] = [
    .incompleteProgram, .indexOutOfRange, .recursionTooDeep, .builtinFailed, .useCycle, .noThread,
    .listTooLong, .valueTooLarge, .outOfMemory, .fileFailed,
  ]
}
