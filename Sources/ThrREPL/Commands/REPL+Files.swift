import Glibc
import Secrets
import TableIO
import TerminalOutput
import ThrModel
import ThrRuntime
import ThrSyntax

extension REPL {
  /// Writes the statements that the session's values depend on.
  ///
  /// A file that is there already and that the session knows nothing of is not lost by a slip: the
  /// prompt asks first.
  func save(to path: String) {
    let path = path.withoutQuotes.withHome
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) }
    let whole = checked.session.script(in: folder ?? "", workingFolder: Self.workingFolder)
    let script = Secrets.redacted(whole)
    guard !script.isEmpty else { return Messages.write("there is nothing to save yet\n") }
    if !ownFiles.contains(path), let old = try? environment.context.files.readFile(path),
      !old.isEmpty, old != Array(script.utf8)
    {
      let lines = old.count { $0 == UInt8(ascii: "\n") }
      guard confirms("replace `\(path)`, \(lines) \(lines == 1 ? "line" : "lines")") else {
        return Messages.write("nothing was written\n")
      }
    }
    ownFiles.insert(path)
    do throws(FileError) {
      try environment.context.files.writeFileAtomically(path, Array(script.utf8))
      let lines = script.utf8.count { $0 == UInt8(ascii: "\n") }
      Terminal.write("\(path): \(lines) \(lines == 1 ? "line" : "lines")\n")
      if script != whole {
        Messages.write(
          "passwords are left out of it: write `$NAME`, a variable of the environment\n")
      }
    } catch {
      Messages.write("\(error)\n")
    }
  }

  /// Whether the user agrees; Enter alone does not.
  private func confirms(_ question: String) -> Bool {
    guard case .text(let answer) = prompt.readLine("\(question)? [y/N] ") else { return false }
    return ["y", "yes"].contains(answer.trimmed.lowercased())
  }

  /// Runs a script in the session.
  func load(_ path: String) {
    let path = path.withoutQuotes.withHome
    do throws(FileError) {
      let files = environment.context.files
      let read = whileRunning {
        Result { () throws(FileError) in try files.readFile(path, atMost: Source.largest) }
      }
      let bytes = try read.get()
      _ = evaluate(String(decoding: bytes, as: UTF8.self), file: path)
    } catch {
      Messages.write("\(error)\n")
    }
  }

  /// Opens the last input in the user's editor; what comes back is the next input's beginning.
  func editLastInput() -> Next {
    let entries = history.entries
    let last = entries.last(before: entries.count) { !$0.hasPrefix(".") }
    guard let text = ExternalEditor.edit(last.map { entries[$0] } ?? "") else {
      Messages.write("the editor failed; check $EDITOR\n")
      return .goOn
    }
    return text.isEmpty ? .goOn : .edit(text)
  }

  /// Opens a script in the user's editor and runs it.
  func edit(_ path: String) -> Next {
    let path = path.withoutQuotes.withHome
    guard ExternalEditor.open(path) else {
      Messages.write("the editor failed; check $EDITOR\n")
      return .goOn
    }
    load(path)
    return .goOn
  }
}
