import TableIO
import ThrAnalysis
import ThrModel
import ThrRuntime
import ThrSyntax

/// A script with all that is known of it before it runs, the files that it uses included.
struct CheckedScript {
  let script: Script
  let analysis: Analysis
  /// The used files, each once, in the order in which they were met.
  let used: [CheckedScript]

  /// What is wrong, in the order of the places.
  var diagnostics: [Diagnostic] {
    (script.parse.diagnostics + analysis.diagnostics).sorted { $0.span.start < $1.span.start }
  }

  var hasErrors: Bool {
    diagnostics.contains { $0.severity == .error } || used.contains(where: \.hasErrors)
  }

  /// The diagnostics of the script and of the files that it uses, for people.
  var report: String {
    let renderer = DiagnosticRenderer(
      source: script.parse.source, file: script.name, colour: Output.messageColours)
    return (used.map(\.report) + [renderer.render(diagnostics)]).filter { !$0.isEmpty }
      .joined(separator: "\n")
  }
}

/// Checks scripts, and reads the files that they use for that.
struct ScriptChecker {
  let vocabulary: Vocabulary
  let files: any FileSystem
  let isStrict: Bool

  func check(_ script: Script) -> CheckedScript {
    var met: Set<String> = []
    return check(script, &met)
  }

  /// What the files bring that a program uses, by the path written after `use`.
  ///
  /// - Parameter folder: where the program stands.
  func interfaces(usedBy parse: Parse, in folder: String) -> [String: Interface] {
    var met: Set<String> = []
    return interfaces(usedBy: parse, in: folder, &met).interfaces
  }

  /// - Parameter met: the used files so far; a file that uses itself is refused when it runs.
  private func check(_ script: Script, _ met: inout Set<String>) -> CheckedScript {
    let (used, interfaces) = interfaces(usedBy: script.parse, in: script.folder ?? "", &met)
    let analysis = Analysis(
      of: script.parse, knowing: vocabulary,
      following: Interface(["args": .list(.text)]), uses: interfaces,
      options: Analysis.Options(isStrict: isStrict))
    return CheckedScript(script: script, analysis: analysis, used: used)
  }

  private func interfaces(
    usedBy parse: Parse, in folder: String, _ met: inout Set<String>
  ) -> (used: [CheckedScript], interfaces: [String: Interface]) {
    var used: [CheckedScript] = []
    var interfaces: [String: Interface] = [:]
    for use in Uses(parse.program).statements where interfaces[use.path] == nil {
      let path = SourcePath.resolve(use.path, in: folder)
      guard met.insert(path).inserted, let other = try? Script(path: path, in: files) else {
        continue
      }
      let checked = check(other, &met)
      used.append(checked)
      interfaces[use.path] = checked.analysis.interface
    }
    return (used, interfaces)
  }
}
