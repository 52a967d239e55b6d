import TableIO

extension Script {
  /// The scripts that someone names, a folder standing for all of them in it, at any depth.
  ///
  /// A folder that has none stands for itself, which cannot be read: a slip must not pass for a
  /// check that found nothing.
  ///
  /// - Parameter excluded: patterns of what is left out of folders: a name, such as `old`, or a path
  ///   from the folder, such as `a/*.thr`; `*` stands for anything but `/`, `**` for anything.
  public static func paths(
    named names: [String], excluding excluded: [String] = []
  ) -> [String] {
    let files = LocalFileSystem()
    let patterns = excluded.map(PathPattern.init)
    return names.flatMap { name in
      guard files.kind(of: name) == .directory else { return [name] }
      let found = scripts(below: name, in: files)
      let stem = name.hasSuffix("/") ? name : name + "/"
      return found.isEmpty
        ? [name]
        : found.filter { path in
          !patterns.contains { $0.matches(Substring(path.utf8.dropFirst(stem.utf8.count))) }
        }
    }
  }

  /// In the order of the names; what is hidden is left out, as are links, which may lead back.
  private static func scripts(below folder: String, in files: some FileSystem) -> [String] {
    guard let home = files.canonicalPath(of: folder), let names = try? files.list(folder) else {
      return []
    }
    let stem = folder.hasSuffix("/") ? folder : folder + "/"
    return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = stem + name
      guard files.canonicalPath(of: path) == (home == "/" ? "" : home) + "/" + name else {
        return []
      }
      return switch files.kind(of: path) {
      case .directory: scripts(below: path, in: files)
      case .file where name.hasSuffix(".thr"): [path]
      default: []
      }
    }
  }
}
