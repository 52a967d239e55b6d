/// A path with `*`, `?` and `[a-z]` in it, which stands for the files whose paths match.
///
/// `*` and `?` stand for any characters and for one character of a name, `**` for any folders. Names
/// that begin with `.` or `_`, which are no data, match only where the pattern begins so.
struct GlobPattern {
  /// The components before the first that holds a mark, as one path; empty for the working folder.
  let fixed: String
  private let rest: [Substring]

  /// `nil` for a path without such marks.
  init?(_ path: String) {
    let components = path.split(separator: "/")
    guard let first = components.firstIndex(where: Self.isPattern) else { return nil }
    let root = path.hasPrefix("/") ? "/" : ""
    fixed = root + components[..<first].joined(separator: "/")
    rest = Array(components[first...])
  }

  private static func isPattern(_ text: Substring) -> Bool {
    text.contains { $0 == "*" || $0 == "?" || $0 == "[" }
  }

  /// The paths of all files and folders that match, ascending.
  func matches(in files: any FileSystem) -> [String] {
    var found: Set<String> = []
    collect(rest[...], below: fixed, depth: 0, in: files, &found)
    return found.sorted()
  }

  private func collect(
    _ components: ArraySlice<Substring>, below folder: String, depth: Int,
    in files: any FileSystem, _ found: inout Set<String>
  ) {
    guard let component = components.first else {
      found.insert(folder)
      return
    }
    // Links may lead around in a circle.
    guard depth < 64 else { return }
    let others = components.dropFirst()
    if component == "**" {
      collect(others, below: folder, depth: depth + 1, in: files, &found)
    } else if !Self.isPattern(component) {
      let place = path(of: String(component), in: folder)
      guard files.kind(of: place) != nil else { return }
      return collect(others, below: place, depth: depth + 1, in: files, &found)
    }
    let names = (try? files.list(folder.isEmpty ? "." : folder)) ?? []
    for name in names where !FileSet.isSetAside(name) || name.first == component.first {
      let place = path(of: name, in: folder)
      if component == "**" {
        guard files.kind(of: place) == .directory else { continue }
        collect(components, below: place, depth: depth + 1, in: files, &found)
      } else if Self.matches(component, name) {
        guard others.isEmpty || files.kind(of: place) == .directory else { continue }
        collect(others, below: place, depth: depth + 1, in: files, &found)
      }
    }
  }

  /// Whether a name is one that a component stands for; O(component × name).
  static func matches(_ component: Substring, _ name: String) -> Bool {
    let (pattern, text) = (Array(component.unicodeScalars), Array(name.unicodeScalars))
    var (at, place) = (0, 0)
    // Where the last `*` stands, and how much of the text it takes so far.
    var star: (at: Int, place: Int)?
    while place < text.count {
      if at < pattern.count, pattern[at] == "*" {
        star = (at, place)
        at += 1
      } else if let next = step(pattern, at, text[place]) {
        (at, place) = (next, place + 1)
      } else if let last = star {
        star = (last.at, last.place + 1)
        (at, place) = (last.at + 1, last.place + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "*" }
  }

  /// Where the pattern goes on after one character; `nil` where that does not match.
  private static func step(
    _ pattern: [Unicode.Scalar], _ at: Int, _ character: Unicode.Scalar
  ) -> Int? {
    guard at < pattern.count else { return nil }
    if pattern[at] == "?" { return at + 1 }
    guard pattern[at] == "[", let close = pattern[(at + 1)...].dropFirst().firstIndex(of: "]")
    else {
      return pattern[at] == character ? at + 1 : nil
    }
    var members = pattern[(at + 1)..<close]
    let isNegated = members.first == "!" || members.first == "^"
    if isNegated { members = members.dropFirst() }
    return isMember(character, of: Array(members)) != isNegated ? close + 1 : nil
  }

  private static func isMember(
    _ character: Unicode.Scalar, of members: [Unicode.Scalar]
  ) -> Bool {
    var index = 0
    while index < members.count {
      if index + 2 < members.count, members[index + 1] == "-" {
        if members[index] <= character, character <= members[index + 2] { return true }
        index += 3
      } else {
        if members[index] == character { return true }
        index += 1
      }
    }
    return false
  }
}

/// The path of a name in a folder; the working folder where that is empty.
func path(of name: String, in folder: String) -> String {
  folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
}
