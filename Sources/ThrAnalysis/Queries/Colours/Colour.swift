public import ThrSyntax

/// The kind of a part of the text, which decides its colour.
public struct Colour: Hashable, Sendable {
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case keyword, function, metric, variable, parameter
    /// A member of a value, a field of a record, a column of a table.
    case property
    case namedArgument
    case number, text, escape
    /// The braces of an interpolation and its format.
    case interpolation
    case comment, `operator`, bracket
    /// Commas, colons, semicolons, points.
    case punctuation
    case invalid
  }

  public struct Modifiers: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The name is given a value here.
    public static let declaration = Modifiers(rawValue: 1)
    /// The language brings it.
    public static let library = Modifiers(rawValue: 2)
    /// It never changes.
    public static let readOnly = Modifiers(rawValue: 4)
  }

  public var span: Span
  public var kind: Kind
  public var modifiers: Modifiers

  init(_ span: Span, _ kind: Kind, _ modifiers: Modifiers = []) {
    self.span = span
    self.kind = kind
    self.modifiers = modifiers
  }
}
