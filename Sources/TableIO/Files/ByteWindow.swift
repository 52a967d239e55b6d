/// A part of a stream in memory, which moves on: what was not used yet stays at its front.
///
/// A window of this size stays in the processor's cache, which makes reading piece by piece faster
/// than mapping the file.
final class ByteWindow {
  private static let firstCapacity = Fingerprint.blockSize

  let stream: any ByteStream
  private var storage: UnsafeMutableRawBufferPointer
  private var unread = 0..<0
  private(set) var fingerprinting = Fingerprint()
  private var leastCapacity = firstCapacity

  /// How many bytes have been read since the beginning.
  private(set) var total = 0

  /// Whether the stream ends where the window does.
  private(set) var isLast = false

  /// Whether the stream ended before the size that it had when it was opened.
  var endedEarly: Bool { isLast && total < stream.size ?? 0 }

  init(over stream: any ByteStream) {
    self.stream = stream
    self.storage = .allocate(byteCount: Self.firstCapacity, alignment: 64)
  }

  deinit { storage.deallocate() }

  /// A hash of all bytes that have been in the window.
  var fingerprint: UInt64 { fingerprinting.value }

  var size: Int? { stream.size }

  /// The bytes that were not used yet.
  ///
  /// They stay in place until the window moves on.
  var bytes: Bytes {
    Bytes(rebasing: Bytes(storage.bindMemory(to: UInt8.self))[unread])
  }

  /// Where in the stream the first byte that was not used yet stands.
  var offset: Int { total - unread.count }

  /// Takes over what was read of the rest of the stream in another way.
  func end(with fingerprint: Fingerprint, of total: Int) {
    (fingerprinting, self.total, unread, isLast) = (fingerprint, total, 0..<0, true)
  }

  /// Marks the first bytes as used.
  func use(_ count: Int) {
    unread = min(unread.lowerBound + count, unread.upperBound)..<unread.upperBound
  }

  /// Makes the window as large from its next move on.
  func widen(to capacity: Int) { leastCapacity = max(leastCapacity, capacity) }

  /// Reads more after the bytes that were not used yet.
  func moveOn() throws(FileError) {
    makeRoom()
    let free = UnsafeMutableRawBufferPointer(rebasing: storage[unread.upperBound...])
    let count = try stream.fill(free)
    isLast = count < free.count
    total += count
    fingerprinting.update(UnsafeRawBufferPointer(rebasing: free[..<count]))
    unread = 0..<unread.upperBound + count
  }

  /// Starts again from the stream's first byte.
  func rewind() throws(FileError) -> Bool {
    unread = 0..<0
    isLast = false
    total = 0
    fingerprinting = Fingerprint()
    return try stream.rewind()
  }

  /// How large the storage is to be for the next move.
  var nextCapacity: Int {
    max(unread.count > storage.count / 2 ? storage.count * 2 : storage.count, leastCapacity)
  }

  /// Moves the unused bytes to the front, of a larger storage if they fill more than half.
  private func makeRoom() {
    let kept = UnsafeRawBufferPointer(rebasing: storage[unread])
    let needed = nextCapacity
    if needed > storage.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: needed, alignment: 64)
      larger.copyMemory(from: kept)
      storage.deallocate()
      storage = larger
    } else {
      // The parts may overlap, which this allows.
      storage.copyMemory(from: kept)
    }
    unread = 0..<kept.count
  }
}
