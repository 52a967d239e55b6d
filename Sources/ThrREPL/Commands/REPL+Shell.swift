import Glibc
import TerminalOutput

extension REPL {
  /// Runs a line of the shell, which gets the terminal.
  func runInShell(_ line: String) {
    guard !line.isEmpty else { return Messages.write("write a command: `!ls`\n") }
    let ignored = Signals.ignoring([SIGINT])
    defer { ignored.restore() }
    switch ChildProcess.run(line) {
    case nil: Messages.write("the shell cannot be started\n")
    case 0?: break
    case let status?: Messages.write("exit status \(status)\n")
    }
  }

  /// Goes to another folder; without one, home; `-` is the one before.
  func changeFolder(to argument: String) {
    let wanted = argument.withoutQuotes
    let target: String? =
      switch wanted {
      case "": Terminal.environment("HOME")
      case "-": previousFolder
      default: wanted.withHome
      }
    guard let target else { return Messages.write("there is no such folder yet\n") }
    let before = Self.workingFolder
    guard chdir(target) == 0 else {
      return Messages.write("`\(target)`: \(String(cString: strerror(errno)))\n")
    }
    previousFolder = before
    Terminal.write("\(Self.workingFolder ?? target)\n")
  }

  static var workingFolder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}

extension String {
  /// A path as it is meant: written in quotes, as in a program, it is what stands between them.
  var withoutQuotes: String {
    count > 2 && first == "\"" && last == "\"" ? String(dropFirst().dropLast()) : self
  }

  /// A path whose `~` at the start is the home folder.
  var withHome: String {
    guard self == "~" || hasPrefix("~/"), let home = Terminal.environment("HOME") else {
      return self
    }
    return home + dropFirst()
  }
}
