import Glibc
import ParallelWork
import Synchronization

/// The rest of a file that can be read at any offset: all processors read sections of it, parse them
/// from the first line end on, and hand their rows over in the order of the file.
///
/// Whether a row begins at that line end is known once the section before has been handed over; where
/// none does, as within quotes, the section is read again, row by row.
final class CSVSections: @unchecked Sendable {
  /// A section is a block of the fingerprint.
  static let size = Fingerprint.blockSize

  private let window: ByteWindow
  private let stream: any ByteStream
  private let pass: CSVPass
  private let fileSize: Int
  private let first: Int
  private let queue = OrderedQueue()

  /// One for each thread.
  private var sections: [CSVSection] = []

  /// Changed by the thread whose turn it is only: where the next row begins, and the hash of the
  /// sections that were handed over.
  private var cursor: Int
  private var fingerprint: Fingerprint
  private var failure: TableError?

  /// Whether parts are worth reading before their turn comes.
  private let readsAhead = Atomic<Bool>(true)

  /// The sections after the window; `nil` where the file is not to be read so.
  init?(of window: ByteWindow, for pass: CSVPass) {
    guard let size = window.size, size > window.total, window.total > 0,
      window.total.isMultiple(of: Self.size), pass.mayReadAhead, Self.isPositional(window.stream)
    else { return nil }
    (self.window, self.pass, stream, fileSize) = (window, pass, window.stream, size)
    first = window.total / Self.size
    cursor = window.offset
    fingerprint = window.fingerprinting
  }

  private static func isPositional(_ stream: any ByteStream) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { byte in
      (try? stream.read(at: 0, into: byte)) != nil
    }
  }

  /// Reads all sections into the pass, and moves the window to its end.
  func read(isCancelled: () -> Bool) throws(TableError) {
    let count = (fileSize + Self.size - 1) / Self.size - first
    // Other threads may do all the rest.
    if isCancelled() { throw TableError(.cancelled) }
    let threads = min(Workers.available, count)
    sections = (0..<threads).map { _ in CSVSection(stream, fileSize: fileSize, for: pass) }
    withoutActuallyEscaping(isCancelled) { isCancelled in
      let caller = CallingThread(isCancelled)
      Workers.run(pieces: count, threads: threads) { worker, next in
        while let number = next() {
          if worker == 0 { self.report(number, to: caller) }
          if !self.readSection(number, with: self.sections[worker]) { break }
        }
      }
    }
    if let failure { throw failure }
    window.end(with: fingerprint, of: fileSize)
  }

  /// Only the thread that called asks and reports.
  private func report(_ number: Int, to caller: CallingThread) {
    (stream as? MeteredByteStream)?.reach((first + number) * Self.size)
    guard caller.isCancelled() else { return }
    queue.stop { failure = TableError(.cancelled) }
  }

  /// False where the reading has failed.
  private func readSection(_ number: Int, with section: CSVSection) -> Bool {
    var fault: TableError?
    do throws(TableError) {
      try section.move(to: first + number)
      if readsAhead.load(ordering: .relaxed) { section.readAhead() }
    } catch {
      fault = error
    }
    return queue.inTurn(number) {
      if fault == nil {
        do throws(TableError) { try handOver(section) } catch { fault = error }
      }
      failure = fault
      return fault == nil
    }
  }

  private func handOver(_ section: CSVSection) throws(TableError) {
    if cursor < section.likelyStart {
      cursor = try section.rows(from: cursor, to: section.likelyStart, pass)
    }
    if let end = section.takeOver(at: cursor, pass) { cursor = end }
    if cursor < section.end { cursor = try section.rows(from: cursor, to: section.end, pass) }
    fingerprint.append(section.hash)
    if !pass.mayReadAhead { readsAhead.store(false, ordering: .relaxed) }
  }
}

/// What only the thread that called may be asked.
private struct CallingThread: @unchecked Sendable {
  let isCancelled: () -> Bool

  init(_ isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }
}
