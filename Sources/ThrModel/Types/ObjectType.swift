/// A type that the library declares: its name, its members, and how its values are shown.
///
/// Declared once; member access, completion, hover, `--json` and every display derive from it. Its
/// members are made when they are first asked for: most programs use few types.
public struct ObjectType: Sendable {
  public struct Name: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
    public let rawValue: String
    /// What values of the type hold where they are lists with members besides; see `ListObject`.
    let elements: ValueType?

    public init(rawValue: String) { self.init(rawValue, elements: nil) }

    /// - Parameter elements: What its values hold, if they are `ListObject`s.
    public init(_ rawValue: String, elements: ValueType?) {
      self.rawValue = rawValue
      self.elements = elements
    }

    public init(stringLiteral value: String) { self.init(value, elements: nil) }

    public static func == (one: Name, other: Name) -> Bool { one.rawValue == other.rawValue }

    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

    /// `scores` takes no article: “scores”, not “a scores”.
    public var isPlural: Bool { rawValue.hasSuffix("s") }
  }

  /// Facts of the type, known without a value of it.
  public struct Facts: Hashable, Sendable {
    public let name: Name
    public let summary: String
    public let members: [Member.Facts]
  }

  public let name: Name
  /// The Swift type of its values, by which their further abilities are found.
  public let base: any LanguageObject.Type
  private let content: Deferred<Content>

  private final class Content: Sendable {
    let facts: Facts
    let members: [Member]

    init(_ name: Name, _ summary: String, _ members: [Member]) {
      facts = Facts(name: name, summary: summary, members: members.map(\.facts))
      self.members = members
    }
  }
  /// The value in one line, as an assignment in the REPL shows it.
  public let line: @Sendable (Value) -> String
  /// The value in a few words, to stand beside the line of a text that made it; see
  /// `ValueDisplay.hint`.
  public let hint: @Sendable (Value) -> String
  /// The value as a person wants to see it, over several lines, drawn for a surface.
  public let text: @Sendable (Value, Surface) -> String

  /// - Parameters:
  ///   - hint: the value in at most 43 characters; the line where `nil`.
  ///   - line: the value in one line.
  ///   - text: the value in full, without a line break at its end.
  public init<Base: LanguageObject>(
    _ base: Base.Type, _ summary: String,
    members: @autoclosure @escaping @Sendable () -> [MemberOf<Base>],
    hint: (@Sendable (Base) -> String)? = nil,
    line: @escaping @Sendable (Base) -> String, text: @escaping @Sendable (Base) -> String
  ) {
    self.init(base, summary, members: members(), hint: hint, line: line) { value, _ in
      text(value)
    }
  }

  /// A type whose values look different on another surface, as plots do.
  ///
  /// - Parameters:
  ///   - hint: the value in at most 43 characters; the line where `nil`.
  ///   - line: the value in one line.
  ///   - text: the value in full on a surface, without a line break at its end.
  public init<Base: LanguageObject>(
    _ base: Base.Type, _ summary: String,
    members: @autoclosure @escaping @Sendable () -> [MemberOf<Base>],
    hint: (@Sendable (Base) -> String)? = nil,
    line: @escaping @Sendable (Base) -> String,
    text: @escaping @Sendable (Base, Surface) -> String
  ) {
    let name = Base.typeName
    self.name = name
    self.base = base
    content = Deferred { Content(name, summary, members().map(\.member)) }
    self.line = { value in Base(value).map(line) ?? "" }
    self.hint = { value in Base(value).map(hint ?? line) ?? "" }
    self.text = { value, surface in Base(value).map { text($0, surface) } ?? "" }
  }

  public var facts: Facts { content.value.facts }
  public var members: [Member] { content.value.members }

  public func member(_ name: String) -> Member? { members.first { $0.facts.name == name } }

  /// The members that a table of such values shows, in order.
  var columns: [Member] { members.filter(\.facts.isColumn) }
}

