import TableIO
import TerminalOutput
import ThrModel
import ThrSyntax

extension REPL {
  /// The file that every session begins with: `$THR_STARTUP`, or `startup.thr` in
  /// `$XDG_CONFIG_HOME/thr`, by default in `~/.config/thr`; `nil` where the variable is empty.
  static func startupPath(_ environment: (String) -> String?) -> String? {
    if let path = environment("THR_STARTUP") { return path.isEmpty ? nil : path }
    // A relative path is to be ignored, says the XDG base directory specification.
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return "\(folder)/thr/startup.thr"
    }
    return environment("HOME").map { "\($0)/.config/thr/startup.thr" }
  }

  /// Runs the start-up file, if there is one: commands of the prompt first, then statements.
  func runStartup() {
    guard let path = Self.startupPath(Terminal.environment),
      environment.context.files.kind(of: path) == .file
    else { return }
    do throws(FileError) {
      let bytes = try environment.context.files.readFile(path, atMost: 1 << 20)
      let (commands, code) = Self.parts(ofStartup: String(decoding: bytes, as: UTF8.self))
      for command in commands {
        if case .command(let name, let argument) = PromptInput(command) {
          _ = perform(name, argument)
        }
      }
      if !code.trimmed.isEmpty { _ = evaluate(code, file: path) }
    } catch {
      Messages.write("\(error)\n")
    }
  }

  /// The commands at the beginning, and the text with empty lines in their place, so that places in
  /// messages are right.
  static func parts(ofStartup text: String) -> (commands: [String], code: String) {
    var commands: [String] = []
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for place in lines.indices {
      let line = String(lines[place]).trimmed
      if line.hasPrefix(".") {
        commands.append(line)
        lines[place] = ""
      } else if !line.isEmpty, !line.hasPrefix("#") {
        break
      }
    }
    return (commands, lines.joined(separator: "\n"))
  }
}
