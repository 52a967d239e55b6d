import TableIO
import ThrLanguageServer
import ThrModel

/// The files of this machine, as the language server may see them: ordinary ones, and no more of
/// each than a script can have.
struct LocalWorkspaceFiles: WorkspaceFiles {
  /// A script of more bytes than this is none.
  private static let scriptLimit = 16 << 20
  private let files = LocalFileSystem()

  func contents(of path: String) throws(CallError) -> [UInt8]? {
    // Opening a pipe would wait for a writer.
    if files.kind(of: path) == .other { return nil }
    do throws(FileError) {
      let stream = try files.open(path)
      return stream.size ?? 0 <= Self.scriptLimit ? try stream.readToEnd() : nil
    } catch {
      throw CallError(ofUsed: error)
    }
  }

  func entries(of folder: String) -> [WorkspaceEntry]? {
    guard let names = try? files.list(folder) else { return nil }
    return names.compactMap { name in
      files.kind(of: folder + "/" + name).map { WorkspaceEntry(name, isFolder: $0 == .directory) }
    }
  }

  func canonicalPath(of path: String) -> String? { files.canonicalPath(of: path) }

  func state(of path: String) -> FileState? {
    switch files.stamp(of: path) {
    case .missing: .missing
    case .version(let size, let change, let identity):
      .version(size: size, change: change, identity: identity)
    case .unknown: nil
    }
  }

  func columns(of path: String) -> [String]? {
    guard files.kind(of: path) == .file else { return nil }
    return try? Table.columnNames(of: path, from: files)
  }
}
