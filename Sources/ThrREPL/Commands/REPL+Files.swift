import Glibc
import TableIO
import TerminalOutput
import ThrModel
import ThrRuntime
import ThrSyntax

extension REPL {
  /// Writes the statements that the session's values depend on.
  ///
  /// A file that is there already and that the session knows nothing of is not lost by a slip: it is
  /// replaced when the command is given again.
  func save(to path: String) {
    let path = path.withoutQuotes
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) }
    let script = checked.session.script(in: folder ?? "", workingFolder: Self.workingFolder)
    guard !script.isEmpty else { return Messages.write("there is nothing to save yet\n") }
    if !ownFiles.contains(path), let old = try? environment.context.files.readFile(path),
      !old.isEmpty, old != Array(script.utf8)
    {
      ownFiles.insert(path)
      return Messages.write("`\(path)` already exists: repeat the command to replace it\n")
    }
    ownFiles.insert(path)
    do throws(FileError) {
      try environment.context.files.writeFileAtomically(path, Array(script.utf8))
      let lines = script.utf8.count { $0 == UInt8(ascii: "\n") }
      Terminal.write("\(path): \(lines) \(lines == 1 ? "line" : "lines")\n")
    } catch {
      Messages.write("\(error)\n")
    }
  }

  /// Runs a script in the session.
  func load(_ path: String) {
    let path = path.withoutQuotes
    do throws(FileError) {
      let bytes = try environment.context.files.readFile(path)
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
    let path = path.withoutQuotes
    guard ExternalEditor.open(path) else {
      Messages.write("the editor failed; check $EDITOR\n")
      return .goOn
    }
    load(path)
    return .goOn
  }

  private static var workingFolder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}

extension String {
  /// A path as it is meant: written in quotes, as in a program, it is what stands between them.
  fileprivate var withoutQuotes: String {
    count > 2 && first == "\"" && last == "\"" ? String(dropFirst().dropLast()) : self
  }
}
