import Synchronization
import TableIO
import ThrModel

/// Takes what the statement under way reports, and notes which files it looks at.
final class NotebookCollector: Sendable {
  private struct State {
    var outputs = NotebookOutputs()
    /// Which state each file was in when it was first looked at in this evaluation.
    var stamps: [String: FileStamp] = [:]
    var touched: Set<String> = []
    var refusal: FencedFileSystem.Refusal?
  }

  private let state = Mutex(State())

  func beginPass() { state.withLock { $0 = State() } }

  func beginStatement() {
    state.withLock { state in
      state.outputs = NotebookOutputs()
      state.touched = []
      state.refusal = nil
    }
  }

  func take(_ event: Event) {
    state.withLock { state in
      switch event {
      case .shown(let value, let span): state.outputs.add(.shown(value, at: span))
      case .printed(let line): state.outputs.add(.printed(line))
      case .warning(let diagnostic, let file): state.outputs.warnings.append((diagnostic, file))
      case .assigned, .progress, .readAgain: break
      }
    }
  }

  /// Everything reported since the statement began.
  var outputs: NotebookOutputs {
    state.withLock { state in
      state.outputs.finish()
      return state.outputs
    }
  }

  // MARK: - Files

  func take(_ refusal: FencedFileSystem.Refusal) {
    state.withLock { $0.refusal = $0.refusal ?? refusal }
  }

  /// The first file that was refused to the statement.
  var refusal: FencedFileSystem.Refusal? { state.withLock { $0.refusal } }

  /// Notes an access before it happens, with the state that the file is in.
  func take(_ access: FileAccess, in files: any FileSystem) {
    switch access {
    case .read(let path), .sought(let path):
      let stamp = stamp(of: path, in: files)
      state.withLock { state in
        state.stamps[path] = stamp
        state.touched.insert(path)
      }
    case .written(let path): state.withLock { $0.stamps[path] = nil }
    }
  }

  /// The state of a file in this evaluation.
  func stamp(of path: String, in files: any FileSystem) -> FileStamp {
    if let known = state.withLock({ $0.stamps[path] }) { return known }
    let stamp = files.stamp(of: path)
    state.withLock { $0.stamps[path] = stamp }
    return stamp
  }

  /// The files that the statement looked at.
  var touched: [String: FileStamp] {
    state.withLock { state in
      var touched: [String: FileStamp] = [:]
      for path in state.touched { touched[path] = state.stamps[path] ?? .unknown }
      return touched
    }
  }
}
