public import ThrSyntax

/// How a call's arguments meet a form's parameters.
///
/// The one place that knows how positions and names work; the checker and the evaluator ask here,
/// for builtins and for users' functions alike.
public struct ArgumentMatch: Hashable, Sendable {
  /// One per parameter: the positions of the arguments that fill it.
  public var slots: [[Int]]
  public var faults: [Fault]

  public enum Fault: Hashable, Sendable {
    case unknownName(argument: Int)
    case filledTwice(argument: Int, parameter: Int)
    case positionalAfterNamed(argument: Int)
    /// A positional argument where any name is taken, but one is needed.
    case nameless(argument: Int)
    case tooMany(argument: Int)
    case missing(parameter: Int)
  }
}

/// Shape of a parameter, as far as matching arguments needs it.
public struct ParameterShape: Hashable, Sendable {
  public let name: String
  public let isRequired: Bool
  public let isVariadic: Bool
  /// Whether arguments with any further names belong here.
  public let takesAnyName: Bool

  public init(
    name: String, isRequired: Bool, isVariadic: Bool = false, takesAnyName: Bool = false
  ) {
    self.name = name
    self.isRequired = isRequired
    self.isVariadic = isVariadic
    self.takesAnyName = takesAnyName
  }
}

extension ArgumentMatch {
  /// Matches arguments, given by their labels, with parameters.
  ///
  /// - Parameter labels: one per argument in the order written, a piped value first; `nil` for a
  ///   positional argument.
  public init(labels: [String?], to parameters: [ParameterShape]) {
    slots = Array(repeating: [], count: parameters.count)
    faults = []
    var position = 0
    var hasNamed = false
    for (argument, label) in labels.enumerated() {
      if let label {
        hasNamed = true
        fill(argument, named: label, among: parameters)
      } else if hasNamed {
        faults.append(.positionalAfterNamed(argument: argument))
      } else if position < parameters.count, parameters[position].takesAnyName {
        slots[position].append(argument)
        faults.append(.nameless(argument: argument))
      } else if position < parameters.count {
        slots[position].append(argument)
        if !parameters[position].isVariadic { position += 1 }
      } else {
        faults.append(.tooMany(argument: argument))
      }
    }
    for (index, parameter) in parameters.enumerated()
    where slots[index].isEmpty && parameter.isRequired {
      faults.append(.missing(parameter: index))
    }
  }

  private mutating func fill(
    _ argument: Int, named label: String, among parameters: [ParameterShape]
  ) {
    let named = parameters.firstIndex { $0.name == label }
    guard let index = named ?? parameters.firstIndex(where: \.takesAnyName) else {
      return faults.append(.unknownName(argument: argument))
    }
    if slots[index].isEmpty || parameters[index].isVariadic || parameters[index].takesAnyName {
      slots[index].append(argument)
    } else {
      faults.append(.filledTwice(argument: argument, parameter: index))
    }
  }
}

extension ArgumentMatch {
  /// The faults in words, each at the argument to blame, or at the callee for what is missing.
  ///
  /// - Parameters:
  ///   - arguments: label and span of each argument, in the order given to `init`.
  ///   - callee: the function's name and where it stands.
  ///   - argumentRemedies: what to write instead of names that the function has not.
  public func diagnostics(
    for callee: Name, _ arguments: [(label: Name?, span: Span)], to parameters: [ParameterShape],
    argumentRemedies: [String: String] = [:]
  ) -> [Diagnostic] {
    faults.compactMap { fault in
      switch fault {
      case .unknownName(let argument):
        let label = arguments[argument].label ?? Name("", arguments[argument].span)
        return .unknownArgument(
          label, of: callee, among: parameters.map(\.name), remedy: argumentRemedies[label.text])
      case .filledTwice(let argument, let parameter):
        return .filledTwice(
          parameters[parameter].name, of: callee, at: arguments[argument].span,
          fixes: removal(of: argument, among: arguments.map(\.span), of: callee))
      // The parser has reported it.
      case .positionalAfterNamed: return nil
      case .nameless(let argument):
        return .nameless(in: callee, at: arguments[argument].span)
      case .tooMany(let argument):
        return .tooMany(
          for: callee, parameters.count, at: arguments[argument].span,
          fixes: removal(of: argument, among: arguments.map(\.span), of: callee))
      case .missing(let parameter):
        return .missing(parameters[parameter].name, in: callee)
      }
    }
  }

