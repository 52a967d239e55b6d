/// The states that some files were in, on the disk or in the client: while they hold, everything
/// that was found out from their texts does.
struct TextStates {
  private enum State: Hashable {
    case open(String, generation: Int)
    case file(FileState)
  }

  /// `nil` for a file whose state is unknown.
  private var states: [String: State?] = [:]

  /// To be made before the files are read: a change meanwhile is then found out.
  init(of paths: Set<String>, in workspace: Workspace) { add(paths, in: workspace) }

  mutating func add(_ paths: Set<String>, in workspace: Workspace) {
    for path in paths where states[path] == nil {
      states[path] = .some(Self.state(of: path, in: workspace))
    }
  }

  func hold(in workspace: Workspace) -> Bool {
    states.allSatisfy { path, state in
      state != nil && state == Self.state(of: path, in: workspace)
    }
  }

  private static func state(of path: String, in workspace: Workspace) -> State? {
    if let open = workspace.openDocument(atPath: path) {
      return .open(open.address, generation: open.generation)
    }
    return workspace.files.state(of: path).map(State.file)
  }
}
