/// Everything a reader may know about a builtin: no code, only facts; a copy is a reference.
@dynamicMemberLookup
public struct Signature: Hashable, Sendable {
  /// One way to call it; the type of the first argument alone picks the form.
  public struct Form: Hashable, Sendable {
    public let parameters: [Parameter]
    public let result: ValueType
    /// What it gives instead where the argument for one parameter is given, and not `none`.
    public let exception: Exception?
    /// Which rows the result holds; `nil` for a result without rows, or with only some of them.
    public let rows: Rows?
    /// The parameters as matching arguments with them needs to know them.
    public let shapes: [ParameterShape]
    /// Whether it uses rows, so that a call may leak.
    public let usesRows: Bool
    /// What it certainly refuses.
    public let refusal: Refusal?

    /// Another type of result, and the argument that makes it so: `by`.
    public struct Exception: Hashable, Sendable {
      public let parameter: String
      public let result: ValueType

      public init(_ parameter: String, _ result: ValueType) {
        self.parameter = parameter
        self.result = result
      }
    }

    public init(
      parameters: [Parameter], result: ValueType, exception: Exception? = nil, rows: Rows? = nil,
      refusal: Refusal? = nil
    ) {
      self.refusal = refusal
      self.parameters = parameters
      self.result = result
      self.exception = exception
      self.rows = rows
      usesRows = parameters.contains { $0.use != nil }
      shapes = parameters.map {
        ParameterShape(
          name: $0.name, isRequired: $0.isRequired, isVariadic: $0.kind == .variadic,
          takesAnyName: $0.kind == .rowExpressions)
      }
    }
  }

  /// Which rows a call's result holds: from this the checker follows rows through a program.
  ///
  /// Declare it only where it holds for every call; the checker says nothing where it is `nil`,
  /// and run time answers. What was done with rows on the way (`Parameter.use`) flows from every
  /// argument into every result by itself.
  public enum Rows: Hashable, Sendable {
    /// Rows of their own, the same ones for equal arguments: `synth`, `read`.
    case own
    /// All the rows of the argument for the parameter named, no fewer: the scores of a model on
    /// `rows`, the parts of a `split` taken together.
    case all(of: String)
    /// The rows of the argument for the parameter named, where they are known; else rows of their
    /// own: scores from lists.
    case allOrOwn(of: String)
  }

  /// Facts of a declaration; each is read as a member of the signature itself.
  public struct Facts: Hashable, Sendable {
    public let name: String
    public let topic: Topic
    public let forms: [Form]
    public let effect: Effect
    /// One sentence, with its full stop.
    public let summary: String
    /// Documentation after the summary: conventions, formulas, warnings; Markdown.
    public let documentation: String
    /// A program that runs as it stands.
    public let example: String
    /// Names of arguments that it has not but that people try, and what to write instead.
    public let argumentRemedies: [String: String]
    /// Names of the function in other tools.
    public let foreignNames: [String]
    /// Whether its arguments compare decisions with each other: what they report on test rows is one
    /// use of these rows.
    public let judgesTogether: Bool
    /// Whether it takes from a table the columns that its parameters name, and reads others later
    /// where they are asked for.
    public let usesNamedColumns: Bool
  }

  @usableFromInline
  struct Content: Hashable, Sendable {
    @usableFromInline let facts: Facts
    let hasRowExpressions: Bool
    let takesFunctions: Bool
    let optionWords: Set<String>

    init(_ facts: Facts) {
      let parameters = facts.forms.flatMap(\.parameters)
      self.facts = facts
      hasRowExpressions = parameters.contains { $0.isByRow }
      takesFunctions = parameters.contains { $0.type == .function }
      optionWords = Set(parameters.flatMap { $0.words })
    }
  }

  /// A checker copies signatures at every call it sees: what they say is kept once.
  @usableFromInline let shared: Shared<Content>

  init(_ facts: Facts) { shared = Shared(Content(facts)) }

  @inlinable
  public subscript<Fact>(dynamicMember fact: KeyPath<Facts, Fact>) -> Fact {
    shared.content.facts[keyPath: fact]
  }

  /// Not left to the subscript, as there is a method of this name.
  public var forms: [Form] { shared.content.facts.forms }
  /// Whether some argument is an expression that is evaluated for every row.
  public var hasRowExpressions: Bool { shared.content.hasRowExpressions }
  /// Whether some argument is a function, which the builtin calls.
  public var takesFunctions: Bool { shared.content.takesFunctions }
  /// The words of all its options.
  public var optionWords: Set<String> { shared.content.optionWords }
}

/// Holds something large once, however often it is copied.
@usableFromInline
final class Shared<Content: Hashable & Sendable>: Hashable, Sendable {
  @usableFromInline let content: Content

  init(_ content: Content) { self.content = content }

  @usableFromInline
  static func == (left: Shared, right: Shared) -> Bool {
    left === right || left.content == right.content
  }

  @usableFromInline
  func hash(into hasher: inout Hasher) { hasher.combine(content) }
}

/// Side effect of a call, beyond giving its value.
public enum Effect: String, Hashable, Sendable {
  case pure
  /// Draws random numbers from its seed argument: pure, as the seed has a fixed default.
  case draws
  case readsFiles = "reads files"
  case writesFiles = "writes files"
  /// Asks other machines, or other programs on this one.
  case network = "connects to a database"
  /// Writes to standard output.
  case prints
  /// Checks something, and may end the program.
  case ends = "may end the program"
  /// Takes the screen of a terminal and waits for its user.
  case interacts = "waits for keys at a terminal"
}

/// Where a builtin stands in the reference.
public enum Topic: String, Hashable, Sendable, CaseIterable {
  case data = "Data"
  case models = "Models and scores"
  case tuning = "Tuning"
  case metrics = "Metrics"
  case curves = "Curves"
  case files = "Files"
  case contracts = "Contracts"
  case everyday = "Everyday"
}

extension Signature.Form {
  /// The form as one line, such as `(model: model, rows: dataset, metric: metric) → tuning`.
  public func description(named name: String) -> String {
    "\(name)(\(parameters.map(\.description).joined(separator: ", "))) → \(result)" + exceptionText
  }

  private var exceptionText: String {
    exception.map { ", with `\($0.parameter)` \($0.result)" } ?? ""
  }

  /// What a call gives.
  ///
  /// - Parameter types: the types of the arguments given for the parameter at a position.
  public func result(_ types: (Int) -> [ValueType]) -> ValueType {
    guard let exception,
      let place = parameters.firstIndex(where: { $0.name == exception.parameter }),
      let type = types(place).first
    else { return result }
    switch ValueType.none.accepts(type) {
    case .always: return result
    case .never: return exception.result
    case .sometimes: return .either(result, exception.result)
    }
  }

  /// The form as lines of at most `width` characters, broken between parameters; one line where it
  /// fits.
  public func description(named name: String, width: Int) -> String {
    let line = description(named: name)
    if line.count <= width { return line }
    var lines = ["\(name)("]
    var current = " "
    for (index, parameter) in parameters.enumerated() {
      let piece = " \(parameter)" + (index < parameters.count - 1 ? "," : "")
      if current.count + piece.count > width, current != " " {
        lines.append(current)
        current = " "
      }
      current += piece
    }
    return (lines + [current, ") → \(result)" + exceptionText]).joined(separator: "\n")
  }
}
