import TableIO
import TerminalOutput
import ThrLibrary
import ThrModel
import ThrSyntax

/// Runs what a command does with contracts and tables: faults go to standard error and end it.
enum ContractFiles {
  /// - Throws: `ExitStatus.usage` where a file or an argument is at fault, so that no status of a
  ///   verdict stands for it.
  static func run<Result>(_ body: (CallContext) throws -> Result) throws -> Result {
    var context = CallContext(files: LocalFileSystem(), display: ValueDisplay(Library.standard))
    context.warn = { warning in
      report("warning[\(warning.kind.code)]: \(warning.message)", warning.remedy)
    }
    do {
      return try body(context)
    } catch let error as CallError {
      report("error[\(error.kind.code)]: \(error.message)", error.remedy)
      throw ExitStatus.usage
    }
  }

  private static func report(_ message: String, _ remedy: String?) {
    Console.message("thr: \(message)" + (remedy.map { "\n  = help: \($0)" } ?? ""))
  }
}
