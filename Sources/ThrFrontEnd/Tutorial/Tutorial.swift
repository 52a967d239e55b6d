import CTutorial
public import TableIO
public import ThrAnalysis
import ThrSyntax

/// The chapters and their example data, as they were when the program was built.
public enum Tutorial {
  /// In their order.
  public static let chapters: [Chapter] = files.filter { $0.name.hasSuffix(".thr") }
    .compactMap { Chapter(parse($0.bytes)) }.sorted { $0.number < $1.number }

  /// The example data by the paths that the chapters name.
  public static let data: [String: [UInt8]] = Dictionary(
    files.filter { !$0.name.hasSuffix(".thr") }.map { ($0.name, $0.bytes) }
  ) { first, _ in first }

  private static var files: [(name: String, bytes: [UInt8])] {
    (0..<tutorial_file_count()).map { index in
      let file = tutorial_file_at(index)
      return (
        String(cString: file.name),
        Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
      )
    }
  }
}

/// The disk, with the tutorial's example data in their places wherever one stands.
public struct TutorialFiles: FileSystem {
  private let disk = LocalFileSystem()
  private let data = MemoryFileSystem(Tutorial.data)

  public init() {}

  private func place(of path: String) -> any FileSystem {
    Tutorial.data[path] == nil ? disk : data
  }

  public func open(_ path: String) throws(FileError) -> any ByteStream {
    try place(of: path).open(path)
  }

  public func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) {
    try disk.writeFileAtomically(path, contents: contents)
  }

  public func kind(of path: String) -> FileKind? { place(of: path).kind(of: path) }

  public func stamp(of path: String) -> FileStamp { place(of: path).stamp(of: path) }

  public func list(_ directory: String) throws(FileError) -> [String] { try disk.list(directory) }
}
