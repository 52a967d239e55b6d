import Glibc
import ParallelWork
import Synchronization

/// A database that is reached through an ADBC driver.
///
/// Queries run one after the other on a thread of their own, so that a caller that gives up need not
/// wait; the connection of such a query is left to it, and the next query makes another.
public final class DriverClient: DatabaseClient {
  public let engine: String
  public let quotes: [IdentifierQuote]
  private let address: DatabaseAddress
  private let seconds: Double
  private let idle = Mutex<DriverConnection?>(nil)

  /// - Parameter seconds: The most that a query may take.
  public init(_ address: DatabaseAddress, seconds: Double) {
    self.address = address
    self.seconds = seconds
    engine = address.engine
    quotes = address.quotes
  }

  public func query(
    _ sql: String, columns: [String], isCancelled: () -> Bool
  ) throws(DatabaseError) -> ResultTable {
    let work = Work()
    let connection = idle.withLock { idle -> DriverConnection? in
      defer { idle = nil }
      return idle
    }
    let address = address
    SystemThread.detach(stackSize: 8 << 20) {
      work.finish { () throws(DatabaseError) in
        let used: DriverConnection
        if let connection { used = connection } else { used = try address.connect() }
        return (try used.query(sql), used)
      }
    }
    let (table, used) = try work.wait(seconds, engine, isCancelled, address.redacted)
    idle.withLock { $0 = used }
    return table
  }
}

/// A query while it runs.
private final class Work: Sendable {
  typealias Answer = Result<(ResultTable, DriverConnection), DatabaseError>
  private let answer = Mutex<Answer?>(nil)

  func finish(_ body: () throws(DatabaseError) -> (ResultTable, DriverConnection)) {
    let result: Answer
    do throws(DatabaseError) { result = .success(try body()) } catch { result = .failure(error) }
    answer.withLock { $0 = result }
  }

  /// - Parameter redacted: takes secrets out of a message.
  func wait(
    _ seconds: Double, _ engine: String, _ isCancelled: () -> Bool,
    _ redacted: (DatabaseError) -> DatabaseError
  ) throws(DatabaseError) -> (ResultTable, DriverConnection) {
    var (pause, waited): (UInt32, Double) = (50, 0)
    while true {
      if let result = answer.withLock({ $0 }) {
        switch result {
        case .success(let answer): return answer
        case .failure(let error): throw redacted(error)
        }
      }
      if isCancelled() { throw .cancelled }
      if waited > seconds { throw .timedOut(engine: engine, seconds: seconds) }
      usleep(pause)
      waited += Double(pause) * 1e-6
      pause = min(pause * 2, 5_000)
    }
  }
}
