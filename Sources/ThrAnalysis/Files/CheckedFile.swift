public import ThrModel
public import ThrSyntax

/// A file that a program uses, as it was checked.
public struct CheckedFile: Sendable {
  public let path: String
  public let parse: Parse
  public let analysis: Analysis
  /// What is wrong with names of columns, which the analysis alone does not know.
  private let columnFaults: [Diagnostic]

  public init(
    path: String, parse: Parse, analysis: Analysis, columnFaults: [Diagnostic] = []
  ) {
    self.columnFaults = columnFaults
    self.path = path
    self.parse = parse
    self.analysis = analysis
  }

  /// Diagnostics of the parser and the checker, by place.
  public var diagnostics: [Diagnostic] {
    parse.withoutIgnored(parse.diagnostics + analysis.diagnostics + columnFaults)
      .sorted { $0.span.start < $1.span.start }
  }
}

extension [CheckedFile] {
  /// Findings of the checker that a run would have too, by the path of the file.
  public var reported: [String: Set<Finding>] {
    Dictionary(map { ($0.path, $0.analysis.reported) }) { first, _ in first }
  }
}
