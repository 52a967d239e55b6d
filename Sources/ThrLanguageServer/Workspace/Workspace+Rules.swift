import ThrAnalysis
import ThrSyntax

/// A file of rules in one of its states.
struct KnownRules {
  let state: FileState?
  let rules: CheckRules
}

extension Workspace {
  /// What is to be reported of a text: what the nearest `thr.json` says, in its folder or above.
  ///
  /// A file that holds no rules hides nothing; `thr check` says what is wrong with it.
  func rules(for address: String) -> CheckRules {
    guard let path = FileAddress.path(of: address) else { return CheckRules() }
    for folder in SourcePath.foldersAround(SourcePath.folder(of: path)) {
      let file = SourcePath.resolve(CheckRules.fileName, in: folder)
      let state = files.state(of: file)
      if state == .missing { continue }
      if let known = knownRules[file], state != nil, known.state == state { return known.rules }
      guard let bytes = try? files.contents(of: file) else { continue }
      let rules = (try? CheckRules(parsing: bytes)) ?? CheckRules()
      knownRules[file] = KnownRules(state: state, rules: rules)
      return rules
    }
    return CheckRules()
  }
}
