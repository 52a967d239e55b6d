/// A driver's manifest: the few lines of TOML that `dbc install` writes.
///
/// `shared` under `[Driver]` is the library, or a table of libraries by platform; `entrypoint` is
/// optional. All else is passed over.
struct DriverManifest {
  private let path: String
  /// Texts by the names of their tables and keys, joined by dots.
  private var values: [String: String] = [:]

  init(_ text: String, path: String) {
    self.path = path
    var table = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.trimmed
      if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
        table = line[line.index(after: line.startIndex)..<end].trimmed + "."
      } else if let mark = line.firstIndex(of: "=") {
        note(table + line[..<mark].trimmed, line[line.index(after: mark)...].trimmed)
      }
    }
  }

  /// - Parameter folder: what a relative path of the library starts from.
  func location(in folder: String) throws(DatabaseError) -> DriverLocation {
    guard let library = values["Driver.shared"] ?? values["Driver.shared.\(Self.platform)"] else {
      let isForOthers = values.keys.contains { $0.hasPrefix("Driver.shared.") }
      throw .badManifest(
        path: path,
        reason: isForOthers
          ? "names no library for \(Self.platform)" : "has no `shared` under `[Driver]`")
    }
    return DriverLocation(
      library: library.hasPrefix("/") ? library : "\(folder)/\(library)",
      entrypoint: values["Driver.entrypoint"])
  }

  /// Takes a text, or a table that stands in one line.
  private mutating func note(_ key: String, _ value: String) {
    if value.hasPrefix("{") {
      for entry in value.dropFirst().prefix(while: { $0 != "}" }).split(separator: ",") {
        guard let mark = entry.firstIndex(of: "=") else { continue }
        note("\(key).\(entry[..<mark].trimmed)", entry[entry.index(after: mark)...].trimmed)
      }
      return
    }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return }
    let key = String(key.filter { $0 != "\"" && $0 != "'" })
    values[key] = String(value.dropFirst().prefix { $0 != quote })
  }

  /// As manifests name it: `linux_amd64`.
  static var platform: String {
    #if os(Linux)
    let system = "linux"
    #else
    let system = "macos"
    #endif
    #if arch(x86_64)
    return system + "_amd64"
    #else
    return system + "_arm64"
    #endif
  }
}

extension StringProtocol {
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
