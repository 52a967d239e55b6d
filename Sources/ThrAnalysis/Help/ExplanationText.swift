public import ThrSyntax

/// Explanations of diagnostics, from their declarations: for `thr explain` and for editors.
public struct ExplanationText: Sendable {
  private let kinds: [Diagnostic.Kind]

  /// - Parameter kinds: all kinds there are.
  public init(_ kinds: [Diagnostic.Kind]) {
    self.kinds = kinds.sorted { $0.order < $1.order }
  }

  /// The page of a kind, by its code or name in any case; `nil` where there is no such kind.
  public func document(on codeOrName: String) -> HelpDocument? {
    let wanted = codeOrName.lowercased()
    return kinds.first { $0.code.lowercased() == wanted || $0.name == wanted }
      .map(HelpDocument.init)
  }

  /// All kinds, one line each, in groups.
  public var overview: HelpDocument {
    var document = HelpDocument()
    for (heading, prefix) in Self.groups {
      let members = kinds.filter { $0.code.hasPrefix(prefix) }
      guard !members.isEmpty else { continue }
      document.parts.append(.heading(heading))
      document.parts.append(.definitions(members.map { .init($0.code, $0.name) }))
    }
    document.parts.append(.paragraph("`thr explain CODE` or `thr explain NAME` explains one."))
    return document
  }

  /// The code or name that was probably meant.
  public func nearest(to codeOrName: String) -> String? {
    let wanted = codeOrName.lowercased()
    return kinds.first { $0.name.split(separator: "-").contains(wanted[...]) }?.name
      ?? Spelling.nearest(to: wanted, among: kinds.map(\.name))
      ?? Spelling.nearest(to: codeOrName.uppercased(), among: kinds.map(\.code))
  }

  private static let groups = [
    ("Syntax", "E01"), ("Names, types and arguments", "E02"),
    ("While a program runs", "E03"), ("Invalid input to functions", "E04"), ("Files", "E05"),
    ("Warnings", "W06"), ("Leakage: warnings, errors under --strict", "W07"),
  ]
}

extension Diagnostic.Kind {
  /// Errors before warnings, each by number.
  fileprivate var order: String { (severity == .error ? "0" : "1") + code }
}

extension HelpDocument {
  /// A kind of problem: why it is one, and the same program wrong and right.
  public init(_ kind: Diagnostic.Kind) {
    self.init([.heading("\(kind.severity.rawValue) \(kind.code): \(kind.name)")])
    guard let explanation = kind.explanation else { return }
    parts += [
      .paragraph(explanation.summary), .heading("Wrong"), .code(explanation.wrong),
      .heading("Right"), .code(explanation.right),
    ]
  }
}
