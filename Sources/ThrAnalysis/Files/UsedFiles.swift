public import ThrModel
public import ThrSyntax

/// Names that the files used by one program bring, and why it cannot use others.
public struct UsedFiles: Sendable {
  /// By the path as written after `use`.
  ///
  /// Names are not questioned that a file may bring which is not among them.
  public var interfaces: [String: Interface]
  /// Why a file cannot be used, by the path as written after `use`.
  public var faults: [String: UseFault] = [:]
  /// Every file that the program uses, directly or through others; also those that are missing.
  public var paths: Set<String> = []

  public init(_ interfaces: [String: Interface] = [:]) { self.interfaces = interfaces }

  /// The faults at the places where the program names the files, in order.
  public func diagnostics(in parse: Parse) -> [Diagnostic] {
    if faults.isEmpty { return [] }
    return Uses(parse).statements.compactMap { use in
      faults[use.path]?.diagnostic(at: use.pathSpan)
    }
  }
}

extension UsedFiles: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral interfaces: (String, Interface)...) {
    self.init(Dictionary(interfaces) { first, _ in first })
  }
}

/// Why a program cannot use a file.
public enum UseFault: Hashable, Sendable {
  /// The files that use each other, the last being the first again.
  case cycle([String])
  case unreadable(CallError)

  var isCycle: Bool { if case .cycle = self { true } else { false } }

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .cycle(let chain): .useCycle(chain, at: span)
    case .unreadable(let error): error.diagnostic(at: span)
    }
  }
}
