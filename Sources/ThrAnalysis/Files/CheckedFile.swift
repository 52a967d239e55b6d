public import ThrModel
public import ThrSyntax

/// A file that a program uses, as it was checked.
public struct CheckedFile: Sendable {
  public let path: String
  public let parse: Parse
  public let analysis: Analysis

  public init(path: String, parse: Parse, analysis: Analysis) {
    self.path = path
    self.parse = parse
    self.analysis = analysis
  }

  /// What is wrong with it, by the parser and the checker, in the order of the places.
  public var diagnostics: [Diagnostic] {
    (parse.diagnostics + analysis.diagnostics).sorted { $0.span.start < $1.span.start }
  }
}

extension [CheckedFile] {
  /// What the checker found that a run would find too, by the path of the file.
  public var reported: [String: Set<Finding>] {
    Dictionary(map { ($0.path, $0.analysis.reported) }) { first, _ in first }
  }
}
