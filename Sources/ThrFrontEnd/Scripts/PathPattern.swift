/// A pattern of paths, as `--exclude` takes it.
struct PathPattern: Sendable {
  private let parts: [Substring]
  /// Without a slash it is a name at any depth.
  private let isName: Bool

  init(_ pattern: String) {
    var pattern = Substring(pattern)
    if pattern.hasPrefix("./") { pattern = pattern.dropFirst(2) }
    while pattern.hasSuffix("/") { pattern = pattern.dropLast() }
    parts = pattern.split(separator: "/")
    isName = parts.count == 1 && parts[0] != "**"
  }

  /// Whether the path from the folder, or that of a folder around it, is meant.
  func matches(_ path: Substring) -> Bool {
    let names = path.split(separator: "/")
    if isName { return names.contains { Self.matches($0[...], parts[0][...]) } }
    return Self.matches(names[...], parts[...])
  }

  private static func matches(_ names: ArraySlice<Substring>, _ parts: ArraySlice<Substring>)
    -> Bool
  {
    guard let part = parts.first else { return true }
    if part == "**" {
      return matches(names, parts.dropFirst())
        || (!names.isEmpty && matches(names.dropFirst(), parts))
    }
    guard let name = names.first, matches(name[...], part[...]) else { return false }
    return matches(names.dropFirst(), parts.dropFirst())
  }

  /// One name; `*` stands for any characters, `?` for one.
  private static func matches(_ name: Substring, _ pattern: Substring) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == "*" {
      return matches(name, pattern.dropFirst())
        || (!name.isEmpty && matches(name.dropFirst(), pattern))
    }
    guard let letter = name.first, first == "?" || first == letter else { return false }
    return matches(name.dropFirst(), pattern.dropFirst())
  }
}
