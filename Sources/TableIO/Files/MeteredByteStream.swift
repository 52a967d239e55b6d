/// A stream that says how much of it has been read, where its size is known.
final class MeteredByteStream: ByteStream {
  private let base: any ByteStream
  private let report: (_ fraction: Double) -> Void
  private var count = 0

  init(_ base: any ByteStream, reporting report: @escaping (_ fraction: Double) -> Void) {
    self.base = base
    self.report = report
  }

  var size: Int? { base.size }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let read = try base.read(into: buffer)
    reach(count + read)
    return read
  }

  /// Reports that all bytes before an offset have been read in another way.
  func reach(_ offset: Int) {
    count = offset
    if let size, size > 0 { report(min(1, Double(count) / Double(size))) }
  }

  func rewind() throws(FileError) -> Bool {
    count = 0
    return try base.rewind()
  }

  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int? { try base.read(at: offset, into: buffer) }

  func admit(decompressed bytes: Int) throws(FileError) { try base.admit(decompressed: bytes) }
}
