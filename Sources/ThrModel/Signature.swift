/// Everything a reader may know about a builtin: no code, only facts.
public struct Signature: Hashable, Sendable {
  /// One way to call it; the type of the first argument alone picks the form.
  public struct Form: Hashable, Sendable {
    public let parameters: [Parameter]
    public let result: ValueType
    /// Which rows the result holds; `nil` for a result without rows, or with only some of them.
    public let rows: Rows?

    public init(parameters: [Parameter], result: ValueType, rows: Rows? = nil) {
      self.parameters = parameters
      self.result = result
      self.rows = rows
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
  }

  public struct Parameter: Hashable, Sendable {
    public let name: String
    public let type: ValueType
    /// What stands in when the argument is left out; `nil` where it is required.
    public let defaultValue: Value?
    /// The numbers allowed, both ends included unless `excludesLowerBound`.
    public let range: ClosedRange<Double>?
    public let excludesLowerBound: Bool
    /// The words allowed where the argument is an option; empty where any text is.
    public let words: [String]
    /// What the number counts or measures: “rows”, “share”.
    public let unit: String?
    /// What its rows are used for, from which leakage is derived.
    public let use: RowsUse?
    public let kind: Kind
    public let summary: String
    /// Whether only whole numbers are taken.
    public let isWhole: Bool

    /// How the argument is given.
    public enum Kind: Hashable, Sendable {
      case ordinary
      /// Takes all remaining positional arguments, as a list.
      case variadic
      /// An expression that is evaluated for every row, with the columns of the first argument's
      /// table in scope.
      case rowExpression
      /// A text that names a file, for completion.
      case path
      /// A text that names a column of the first argument.
      case column
      /// The metric that the call makes best, in the direction that the argument for one parameter
      /// names, under the constraint given for another.
      case objective(goal: String, constraint: String)
    }

    public var isRequired: Bool { defaultValue == nil && kind != .variadic }
  }

  public let name: String
  public let topic: Topic
  public let forms: [Form]
  public let effect: Effect
  /// One sentence, with its full stop.
  public let summary: String
  /// What help adds to the summary: conventions, formulas, what is told; Markdown.
  public let documentation: String
  /// A program that runs as it stands.
  public let example: String
}

/// What a call does beyond giving its value.
public enum Effect: String, Hashable, Sendable {
  case pure
  /// Draws random numbers from its seed argument: pure, as the seed has a fixed default.
  case draws
  case readsFiles = "reads files"
  case writesFiles = "writes files"
  case network
  /// Writes to standard output.
  case prints
}

/// Where a builtin stands in the reference.
public enum Topic: String, Hashable, Sendable, CaseIterable {
  case data = "Data"
  case models = "Models and scores"
  case tuning = "Tuning"
  case metrics = "Metrics"
  case curves = "Curves"
  case files = "Files"
  case everyday = "Everyday"
}

extension Signature.Form {
  /// The form as one line, such as `(model: model, rows: dataset, metric: metric) → tuning`.
  public func description(named name: String) -> String {
    "\(name)(\(parameters.map(\.description).joined(separator: ", "))) → \(result)"
  }
}

extension Signature.Parameter: CustomStringConvertible {
  /// `step: number = none`, `values: value …`.
  public var description: String {
    let base = "\(name): \(argumentType)"
    if kind == .variadic { return base + " …" }
    guard let defaultValue else { return base }
    return "\(base) = \(defaultValue.sourceText)"
  }
}