  /// What takes an argument out of its call, with the comma that goes with it; nothing for one that
  /// a pipe brings.
  private func removal(of argument: Int, among spans: [Span], of callee: Name) -> [Diagnostic.Fix] {
    let inside = spans.filter { $0.start >= callee.span.end }
    guard let place = inside.firstIndex(of: spans[argument]) else { return [] }
    let own = inside[place]
    let span =
      place > 0
      ? Span(inside[place - 1].end, own.end)
      : Span(own.start, inside.count > 1 ? inside[1].start : own.end)
    return [.init("remove this argument", replacing: span, with: "")]
  }
}

extension Diagnostic {
  fileprivate static func unknownArgument(
    _ label: Name, of callee: Name, among names: [String], remedy: String?
  ) -> Diagnostic {
    let known = ForeignNames.parameter(for: label.text, among: names)
    let remedy = remedy ?? ForeignNames.remedy(forArgument: label.text, among: names)
    let near = remedy == nil ? known ?? Spelling.nearest(to: label.text, among: names) : nil
    let takes =
      names.isEmpty
      ? "it takes none" : "it takes \(names.map { "`\($0)`" }.joined(separator: ", "))"
    return Diagnostic(
      .unknownArgument, at: label.span, "unknown argument `\(label.text)` of `\(callee.text)`",
      remedy: remedy ?? near.map { known == nil ? "did you mean `\($0)`?" : "thr writes `\($0)`" }
        ?? takes,
      fixes: near.map { [.init("replace with `\($0)`", replacing: label.span, with: $0)] } ?? [])
  }

  fileprivate static func filledTwice(
    _ parameter: String, of callee: Name, at span: Span, fixes: [Fix]
  ) -> Diagnostic {
    Diagnostic(
      .argumentGivenTwice, at: span, "`\(parameter)` of `\(callee.text)` is given twice",
      remedy: "keep one of the two", fixes: fixes)
  }

  fileprivate static func tooMany(
    for callee: Name, _ count: Int, at span: Span, fixes: [Fix]
  ) -> Diagnostic {
    Diagnostic(
      .tooManyArguments, at: span,
      "`\(callee.text)` takes \(count == 0 ? "no" : "at most \(count)") "
        + "argument\(count == 1 ? "" : "s")",
      remedy: "remove this one", fixes: fixes)
  }

  fileprivate static func nameless(in callee: Name, at span: Span) -> Diagnostic {
    Diagnostic(
      .missingArgument, at: span, "an argument of `\(callee.text)` needs a name here",
      remedy: "write `name = expression`")
  }

  fileprivate static func missing(_ parameter: String, in callee: Name) -> Diagnostic {
    Diagnostic(
      .missingArgument, at: callee.span, "`\(callee.text)` needs `\(parameter)`",
      remedy: "add it: `\(callee.text)(…, \(parameter)=…)`")
  }
}

extension Diagnostic.Kind {
  public static let unknownArgument = Diagnostic.Kind(
    "E0204", "unknown-argument",
    explanation: .init(
      """
      The function has no parameter with this name.
      """,
      wrong: "tune(s, f1, stpe=0.1)",
      right: "tune(s, f1, step=0.1)"))

  public static let missingArgument = Diagnostic.Kind(
    "E0205", "missing-argument",
    explanation: .init(
      """
      A required argument is missing.
      """,
      wrong: "fn half(x) = x / 2\nprint(half())",
      right: "fn half(x) = x / 2\nprint(half(3))"))

  public static let tooManyArguments = Diagnostic.Kind(
    "E0206", "too-many-arguments",
    explanation: .init(
      """
      There are more arguments than the function has parameters.
      """,
      wrong: "len([1, 2], 3)",
      right: "len([1, 2])"))

  public static let argumentGivenTwice = Diagnostic.Kind(
    "E0207", "argument-given-twice",
    explanation: .init(
      """
      A parameter is given twice, by position and by name.
      """,
      wrong: "fn share(part, whole) = part / whole\nprint(share(3, 4, part=3))",
      right: "fn share(part, whole) = part / whole\nprint(share(3, whole=4))"))
}
