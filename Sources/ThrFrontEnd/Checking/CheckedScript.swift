public import TableIO
import TerminalOutput
public import ThrAnalysis
public import ThrModel
import ThrRuntime
public import ThrSyntax

/// A script with all that is known of it before it runs, the files that it uses included.
public struct CheckedScript {
  public let script: Script
  public let analysis: Analysis
  /// What keeps it from using other files.
  public let useFaults: [Diagnostic]
  /// The used files, each once, in the order in which they were met.
  public let used: [CheckedScript]

  /// What is wrong, in the order of the places.
  public var diagnostics: [Diagnostic] {
    (script.parse.diagnostics + useFaults + analysis.diagnostics).sorted {
      $0.span.start < $1.span.start
    }
  }

  /// Whether the script or a file that it uses has errors.
  public var hasErrors: Bool {
    diagnostics.contains { $0.severity == .error } || used.contains(where: \.hasErrors)
  }

  /// The diagnostics of the script and of the files that it uses, for people.
  public var report: String {
    let renderer = DiagnosticRenderer(
      source: script.parse.source, file: script.name, colour: Console.messageColours)
    return (used.map(\.report) + [renderer.render(diagnostics)]).filter { !$0.isEmpty }
      .joined(separator: "\n")
  }
}

/// Checks scripts, and reads the files that they use for that.
public struct ScriptChecker: Sendable {
  private let vocabulary: Vocabulary
  private let files: any FileSystem
  private let isStrict: Bool

  /// - Parameter isStrict: whether rows that leak are an error.
  public init(vocabulary: Vocabulary, files: any FileSystem, isStrict: Bool) {
    self.vocabulary = vocabulary
    self.files = files
    self.isStrict = isStrict
  }

  /// Checks a script and the files that it uses.
  public func check(_ script: Script) -> CheckedScript {
    var search = UseSearch()
    if let path = script.path { search.chain = [SourcePath.resolve(path, in: "")] }
    return check(script, &search)
  }

  /// What the files bring that a program uses, by the path written after `use`.
  ///
  /// - Parameter folder: where the program stands.
  public func interfaces(usedBy parse: Parse, in folder: String) -> [String: Interface] {
    var search = UseSearch()
    return interfaces(usedBy: parse, in: folder, &search).interfaces
  }

  /// A walk along the `use` statements.
  private struct UseSearch {
    /// The files between the program and the one looked at, both among them.
    var chain: [String] = []
    /// What the files bring that were looked at.
    var known: [String: Interface] = [:]
  }

  private func check(_ script: Script, _ search: inout UseSearch) -> CheckedScript {
    let (used, interfaces, faults) = interfaces(
      usedBy: script.parse, in: script.folder ?? "", &search)
    let analysis = Analysis(
      of: script.parse, knowing: vocabulary,
      following: Interface(["args": .list(.text)]), uses: interfaces,
      options: Analysis.Options(isStrict: isStrict))
    return CheckedScript(script: script, analysis: analysis, useFaults: faults, used: used)
  }

  private func interfaces(
    usedBy parse: Parse, in folder: String, _ search: inout UseSearch
  ) -> (used: [CheckedScript], interfaces: [String: Interface], faults: [Diagnostic]) {
    var used: [CheckedScript] = []
    var interfaces: [String: Interface] = [:]
    var faults: [Diagnostic] = []
    for use in Uses(parse.program).statements where interfaces[use.path] == nil {
      let path = SourcePath.resolve(use.path, in: folder)
      if let start = search.chain.firstIndex(of: path) {
        faults.append(.useCycle(search.chain[start...] + [path], at: use.pathSpan))
      } else if let known = search.known[path] {
        interfaces[use.path] = known
      } else {
        do throws(FileError) {
          let checked = try check(fileAt: path, &search)
          used.append(checked)
          interfaces[use.path] = checked.analysis.interface
        } catch {
          faults.append(CallError(error).diagnostic(at: use.pathSpan))
        }
      }
    }
    return (used, interfaces, faults)
  }

  private func check(
    fileAt path: String, _ search: inout UseSearch
  ) throws(FileError) -> CheckedScript {
    let script = try Script(path: path, in: files)
    search.chain.append(path)
    let checked = check(script, &search)
    search.chain.removeLast()
    search.known[path] = checked.analysis.interface
    return checked
  }
}
