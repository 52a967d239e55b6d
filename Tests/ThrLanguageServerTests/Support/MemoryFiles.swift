import Foundation
import ThrLanguageServer

/// Files by path; a table's columns are the words of its first line.
struct MemoryFiles: WorkspaceFiles {
  private let files: [String: String]

  init(_ files: [String: String]) { self.files = files }

  func contents(of path: String) -> [UInt8]? { files[path].map { Array($0.utf8) } }

  func entries(of folder: String) -> [WorkspaceEntry]? {
    let prefix = folder == "/" ? "/" : folder + "/"
    let below = files.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
    guard !below.isEmpty else { return nil }
    let entries = below.map { path in
      let parts = path.split(separator: "/")
      return WorkspaceEntry(String(parts[0]), isFolder: parts.count > 1)
    }
    return Set(entries).sorted { $0.name < $1.name }
  }

  func columns(of path: String) -> [String]? {
    files[path]?.split(separator: "\n").first?.split(separator: ",").map(String.init)
  }
}
