import ThrSyntax

/// A user's function: its declaration, and where the names in its body are looked up.
struct UserFunction: Sendable {
  enum Home: Hashable, Sendable {
    /// The names of the text that is analysed, or of the session that it continues.
    case file
    /// The names of a file that is used, by its number.
    case used(Int)
    /// The names of a function's body, as long as that runs.
    case body(frame: Int, serial: Int)
  }

  let declaration: Statement.FunctionDeclaration
  var home: Home
  /// The path of the file that declares it; `nil` for the analysed text.
  var file: String?
  /// The comment above the declaration, its signs taken off.
  var documentation = ""
}
