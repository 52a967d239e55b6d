/// Paths between source files.
public enum SourcePath {
  /// The path that `path` means in a file of `folder`, without `.` and superfluous `..`, so that
  /// one file has one path.
  public static func resolve(_ path: String, in folder: String) -> String {
    let isAbsolute = path.hasPrefix("/") || folder.hasPrefix("/")
    let joined = path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
    var parts: [Substring] = []
    for part in joined.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    // The folder that all start in.
    if parts.isEmpty, !isAbsolute, !joined.isEmpty { return "." }
    return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
  }

  /// The folder of a file; empty for the working folder.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension SourcePath {
  /// A folder and those around it, the innermost first: `/a/b`, `/a`, `/`.
  public static func foldersAround(_ folder: String) -> [String] {
    var folders = [folder]
    while let inner = folders.last, inner != "/", !inner.isEmpty {
      folders.append(Self.folder(of: inner))
    }
    return folders.filter { !$0.isEmpty }
  }

  /// The path by which a file of `folder` means `path`.
  ///
  /// - Parameters:
  ///   - path: relative to the working folder, or absolute.
  ///   - folder: likewise; empty for the working folder.
  ///   - workingFolder: where both start, absolute; needed where no chain of `..` leads back.
  public static func relative(_ path: String, from folder: String, workingFolder: String?) -> String
  {
    let path = resolve(path, in: "")
    let folder = resolve(folder, in: "")
    if path.hasPrefix("/") { return path }
    let steps = folder.split(separator: "/").filter { $0 != "." }
    if folder.hasPrefix("/") || steps.contains("..") {
      return workingFolder.map { resolve(path, in: $0) } ?? path
    }
    return String(repeating: "../", count: steps.count) + path
  }
}
