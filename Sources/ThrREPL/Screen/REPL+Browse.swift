import TerminalOutput
import ThrModel
import ThrRuntime

extension REPL {
  /// Shows the table that a code gives, or the value shown last, on the whole screen.
  func browse(_ code: String) {
    let value: Value?
    if code.isEmpty {
      value = checked.session.value(of: "_")
    } else if let known = checked.session.variables.first(where: { $0.name == code }) {
      value = known.value
    } else {
      value = evaluate(code, isSilent: true).value
    }
    guard let value else {
      if code.isEmpty { Messages.write("nothing was shown yet: `.browse NAME`\n") }
      return
    }
    guard let table = environment.table(value) else {
      return Messages.write("\(value.type.description) is not a table: `.browse` shows tables\n")
    }
    guard ScreenHost.isThere else {
      return Messages.write("`.browse` needs a terminal that can move its cursor\n")
    }
    _ = whileRunning { screen.run(TableBrowser(table)) }
  }
}
