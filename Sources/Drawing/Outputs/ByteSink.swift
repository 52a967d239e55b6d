/// Gathers the bytes that cairo writes.
///
/// It must outlive the surface that writes to it.
final class ByteSink {
  var bytes: [UInt8] = []

  var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static var receive: CairoLibrary.Sink {
    { sink, bytes, count in
      guard let sink else { return 11 }  // CAIRO_STATUS_WRITE_ERROR
      let this = Unmanaged<ByteSink>.fromOpaque(sink).takeUnretainedValue()
      this.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
      return 0
    }
  }
}
