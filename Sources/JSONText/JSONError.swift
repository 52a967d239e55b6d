/// Why a text is not JSON, and where.
public struct JSONError: Error, Hashable, Sendable {
  public let problem: Problem

  /// Bytes before the place, from 0.
  public let offset: Int

  /// From 1; lines end at a line feed.
  public let line: Int

  /// Unicode scalars from the start of the line, from 1.
  public let column: Int

  public enum Problem: Hashable, Sendable {
    case unexpectedEnd
    /// A character that cannot stand here, and what could.
    case unexpected(String, expected: String)
    case controlCharacterInString
    case invalidEscape
    case invalidNumber
    case numberOutOfRange
    case invalidUTF8
    case tooDeep(limit: Int)
  }
}

extension JSONError: CustomStringConvertible {
  public var description: String { "line \(line), column \(column): \(problem)" }
}

extension JSONError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unexpectedEnd: "the text ends too early"
    case .unexpected(let found, let expected): "`\(found)` where \(expected) is expected"
    case .controlCharacterInString: "a control character in a string; write it as an escape"
    case .invalidEscape: "not a valid JSON escape"
    case .invalidNumber: "not a valid JSON number"
    case .numberOutOfRange: "a number beyond the largest Double"
    case .invalidUTF8: "not valid UTF-8"
    case .tooDeep(let limit): "more than \(limit) levels of arrays and objects"
    }
  }
}
