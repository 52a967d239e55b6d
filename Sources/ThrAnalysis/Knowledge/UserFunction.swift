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
  /// Every name that its text mentions as a value.
  var mentioned: Set<String> = []
  /// The comments of the text that declares it.
  var comments: CommentBlocks?

  var isInner: Bool { if case .body = home { true } else { false } }

  /// The comment above the declaration, its signs taken off.
  var documentation: String { comments?.text(above: declaration.span.start) ?? "" }
}
