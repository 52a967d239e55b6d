public import ParallelWork
public import TableIO
public import ThrSyntax

/// Context of a call: files, clock, output and more, as the caller provides them.
public struct CallContext: Sendable {
  /// Files, and nothing but what this offers of them.
  public var files: any FileSystem
  /// The folder of the running script, where a relative path is looked up after the working folder.
  public var scriptFolder: String?
  /// Whether the work should stop; long loops ask at least every 10 ms and throw `Cancelled`.
  public var isCancelled: @Sendable () -> Bool
  public var progress: @Sendable (Progress) -> Void
  /// Reports to the user something that does not stop the call: refused rows, a fit that is not
  /// unique.
  public var warn: @Sendable (Warning) -> Void
  /// Writes one line to where values go.
  public var print: @Sendable (String) -> Void
  /// How values are written for people.
  public var display: ValueDisplay
  /// Calls a function that was given as an argument, with these positional arguments.
  public var apply: @Sendable (_ function: Function, _ arguments: [Value]) throws -> Value = {
    function, _ in
    throw CallError(.notCallable, "`\(function.name)` cannot be called here")
  }
  /// The same with further arguments, by their names.
  public var applyNamed:
    @Sendable (_ function: Function, _ arguments: [Value], _ named: [Record.Field]) throws -> Value =
      { function, _, _ in
        throw CallError(.notCallable, "`\(function.name)` cannot be called here")
      }
  /// Hands the screen of the terminal to a program until its user leaves it; `nil` where there is no
  /// terminal, or where no one waits at it.
  public var screen: (@Sendable (any ScreenProgram) -> ScreenEnding)?
  /// The columns that are used of the table which the call gives, where the text around it shows
  /// that; `nil`: any may be.
  public var columnsUsed: Set<String>?
  /// Whether queries of tables that live elsewhere are shown instead of asked.
  public var isDryRun = false
  /// Cell of a column in the present row, where the call stands in an expression for rows.
  public var cell: @Sendable (_ column: String) -> RowCell = { _ in .noRow }

  public init(
    files: any FileSystem, scriptFolder: String? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Progress) -> Void = { _ in },
    warn: @escaping @Sendable (Warning) -> Void = { _ in },
    print: @escaping @Sendable (String) -> Void = { _ in },
    display: ValueDisplay
  ) {
    self.files = files
    self.scriptFolder = scriptFolder
    self.isCancelled = isCancelled
    self.progress = progress
    self.warn = warn
    self.print = print
    self.display = display
  }

  public func checkCancelled() throws(Cancelled) {
    if isCancelled() { throw Cancelled() }
  }
}

/// Cell of the row around a call.
public enum RowCell: Sendable {
  /// The call stands in no expression that is evaluated for rows.
  case noRow
  /// The rows have no such column.
  case noColumn
  case value(Value)
}

/// How far a long call has come.
public struct Progress: Hashable, Sendable {
  /// Name of the work: “reading scores.csv”.
  public let label: String
  /// From 0 to 1.
  public let fraction: Double

  public init(_ label: String, fraction: Double) {
    self.label = label
    self.fraction = fraction
  }
}

/// Something a builtin reports beside its value; the runtime adds the place.
public struct Warning: Hashable, Sendable {
  public let kind: Diagnostic.Kind
  public let message: String
  public let remedy: String?

  public init(_ kind: Diagnostic.Kind, _ message: String, remedy: String? = nil) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
  }
}
