public import ThrModel

/// Why a statement of a notebook was not run, or not to its end.
public enum Refusal: Hashable, Sendable {
  /// It reads a name, or the names of a used file, that a statement before it did not bind.
  case needs(String)
  /// It calls a builtin that does more than compute and read.
  case effect(Effect, of: String)
  /// It ends the program with a status.
  case exit(Int)
  /// It reads a file that lies elsewhere, or that is no plain file.
  case file(String)
  case fileTooLarge(String, bytes: Int)
  /// Its text has errors.
  case incomplete
  case time(seconds: Double)
  case memory(bytes: Int)
  /// It takes more than the statements before it left of the time.
  case noTimeLeft
}

extension Refusal: CustomStringConvertible {
  /// A few words, to stand after “not run: ”.
  public var description: String {
    switch self {
    case .needs(let name): "needs `\(name)`, which has no value"
    case .effect(let effect, let name): "`\(name)` \(effect.rawValue)"
    case .exit(let status): "ends the program with status \(status)"
    case .file(let path): "reads `\(path)`, which is not a regular file of the workspace"
    case .fileTooLarge(let path, let bytes): "reads `\(path)`, which has \(Self.size(bytes))"
    case .incomplete: "has errors"
    case .time(let seconds): "takes more than \(Self.number(seconds)) s"
    case .memory(let bytes): "takes more than \(Self.size(bytes))"
    case .noTimeLeft: "takes more time than is left"
    }
  }

  /// The same in so few words that they fit beside a line.
  public var brief: String {
    switch self {
    case .needs(let name) where name.count <= 20: "needs `\(name)`"
    case .needs: "needs a name without a value"
    case .file: "reads a file outside the workspace"
    case .fileTooLarge(_, let bytes): "reads a file of \(Self.size(bytes))"
    default: description
    }
  }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 30
      ? "\(number(Double((bytes * 10) >> 30) / 10)) GiB" : "\(max(1, bytes >> 20)) MiB"
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && value < 1e9 ? "\(Int(value))" : "\(value)"
  }
}
