public import TableIO
public import ThrAnalysis
import ThrSyntax

/// The rules of the scripts that a command checks: those of the nearest `thr.json` in the script's
/// folder or above it, and those of the command line.
public struct ProjectRules {
  private let files: any FileSystem
  private let selected: [String]
  private let ignored: [String]
  /// By folder, with the folder whose file has them.
  private var known: [String: Found] = [:]

  private struct Found {
    var rules = CheckRules()
    var folder: String?
  }

  /// Why a file of rules cannot be used.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// - Parameters:
  ///   - selected: takes the place of what files select, unless it is empty.
  ///   - ignored: is added to what files ignore.
  public init(
    files: any FileSystem, selecting selected: [String] = [], ignoring ignored: [String] = []
  ) throws(Failure) {
    self.files = files
    self.selected = selected
    self.ignored = ignored
    do throws(CheckRulesError) {
      try withOptions(CheckRules()).verifyNames(among: Diagnostic.Kind.all)
    } catch {
      throw Failure(description: "\(error)")
    }
  }

  /// The rules for a script.
  ///
  /// - Parameter script: its path; `nil` for one that is no file, to which the working folder's apply.
  public mutating func rules(of script: String?) throws(Failure) -> CheckRules {
    try found(for: script).rules
  }

  /// Whether the script is one that its project leaves out of folders.
  public mutating func leavesOut(_ script: String) throws(Failure) -> Bool {
    let found = try found(for: script)
    guard let folder = found.folder, !found.rules.excluded.isEmpty,
      let path = files.canonicalPath(of: script)
    else { return false }
    let stem = folder == "/" ? folder : folder + "/"
    return found.rules.excluded.map(PathPattern.init)
      .contains { $0.matches(Substring(path.utf8.dropFirst(stem.utf8.count))) }
  }

  private mutating func found(for script: String?) throws(Failure) -> Found {
    guard let folder = files.canonicalPath(of: script.map(Script.folder) ?? ".") else {
      return Found(rules: withOptions(CheckRules()))
    }
    if let found = known[folder] { return found }
    var found = Found()
    for around in SourcePath.foldersAround(folder) {
      let path = SourcePath.resolve(CheckRules.fileName, in: around)
      guard files.kind(of: path) == .file else { continue }
      found = Found(rules: try rules(in: path), folder: around)
      break
    }
    found.rules = withOptions(found.rules)
    known[folder] = found
    return found
  }

  private func rules(in path: String) throws(Failure) -> CheckRules {
    do {
      let rules = try CheckRules(parsing: try files.readFile(path, atMost: 1 << 20))
      try rules.verifyNames(among: Diagnostic.Kind.all)
      return rules
    } catch {
      throw Failure(description: "`\(PathText.shown(path))`: \(error)")
    }
  }

  private func withOptions(_ rules: CheckRules) -> CheckRules {
    var rules = rules
    if !selected.isEmpty { rules.selected = selected }
    rules.ignored += ignored
    return rules
  }
}
