/// The kinds of file a figure can be drawn to.
public enum FileFormat: String, CaseIterable, Hashable, Sendable {
  case svg
  case png
  case pdf

  /// The format that a path's ending asks for, in either case; `nil` for any other ending.
  public init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    self.init(rawValue: name[name.index(after: dot)...].lowercased())
  }
}
