import NumberText
public import ThrSyntax

/// Why a builtin, an operator or a member could not give a value.
///
/// It carries no place: the caller that knows the source text adds the span of the blamed argument.
public struct CallError: Error, Hashable {
  public var kind: Diagnostic.Kind
  public var message: String
  public var remedy: String?
  /// The parameter whose argument is to blame; the whole call where `nil`.
  public var parameter: String?
  /// Text for the blamed place, where one replacement fixes the fault.
  public var replacement: String?
  /// An argument that fixes the call if it is added, such as `positive="yes"`.
  public var addition: String?

  public init(
    _ kind: Diagnostic.Kind, _ message: String, remedy: String? = nil, parameter: String? = nil,
    replacement: String? = nil, addition: String? = nil
  ) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
    self.parameter = parameter
    self.replacement = replacement
    self.addition = addition
  }

  /// The error at its place in the source.
  public func diagnostic(at span: Span, notes: [Diagnostic.Note] = []) -> Diagnostic {
    Diagnostic(
      kind, at: span, message, remedy: remedy, notes: notes,
      fixes: replacement.map { [.init("replace with `\($0)`", replacing: span, with: $0)] } ?? [])
  }
}

extension CallError {
  /// The error of a builtin with an argument that was given by its position named so: what its
  /// parameter is called stands nowhere in the program.
  ///
  /// - Parameter position: of the argument to blame, from 0; `nil` where it has a label.
  public func blaming(position: Int?, of function: String) -> CallError {
    guard let position, let parameter, message.hasPrefix("`\(parameter)` ") else { return self }
    var error = self
    error.message =
      "the \(Self.ordinal(position + 1)) argument of `\(function)`"
      + message.dropFirst(parameter.count + 2)
    return error
  }

  private static func ordinal(_ number: Int) -> String {
    let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
    return number <= words.count ? words[number - 1] : "\(number)th"
  }
}

extension CallError {
  /// A list that exists only as a rule, such as `range(1e15)`, or that was about to be made.
  public static func tooLong(_ count: Int, parameter: String? = nil) -> CallError {
    CallError(
      .listTooLong,
      "a list of \(Double(count).countText) elements is too long for the memory",
      remedy: "use `for` instead, or a shorter list", parameter: parameter)
  }
}

extension Diagnostic.Kind {
  public static let listTooLong = Diagnostic.Kind(
    "E0308", "list-too-long",
    explanation: .init(
      """
      The length of a list made in one step is limited, so that a typing error does not fill the \
      memory.
      """,
      wrong: "range(10^15) + [1]",
      right: "range(10) + [1]"))
}