/// A member of an object type: what readers may know of it, and how it is read.
public struct Member: Sendable {
  public struct Facts: Hashable, Sendable {
    public let name: String
    public let type: ValueType
    public let summary: String
    public let style: NumberStyle
    /// Whether `--json` and tables leave it out: parts that would repeat the whole.
    public let isHiddenInJSON: Bool
    /// Whether a table of such values has a column for it.
    public let isColumn: Bool
    /// Role of the member's rows: what they are set aside for.
    ///
    /// Only where the member is rows of the value: `train` of a dataset; `whole` for all of them.
    public let role: Role?
    /// Whether the value was made to choose it, as a tuning's threshold: what was done with rows
    /// to choose it stays known where it is used alone.
    public let isChoice: Bool
  }

  public let facts: Facts
  /// How a table writes it, where the number alone does not say enough for that: a threshold needs
  /// the scores beside it.
  public let cell: (@Sendable (Value) -> String?)?
  /// Reads the member; throws where this very value lacks it, such as the test rows of two halves.
  public let read: @Sendable (Value) throws(CallError) -> Value
}

/// A member's declaration, typed so that the compiler checks the body.
public struct MemberOf<Base: LanguageObject>: Sendable {
  let member: Member

  /// A member whose numbers, if any, are written in full.
  public init<Result: ValueConvertible>(
    _ name: String, hiddenInJSON: Bool = false, column: Bool = false, role: Role? = nil,
    choice: Bool = false, _ summary: String,
    _ read: @escaping @Sendable (Base) throws(CallError) -> Result
  ) {
    self.init(
      name, .plain, hiddenInJSON: hiddenInJSON, column: column, role: role, choice: choice,
      cell: nil, summary, read)
  }

  public init<Result: ValueConvertible>(
    _ name: String, _ style: NumberStyle, hiddenInJSON: Bool = false,
    column: Bool = false, role: Role? = nil, _ summary: String,
    _ read: @escaping @Sendable (Base) throws(CallError) -> Result
  ) {
    self.init(
      name, style, hiddenInJSON: hiddenInJSON, column: column, role: role, choice: false,
      cell: nil, summary, read)
  }

  /// A threshold as a column, which a table writes so that it decides the same rows.
  public init<Result: ValueConvertible>(
    _ name: String, threshold cell: @escaping @Sendable (Base) -> String?, _ summary: String,
    _ read: @escaping @Sendable (Base) throws(CallError) -> Result
  ) {
    self.init(
      name, .threshold, hiddenInJSON: false, column: true, role: nil, choice: true, cell: cell,
      summary, read)
  }

  private init<Result: ValueConvertible>(
    _ name: String, _ style: NumberStyle, hiddenInJSON: Bool, column: Bool, role: Role?,
    choice: Bool, cell: (@Sendable (Base) -> String?)?, _ summary: String,
    _ read: @escaping @Sendable (Base) throws(CallError) -> Result
  ) {
    var cellOfValue: (@Sendable (Value) -> String?)?
    if let cell { cellOfValue = { value in Base(value).flatMap { cell($0) } } }
    member = Member(
      facts: .init(
        name: name, type: Result.valueType, summary: summary, style: style,
        isHiddenInJSON: hiddenInJSON, isColumn: column, role: role, isChoice: choice),
      cell: cellOfValue
    ) { value throws(CallError) in
      guard let base = Base(value) else { return .undefined }
      return try read(base).value
    }
  }
}

/// How a number is written for people, in tunings and tables.
public enum NumberStyle: Hashable, Sendable {
  /// The shortest digits that read back exactly.
  case plain
  /// Six decimals without trailing zeros, six significant digits below 0.001, where that is the
  /// very number; else all digits, since another threshold may decide other rows.
  case threshold
  /// Three decimals; sums above 1, such as costs, as counts are written.
  case metric
  /// Thousands separators; weighted counts keep up to three decimals.
  case count
  /// A percentage to three significant digits.
  case share
}
