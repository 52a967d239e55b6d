import JSONText
public import ThrSyntax

/// What a project wants `thr check` and editors to report, as its file `thr.json` says.
///
/// `{"check": {"ignore": ["W0601"], "exclude": ["old"], "strict": true}}`: warnings are named by their
/// code, by the beginning of one, such as `W06`, or by their name. Errors are always reported.
public struct CheckRules: Hashable, Sendable {
  /// The name of the file, which holds for the scripts in its folder and below.
  public static let fileName = "thr.json"

  /// The only warnings that are reported; all where it is empty.
  public var selected: [String] = []
  /// Warnings that are not reported.
  public var ignored: [String] = []
  /// Patterns of files and folders that are left out where a folder is checked.
  public private(set) var excluded: [String] = []
  /// Whether data leakage is an error.
  public private(set) var isStrict = false
  /// Whether `thr check` fails where there are warnings.
  public private(set) var warningsAreErrors = false

  /// All warnings.
  public init() {}

  /// The rules in the bytes of a file.
  ///
  /// - Throws: where the bytes are no JSON, or have a key or a value that means nothing here.
  public init(parsing bytes: [UInt8]) throws(CheckRulesError) {
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: bytes)
    } catch {
      throw CheckRulesError("it is not valid JSON: \(error)")
    }
    guard let file = json.object else {
      throw CheckRulesError(#"write an object: {"check": {"ignore": ["W0601"]}}"#)
    }
    for member in file.members {
      guard member.key == "check", let check = member.value.object else {
        throw CheckRulesError("`\(member.key)` means nothing; the object `check` has the settings")
      }
      for setting in check.members { try take(setting.key, setting.value) }
    }
  }

  private mutating func take(_ key: String, _ value: JSON) throws(CheckRulesError) {
    switch key {
    case "select": selected = try Self.texts(value, of: key)
    case "ignore": ignored = try Self.texts(value, of: key)
    case "exclude": excluded = try Self.texts(value, of: key)
    case "strict": isStrict = try Self.truth(value, of: key)
    case "warnings-as-errors": warningsAreErrors = try Self.truth(value, of: key)
    default:
      throw CheckRulesError(
        "`\(key)` means nothing; the settings are `select`, `ignore`, `exclude`, `strict` and "
          + "`warnings-as-errors`")
    }
  }

  private static func texts(_ value: JSON, of key: String) throws(CheckRulesError) -> [String] {
    let texts = value.array?.compactMap(\.string)
    guard let texts, texts.count == value.array?.count else {
      throw CheckRulesError("`\(key)` takes a list of texts")
    }
    return texts
  }

  private static func truth(_ value: JSON, of key: String) throws(CheckRulesError) -> Bool {
    guard let truth = value.bool else { throw CheckRulesError("`\(key)` takes true or false") }
    return truth
  }

  // MARK: - Use

  /// Whether a kind of problem is reported.
  public func reports(_ kind: Diagnostic.Kind) -> Bool {
    guard kind.severity == .warning else { return true }
    return (selected.isEmpty || selected.contains { kind.isNamed(by: $0) })
      && !ignored.contains { kind.isNamed(by: $0) }
  }

  /// Refuses names that are those of no warning.
  ///
  /// - Parameter kinds: every kind of problem.
  public func verifyNames(among kinds: [Diagnostic.Kind]) throws(CheckRulesError) {
    for name in selected + ignored {
      let named = kinds.filter { $0.isNamed(by: name) }
      if named.isEmpty { throw CheckRulesError("there is no warning `\(name)`") }
      if named.allSatisfy({ $0.severity == .error }) {
        throw CheckRulesError("`\(name)` is an error, and errors are always reported")
      }
    }
  }
}

/// Why rules cannot be used.
public struct CheckRulesError: Error, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

extension Diagnostic.Kind {
  /// Whether this is the code, the beginning of the code, or the name of the kind.
  fileprivate func isNamed(by text: String) -> Bool {
    text == name || (!text.isEmpty && code.hasPrefix(text))
  }
}
