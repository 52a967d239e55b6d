public import TableIO
public import ThrSyntax

/// A program to run or to check: its text, and the name that messages give it.
public struct Script: Sendable {
  /// The path; `nil` for code from the command line or from standard input.
  public let path: String?
  public let name: String
  /// Whether the text comes from standard input, though it is that of the file at `path`.
  public let isPiped: Bool
  public let parse: Parse

  /// A program from its bytes; parses them.
  public init(path: String?, name: String, bytes: [UInt8], isPiped: Bool = false) {
    self.path = path
    self.name = name
    self.isPiped = isPiped
    parse = ThrSyntax.parse(bytes)
  }

  /// The same script with another text.
  public func replacing(_ bytes: [UInt8]) -> Script {
    Script(path: path, name: name, bytes: bytes, isPiped: isPiped)
  }

  /// Code from the command line.
  public init(code: String) { self.init(path: nil, name: "-e", bytes: Array(code.utf8)) }

  /// The program in a file.
  public init(path: String, in files: any FileSystem) throws(FileError) {
    let bytes = try files.readFile(path, atMost: Source.largest)
    self.init(path: path, name: PathText.shown(path), bytes: bytes)
  }

  /// Where a changed text is written; `nil` for standard output.
  public var writtenPath: String? { isPiped ? nil : path }

  /// The folder of the file; `nil` where there is none.
  public var folder: String? { path.map(Self.folder) }

  /// The folder that a file stands in.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
