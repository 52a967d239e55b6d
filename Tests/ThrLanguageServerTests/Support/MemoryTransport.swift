import Foundation
import JSONText
import ThrLanguageServer

/// A connection within the process: tests hold the client's end.
final class MemoryTransport: Transport, @unchecked Sendable {
  private let condition = NSCondition()
  private var incoming: [[UInt8]] = []
  private var isClosed = false
  private var written: [JSON] = []
  private var refusesWrites = false

  // MARK: - The server's end

  func read(into bytes: inout [UInt8]) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while incoming.isEmpty {
      if isClosed { return false }
      condition.wait()
    }
    bytes += incoming.removeFirst()
    return true
  }

  func write(_ bytes: [UInt8]) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    guard !refusesWrites else { return false }
    written.append(Self.message(in: bytes))
    condition.broadcast()
    return true
  }

  /// Takes a frame apart by itself, so that the server's own reader is not what vouches for it.
  private static func message(in frame: [UInt8]) -> JSON {
    let text = String(decoding: frame, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n"), text.hasPrefix("Content-Length: "),
      let length = Int(text[..<end.lowerBound].dropFirst("Content-Length: ".count)),
      let message = try? JSON(parsing: frame.suffix(length)),
      frame.count == text[..<end.upperBound].utf8.count + length
    else { return ["not a frame": .string(text)] }
    return message
  }

  // MARK: - The client's end

  /// Hands over bytes that the server reads in one piece.
  func send(_ bytes: [UInt8]) {
    condition.lock()
    incoming.append(bytes)
    condition.broadcast()
    condition.unlock()
  }

  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }

  /// From now on, no one reads what the server writes.
  func breakOutput() {
    condition.lock()
    refusesWrites = true
    condition.unlock()
  }

  /// Waits for the first message that meets a condition, and takes it out.
  func take(within seconds: Double, where condition: (JSON) -> Bool) -> JSON? {
    let deadline = Date(timeIntervalSinceNow: seconds)
    self.condition.lock()
    defer { self.condition.unlock() }
    while true {
      if let index = written.firstIndex(where: condition) { return written.remove(at: index) }
      guard self.condition.wait(until: deadline) else { return nil }
    }
  }

  /// What the server has written and no one has taken.
  var untaken: [JSON] {
    condition.lock()
    defer { condition.unlock() }
    return written
  }
}
