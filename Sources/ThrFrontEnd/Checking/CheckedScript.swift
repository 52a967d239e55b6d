public import TableIO
public import ThrAnalysis
public import ThrModel
public import ThrSyntax

/// A script with all that is known of it before it runs, the files that it uses included.
public struct CheckedScript {
  public let script: Script
  public let analysis: Analysis
  /// The files that it uses, directly or through others, those first that others use.
  public let used: [CheckedFile]
  /// What is wrong with names of columns.
  let columnFaults: [Diagnostic]

  /// The used files and the script itself.
  public var all: [CheckedFile] {
    used + [own]
  }

  /// The script itself, without what it uses.
  public var own: CheckedFile {
    CheckedFile(
      path: script.name, parse: script.parse, analysis: analysis, columnFaults: columnFaults)
  }

  /// Whether the script or a file that it uses has errors.
  public var hasErrors: Bool {
    all.contains { $0.diagnostics.contains { $0.severity == .error } }
  }

  /// The diagnostics of the script and of the files that it uses, for people.
  public var report: String { findings.report }
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
    let checked = checkUsed(by: script.parse, at: script.path)
    let analysis = analysis(of: script.parse, checked.files)
    let document = Document(
      script.parse, analysis, knowing: vocabulary, following: Self.following, uses: checked.files,
      options: Analysis.Options(isStrict: isStrict))
    return CheckedScript(
      script: script, analysis: analysis, used: checked.used,
      columnFaults: document.columnFaults(columns(readBy: script)))
  }

  /// Checks the files that a program uses.
  ///
  /// - Parameter path: the program's own; `nil` for one that stands in the working folder.
  public func checkUsed(
    by program: Parse, at path: String?
  ) -> (files: UsedFiles, used: [CheckedFile]) {
    var used: [CheckedFile] = []
    let resolver = UseResolver(program, at: path, text: text) { path, parse, files in
      let analysis = analysis(of: parse, files())
      used.append(CheckedFile(path: path, parse: parse, analysis: analysis))
      return analysis.interface
    }
    let files = resolver.used
    resolver.findAll()
    return (files, used)
  }

  private static let following = Interface(["args": .list(.text)])

  /// The columns of files by their paths as a script writes them: from the folder in which it runs,
  /// or from its own.
  private func columns(readBy script: Script) -> @Sendable (String) -> [String]? {
    { [files] path in
      let own = script.folder.map { $0 + "/" + path }
      let found = [path, path.hasPrefix("/") ? nil : own].compactMap { $0 }
        .first { files.kind(of: $0) == .file }
      return found.flatMap { try? Table.columnNames(of: $0, from: files) }
    }
  }

  private func analysis(of parse: Parse, _ used: UsedFiles) -> Analysis {
    Analysis(
      of: parse, knowing: vocabulary, following: Self.following, uses: used,
      options: Analysis.Options(isStrict: isStrict, isFinal: true))
  }

  private func text(of path: String) -> UsedText {
    do throws(FileError) {
      return .program(parse(try files.readFile(path, atMost: Source.largest)))
    } catch {
      return .unreadable(CallError(ofUsed: error))
    }
  }
}
