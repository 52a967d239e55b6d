import TableIO
public import ThrModel
public import ThrSyntax

/// The used files of a prompt as they were when they were run, so that it is noticed when one
/// changes on the disk.
struct UsedFileStates {
  struct State {
    var stamp: FileStamp
    var source: Source
    /// The files that it names after `use`.
    var uses: Set<String>
    /// What it brought when it was last run to its end.
    var names: Scope?
  }

  private(set) var states: [String: State] = [:]
  /// The files that inputs use, and not only other files.
  private(set) var roots: Set<String> = []

  /// Notes that a file was read; what it brought before stays known until it brings something.
  ///
  /// - Returns: whether it was read before, with another text.
  mutating func note(_ path: String, _ stamp: FileStamp, _ parse: Parse) -> Bool {
    let folder = SourcePath.folder(of: path)
    let uses = parse.program.statements.flatMap(\.uses)
      .map { SourcePath.resolve($0.path, in: folder) }
    let earlier = states[path]
    states[path] = State(
      stamp: stamp, source: parse.source, uses: Set(uses), names: earlier?.names)
    return earlier.map { $0.source != parse.source } ?? false
  }

  mutating func note(_ path: String, brought names: Scope, isRoot: Bool) {
    states[path]?.names = names
    if isRoot { roots.insert(path) }
  }

  mutating func clear() {
    for state in states.values { state.names?.clear() }
    self = UsedFileStates()
  }

  /// The files that have changed since they were read, and those that use them.
  ///
  /// A file that has gone, or that cannot be read, counts as it was.
  mutating func changed(in files: any FileSystem) -> Set<String> {
    var changed: Set<String> = []
    for path in states.keys where isChanged(path, in: files) { changed.insert(path) }
    while true {
      let users = states.filter { path, state in
        !changed.contains(path) && !state.uses.isDisjoint(with: changed)
      }
      if users.isEmpty { return changed }
      changed.formUnion(users.keys)
    }
  }

  private mutating func isChanged(_ path: String, in files: any FileSystem) -> Bool {
    guard let state = states[path] else { return false }
    let stamp = files.stamp(of: path)
    if stamp == state.stamp, stamp != .unknown { return false }
    guard let bytes = try? files.readFile(path, atMost: Source.largest) else { return false }
    if bytes != state.source.bytes { return true }
    states[path]?.stamp = stamp
    return false
  }
}

extension Session {
  /// The `use` statements to be run again before a program: of files that have changed on the disk
  /// since inputs used them, and whose names it reads, itself or by way of the session's functions.
  ///
  /// Always `nil` but at a prompt.
  public func usesToRepeat(before program: Program) -> String? {
    let paths = withEvaluator { $0.changedFiles(readBy: program) }
    return paths.isEmpty ? nil : paths.map { "use \($0.quoted)" }.joined(separator: "\n")
  }

  /// Runs `use` statements again; names that inputs have given other values since keep these.
  public func repeatUses(
    _ parse: Parse, alreadyReported reported: [String: Set<Finding>] = [:]
  ) -> Outcome {
    withEvaluator { $0.keepsOwnNames = true }
    defer { withEvaluator { $0.keepsOwnNames = false } }
    return run(parse, inUsed: reported)
  }
}

extension Evaluator {
  fileprivate func changedFiles(readBy program: Program) -> [String] {
    guard let roots = usedStates?.roots, !roots.isEmpty else { return [] }
    forgetChangedFiles()
    let read = namesRead(by: program)
    return roots.filter { path in
      if case .done? = used[path] { return false }
      guard let names = usedStates?.states[path]?.names else { return false }
      return read.contains { name in
        guard let known = scope.binding(name) else { return false }
        return known.file == names.binding(name)?.file
      }
    }.sorted()
  }

  /// Has files that have changed, and those that use them, run when they are used again.
  func forgetChangedFiles() {
    for path in usedStates?.changed(in: context.files) ?? [] {
      if case .done? = used[path] { used[path] = nil }
    }
  }

  /// The names that a program reads, and those that the functions read which it names.
  private func namesRead(by program: Program) -> Set<String> {
    var names: Set<String> = []
    var open = Array(Set(program.statements.flatMap(\.namesRead)))
    while let name = open.popLast() {
      guard names.insert(name).inserted, let content = scope.binding(name)?.content else {
        continue
      }
      if let declaration = content.declaration {
        open += Statement.function(declaration.syntax).namesRead
      }
    }
    return names
  }
}

extension Scope.Binding.Content {
  fileprivate var declaration: FunctionDeclaration? {
    switch self {
    case .function(let declaration): declaration
    case .value(.function(let function)): (function.target as? Closure)?.declaration
    default: nil
    }
  }
}
