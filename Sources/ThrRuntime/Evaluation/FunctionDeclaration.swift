import ThrModel
import ThrSyntax

/// A function as declared in a file.
final class FunctionDeclaration: Sendable {
  let syntax: Statement.FunctionDeclaration
  let file: SourceFile
  let shapes: [ParameterShape]
  /// The layouts of the calls around the declaration; only touched on the evaluation thread, as is
  /// the code.
  nonisolated(unsafe) private let enclosing: [FrameLayout]
  nonisolated(unsafe) private var compiled: FunctionCode?

  init(
    _ syntax: Statement.FunctionDeclaration, in file: SourceFile, enclosing: [FrameLayout] = []
  ) {
    self.syntax = syntax
    self.file = file
    self.enclosing = enclosing
    shapes = syntax.parameters.map {
      ParameterShape(name: $0.name.text, isRequired: $0.defaultValue == nil)
    }
  }

  /// The function compiled for the names of its file, when it is first called.
  func code(in scope: Scope) -> FunctionCode {
    if let compiled, compiled.scope === scope { return compiled }
    let code = Compiler(scope, file, enclosing).function(self)
    compiled = code
    return code
  }
}

/// A declaration together with the names that it reads, once a function is used as a value.
final class Closure: FunctionTarget {
  let declaration: FunctionDeclaration
  /// The names of its file.
  ///
  /// Only touched on the evaluation thread, as is the frame; elsewhere the closure is an opaque
  /// handle.
  nonisolated(unsafe) let scope: Scope
  /// The call that it was declared in; `nil` at top level.
  nonisolated(unsafe) let frame: Frame?

  init(_ declaration: FunctionDeclaration, in scope: Scope, _ frame: Frame?) {
    self.declaration = declaration
    self.scope = scope
    self.frame = frame
  }

  func isEqual(_ other: any FunctionTarget) -> Bool {
    guard let other = other as? Closure, scope === other.scope, frame === other.frame else {
      return false
    }
    // A declaration in a loop, or one that is reached after it was seen, is still the same one.
    return declaration === other.declaration
      || declaration.file == other.declaration.file
        && declaration.syntax.span == other.declaration.syntax.span
  }
}

extension Function {
  init(_ declaration: FunctionDeclaration, in scope: Scope, _ frame: Frame?) {
    self.init(
      name: declaration.syntax.name.text, target: Closure(declaration, in: scope, frame),
      depth: frame?.reach ?? 0)
  }
}
