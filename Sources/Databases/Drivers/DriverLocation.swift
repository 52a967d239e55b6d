import Glibc

/// Where a driver's library is, and the function by which it is entered.
public struct DriverLocation: Hashable, Sendable {
  public let library: String
  /// `nil`: the usual one, `AdbcDriverInit`.
  public let entrypoint: String?

  public init(library: String, entrypoint: String? = nil) {
    self.library = library
    self.entrypoint = entrypoint
  }

  /// Finds a driver as other ADBC programs do.
  ///
  /// - Parameters:
  ///   - name: A path, recognised by its `/`; or the name of a manifest, `NAME.toml` in one of the
  ///     folders of `ADBC_DRIVER_PATH`, then of the user, then of the system.
  ///   - environment: The value of a variable.
  ///   - contents: The text of a file; `nil` where there is none.
  /// - Throws: `noDriver`, `badManifest`.
  public static func find(
    _ name: String, environment: (String) -> String? = Environment.value,
    contents: (String) -> String? = Environment.contents
  ) throws(DatabaseError) -> DriverLocation {
    if name.contains("/") { return DriverLocation(library: name) }
    let folders = folders(environment)
    for folder in folders {
      let path = "\(folder)/\(name).toml"
      guard let text = contents(path) else { continue }
      return try DriverManifest(text, path: path).location(in: folder)
    }
    throw .noDriver(name: name, lookedIn: folders)
  }

  private static func folders(_ environment: (String) -> String?) -> [String] {
    var folders =
      environment("ADBC_DRIVER_PATH")?.split(separator: ":").map(String.init) ?? []
    if let home = environment("XDG_CONFIG_HOME"), !home.isEmpty {
      folders.append("\(home)/adbc/drivers")
    } else if let home = environment("HOME") {
      folders.append("\(home)/.config/adbc/drivers")
    }
    return folders + ["/etc/adbc/drivers"]
  }
}

/// The variables and small files that say how to connect.
public enum Environment {
  public static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The text of a file of at most 64 KiB; `nil` where there is none.
  public static func contents(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return count == 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }
}
