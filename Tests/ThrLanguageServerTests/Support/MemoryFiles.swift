import Foundation
import Synchronization
import ThrLanguageServer
import ThrModel

/// Files by path; a table's columns are the words of its first line.
final class MemoryFiles: WorkspaceFiles {
  private struct State {
    var files: [String: String]
    /// How often each has been written.
    var versions: [String: Int] = [:]
    var reads: [String] = []
  }

  private let state: Mutex<State>

  init(_ files: [String: String]) { state = Mutex(State(files: files)) }

  /// Writes a file, or removes it.
  func write(_ text: String?, to path: String) {
    state.withLock {
      $0.files[path] = text
      $0.versions[path, default: 0] += 1
    }
  }

  /// What was read since the last time.
  func takeReads() -> [String] {
    state.withLock { state in
      defer { state.reads = [] }
      return state.reads
    }
  }

  func contents(of path: String) throws(CallError) -> [UInt8]? {
    let text = state.withLock { state in
      state.reads.append(path)
      return state.files[path]
    }
    guard let text else {
      throw CallError(.fileFailed, "cannot read `\(path)`: there is no such file")
    }
    return Array(text.utf8)
  }

  func state(of path: String) -> FileState? {
    state.withLock { state in
      guard let text = state.files[path] else { return .missing }
      return .version(size: text.utf8.count, change: state.versions[path] ?? 0, identity: 0)
    }
  }

  func entries(of folder: String) -> [WorkspaceEntry]? {
    let prefix = folder == "/" ? "/" : folder + "/"
    let paths = state.withLock { $0.files.keys.filter { $0.hasPrefix(prefix) } }
    let below = paths.map { $0.dropFirst(prefix.count) }
    guard !below.isEmpty else { return nil }
    let entries = below.map { path in
      let parts = path.split(separator: "/")
      return WorkspaceEntry(String(parts[0]), isFolder: parts.count > 1)
    }
    return Set(entries).sorted { $0.name < $1.name }
  }

  func columns(of path: String) -> [String]? {
    let text = state.withLock { $0.files[path] }
    return text?.split(separator: "\n").first?.split(separator: ",").map(String.init)
  }
}
