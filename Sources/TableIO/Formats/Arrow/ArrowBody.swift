import CCompression

/// Takes the arrays of a record batch from its body, those that are wanted.
struct ArrowBody {
  private let source: BinarySource
  private let message: ArrowMessage
  private let batch: ArrowBatch
  private var node = 0
  private var buffer = 0
  private var view = 0

  init(_ message: ArrowMessage, _ batch: ArrowBatch, of source: BinarySource) {
    (self.message, self.batch, self.source) = (message, batch, source)
  }

  /// Steps over the arrays of a field.
  mutating func skip(_ field: ArrowField) {
    node += field.nodes
    buffer += field.buffers
    for _ in 0..<field.views {
      buffer += view < batch.views.count ? min(max(batch.views[view], 0), batch.buffers.count) : 0
      view += 1
    }
  }

  /// The array of a field without children.
  mutating func array(
    _ field: ArrowField, type: ArrowType, place: String
  ) throws(TableError) -> ArrowArray {
    guard node < batch.nodes.count else { throw fault("\(place): its array is missing") }
    let count = batch.nodes[node].length
    let first = buffer
    skip(field)
    guard buffer <= batch.buffers.count else { throw fault("\(place): its buffers are missing") }
    var buffers: [ByteBuffer] = []
    for index in first..<buffer {
      let (offset, length) = batch.buffers[index]
      guard offset >= 0, length >= 0, offset <= message.bodyLength,
        length <= message.bodyLength - offset
      else { throw fault("\(place): a buffer outside of the message") }
      buffers.append(try content(message.bodyOffset + offset, length, place))
    }
    do throws(ArrowFault) {
      return try ArrowArray(field, type: type, count: count, buffers: buffers)
    } catch {
      throw fault("\(place): \(error.reason)")
    }
  }

  private func content(
    _ offset: Int, _ length: Int, _ place: String
  ) throws(TableError) -> ByteBuffer {
    let packed = try source.read(at: offset, count: length, for: place)
    guard batch.codec != .none, length > 0 else { return packed }
    defer { withExtendedLifetime(packed) {} }
    var reader = ByteReader(packed.bytes)
    guard let size = reader.take(Int64.self) else {
      throw fault("\(place), byte \(offset): a compressed buffer of \(length) bytes")
    }
    // Bytes that would not become fewer are left as they are.
    if size == -1 { return try source.read(at: offset + 8, count: length - 8, for: place) }
    guard size >= 0, let count = Int(exactly: size), count <= 1 << 40 else {
      throw fault("\(place), byte \(offset): a buffer of \(size) bytes")
    }
    let unpacked = try ByteBuffer(count: count, for: place)
    let rest = reader.rest
    let written =
      batch.codec == .lz4
      ? thr_lz4_frame(rest.baseAddress, rest.count, unpacked.storage.baseAddress, count)
      : thr_zstd(rest.baseAddress, rest.count, unpacked.storage.baseAddress, count)
    guard written == count else {
      throw fault("\(place), byte \(offset): a buffer that does not unpack to \(count) bytes")
    }
    return unpacked
  }

  private func fault(_ reason: String) -> TableError {
    source.damaged("message at byte \(message.offset), \(reason)")
  }
}
