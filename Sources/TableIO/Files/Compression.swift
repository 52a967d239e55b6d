/// How the bytes of a file are compressed.
enum Compression: String, CaseIterable {
  case gzip, zstd

  /// How the names of such files end, without the dot, in lower case.
  private var endings: [String] {
    switch self {
    case .gzip: ["gz", "gzip"]
    case .zstd: ["zst", "zstd"]
    }
  }

  /// How many first bytes of a file show its compression.
  static let markLength = 4

  /// The compression whose mark the first bytes are.
  init?(of head: UnsafeRawBufferPointer) {
    if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else if head.count >= 4, head[0] & 0xF0 == 0x50,
      head[1...3].elementsEqual([0x2A, 0x4D, 0x18])
    {
      // A frame that readers skip, with which parallel zstd begins its files.
      self = .zstd
    } else {
      return nil
    }
  }

  /// The compression that a path's ending names, and the path without that ending: the ending
  /// before it names the format.
  static func named(by path: String) -> (compression: Compression?, inner: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return (nil, path) }
    let ending = name[name.index(after: dot)...].lowercased()
    guard let found = allCases.first(where: { $0.endings.contains(ending) }) else {
      return (nil, path)
    }
    return (found, String(path.dropLast(ending.count + 1)))
  }

  func decoder() -> any ByteDecoder {
    switch self {
    case .gzip: GzipDecoder()
    case .zstd: ZstdDecoder()
    }
  }

  func encoder() -> any ByteEncoder {
    switch self {
    case .gzip: GzipEncoder()
    case .zstd: ZstdEncoder()
    }
  }
}

/// Decompresses bytes as they come.
protocol ByteDecoder: AnyObject {
  /// Decompresses a part of the input into a part of the output.
  ///
  /// Nothing of either means that it takes more input.
  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> (used: Int, written: Int)

  /// Whether the input may end here: all that was begun is complete.
  var isComplete: Bool { get }

  /// Forgets all input.
  func restart()
}

/// Compresses bytes as they come.
protocol ByteEncoder: AnyObject {
  /// Compresses a part of the input into a part of the output.
  ///
  /// - Parameter isLast: whether no input follows.
  /// - Returns: whether all is written, where the input is the last.
  func encode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> (used: Int, written: Int, isOver: Bool)
}

/// What a library says of bytes that it cannot take, `used` bytes after the input's first.
struct CompressionFault: Error {
  let reason: String
  var used = 0
}
