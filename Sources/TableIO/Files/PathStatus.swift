import Glibc

/// What the system says of a path.
enum PathStatus {
  /// Of what stands at the end of all links; `nil` for nothing.
  static func following(_ path: String) -> stat? {
    var status = stat()
    let isThere = isPath(path) && PathText.withBytes(of: path) { stat($0, &status) } == 0
    return isThere ? status : nil
  }

  /// Of the link itself where the path is one; `nil` for nothing.
  static func ofLink(_ path: String) -> stat? {
    var status = stat()
    let isThere = isPath(path) && PathText.withBytes(of: path) { lstat($0, &status) } == 0
    return isThere ? status : nil
  }
}

/// The path at the end of a chain of symbolic links, whether or not a file is there.
func linkTarget(of path: String) throws(FileError) -> String {
  guard isPath(path) else { throw FileError(path: path, action: .write, code: ENOENT) }
  var target = path
  for _ in 0..<40 {
    guard let link = link(at: target) else { return target }
    guard mayFollowLink(at: target) else {
      throw FileError(path: path, action: .write, cause: .foreignLink(target))
    }
    target = link.hasPrefix("/") ? link : parent(of: target) + "/" + link
  }
  throw FileError(path: path, action: .write, code: ELOOP)
}

/// What a symbolic link says; `nil` where none is.
private func link(at path: String) -> String? {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = PathText.withBytes(of: path) { readlink($0, &buffer, buffer.count) }
  guard count > 0 else { return nil }
  return PathText.text(of: buffer.prefix(count).map(UInt8.init(bitPattern:)))
}

/// Whether a link may be followed, by the rule of Linux's `fs.protected_symlinks`: in a folder
/// that all may write to and that is sticky, such as `/tmp`, only links of the caller or of the
/// folder's owner.
///
/// The kernel cannot apply it here: a file is replaced at the end of its links.
private func mayFollowLink(at path: String) -> Bool {
  guard let link = PathStatus.ofLink(path), let folder = PathStatus.following(parent(of: path))
  else { return true }
  let isShared = folder.st_mode & S_ISVTX != 0 && folder.st_mode & S_IWOTH != 0
  return !isShared || link.st_uid == geteuid() || link.st_uid == folder.st_uid
}

/// The directory of a path.
func parent(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
