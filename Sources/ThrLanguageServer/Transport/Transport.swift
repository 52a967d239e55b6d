/// The two ends of the connection with a client.
///
/// `read` is called on one thread, `write` on one other at a time.
public protocol Transport: Sendable {
  /// Blocks until bytes have come, appends them, and returns false at the end of the stream.
  func read(into bytes: inout [UInt8]) -> Bool

  /// Writes all bytes, and returns false where no one reads them any more.
  func write(_ bytes: [UInt8]) -> Bool
}
