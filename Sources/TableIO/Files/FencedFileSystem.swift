/// Files below some folders only, and only plain ones of bounded size.
///
/// Symbolic links are followed before it is decided where a file lies, and the file that was
/// decided about is the one that is opened.
public struct FencedFileSystem: FileSystem {
  /// Why a file is out of reach.
  public enum Refusal: Hashable, Sendable {
    /// It lies elsewhere, or is no plain file.
    case outside(path: String)
    case tooLarge(path: String, bytes: Int)
    case writing(path: String)
  }

  private let base: any FileSystem
  private let workingFolder: String
  private let folders: [String]?
  private let largest: Int
  private let mayWrite: Bool
  private let refused: @Sendable (Refusal) -> Void

  /// - Parameters:
  ///   - workingFolder: where relative paths start, absolute; empty for where the base starts them.
  ///   - folders: absolute paths; everything may be read where `nil`.
  ///   - largest: the size of the largest file that may be read, in bytes, also once it is
  ///     decompressed.
  ///   - refused: hears of every refusal; the reader gets an error as well.
  public init(
    _ base: any FileSystem, workingFolder: String, folders: [String]?, largest: Int = .max,
    mayWrite: Bool = false, refused: @escaping @Sendable (Refusal) -> Void = { _ in }
  ) {
    self.base = base
    self.workingFolder = workingFolder
    self.folders = folders?.map { base.canonicalPath(of: $0) ?? $0 }
    self.largest = largest
    self.mayWrite = mayWrite
    self.refused = refused
  }

  public func open(_ path: String) throws(FileError) -> any ByteStream {
    let place = try place(of: path)
    if base.kind(of: place) == .other { throw refusal(.outside(path: path), of: path) }
    let stream = try naming(path) { () throws(FileError) in try base.open(place) }
    if let size = stream.size, size > largest {
      throw refusal(.tooLarge(path: path, bytes: size), of: path, cause: .tooLarge)
    }
    return FencedStream(stream, path: path, largest: largest, refused: refused)
  }

  public func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) {
    guard mayWrite else {
      refused(.writing(path: path))
      throw FileError(path: path, action: .write, cause: .notPermitted)
    }
    try naming(path) { () throws(FileError) in
      try base.writeFileAtomically(absolute(path), contents: contents)
    }
  }

  public func kind(of path: String) -> FileKind? {
    isInside(path) ? base.kind(of: absolute(path)) : nil
  }

  public func list(_ directory: String) throws(FileError) -> [String] {
    let place = try place(of: directory)
    return try naming(directory) { () throws(FileError) in try base.list(place) }
  }

  public func stamp(of path: String) -> FileStamp {
    isInside(path) ? base.stamp(of: absolute(path)) : .missing
  }

  public func canonicalPath(of path: String) -> String? { base.canonicalPath(of: absolute(path)) }

  /// Whether the file may be read, as far as its place goes; so may one that does not exist where
  /// it would lie inside.
  public func isInside(_ path: String) -> Bool {
    guard let folders else { return true }
    guard let place = base.canonicalPath(of: absolute(path)) else {
      return !path.contains("..") && isBelow(absolute(path), folders)
    }
    return isBelow(place, folders)
  }

  private func isBelow(_ place: String, _ folders: [String]) -> Bool {
    folders.contains { folder in
      place == folder || place.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") || workingFolder.isEmpty ? path : workingFolder + "/" + path
  }

  /// The path to open in the place of another.
  private func place(of path: String) throws(FileError) -> String {
    guard isInside(path) else { throw refusal(.outside(path: path), of: path) }
    return base.canonicalPath(of: absolute(path)) ?? absolute(path)
  }

  private func refusal(
    _ refusal: Refusal, of path: String, cause: FileError.Cause = .notPermitted
  ) -> FileError {
    refused(refusal)
    return FileError(path: path, action: .read, cause: cause)
  }

  /// Gives an error the path as the caller wrote it.
  private func naming<Result>(
    _ path: String, _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    do {
      return try body()
    } catch {
      throw FileError(path: path, action: error.action, cause: error.cause)
    }
  }
}

/// A file that grows while it is read does not outgrow the fence.
private final class FencedStream: ByteStream {
  private let base: any ByteStream
  private let path: String
  private let largest: Int
  private let refused: @Sendable (FencedFileSystem.Refusal) -> Void
  private var count = 0

  init(
    _ base: any ByteStream, path: String, largest: Int,
    refused: @escaping @Sendable (FencedFileSystem.Refusal) -> Void
  ) {
    self.base = base
    self.path = path
    self.largest = largest
    self.refused = refused
  }

  var size: Int? { base.size }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let read = try base.read(into: buffer)
    count += read
    try admit(decompressed: count)
    return read
  }

  func rewind() throws(FileError) -> Bool {
    count = 0
    return try base.rewind()
  }

  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int? {
    let read = try base.read(at: offset, into: buffer)
    try admit(decompressed: offset + (read ?? 0))
    return read
  }

  func admit(decompressed bytes: Int) throws(FileError) {
    guard bytes > largest else { return }
    refused(.tooLarge(path: path, bytes: bytes))
    throw FileError(path: path, action: .read, cause: .tooLarge)
  }
}
