import ParallelWork

/// What every reader of tables asks of its window.
extension ByteWindow {
  /// A window over a stream that can be read again from its start; what cannot, such as a pipe, is
  /// kept in memory.
  convenience init(rereading stream: any ByteStream) throws(TableError) {
    do throws(FileError) {
      let canRewind = try stream.rewind()
      self.init(over: canRewind ? stream : MemoryByteStream(try stream.readToEnd()))
    } catch {
      throw TableError(.file(error))
    }
  }

  /// Moves on, unless the caller asks to stop.
  func advance(isCancelled: () -> Bool) throws(TableError) {
    if isCancelled() { throw TableError(.cancelled) }
    // One record fills the window; its cells are copied once or twice more.
    let needed = 3 * nextCapacity
    if nextCapacity > 1 << 24, !AvailableMemory.holds(needed) {
      throw TableError(.noMemory(needed: needed))
    }
    do throws(FileError) { try moveOn() } catch { throw TableError(.file(error)) }
    if endedEarly { throw TableError(.changedWhileReading) }
  }

  /// Goes back to the first byte.
  func restart() throws(TableError) {
    var hasRewound = false
    do throws(FileError) { hasRewound = try rewind() } catch { throw TableError(.file(error)) }
    if !hasRewound { throw TableError(.changedWhileReading) }
  }

  /// A record that is so long is a mistake more often than not, such as a quote that is not closed
  /// or a device that yields zeros without end: it is reported before memory runs out.
  ///
  /// - Parameter line: the line on which the window begins.
  func refuseEndlessRecord(from line: Int) throws(TableError) {
    try TableIO.refuseEndlessRecord(bytes, from: line)
  }
}

/// A record has fewer bytes.
let longestRecord = 1 << 26

/// The same for bytes that hold the beginning of one record.
func refuseEndlessRecord(_ bytes: Bytes, from line: Int) throws(TableError) {
  if bytes.count >= longestRecord { throw TableError(.longRecord(line: line)) }
  guard bytes.count > 1 << 20, let place = bytes.firstIndex(of: 0) else { return }
  let before = bytes[..<place].count { $0 == 0x0A }
  throw TableError(.nulByte(line: line + before))
}
