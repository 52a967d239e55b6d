import TableIO

extension Script {
  /// The scripts that someone names, a folder standing for all of them in it, at any depth.
  ///
  /// A folder that has none stands for itself, which cannot be read: a slip must not pass for a
  /// check that found nothing.
  public static func paths(named names: [String]) -> [String] {
    let files = LocalFileSystem()
    return names.flatMap { name in
      guard files.kind(of: name) == .directory else { return [name] }
      let found = scripts(below: name, in: files)
      return found.isEmpty ? [name] : found
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
