import JSONText

/// Reads messages on a thread of its own, so that a cancellation is known while its request waits.
struct Reader {
  private let transport: any Transport
  private let inbox: Inbox<ServerEvent>
  private let cancelled: CancelledRequests
  private var hasAskedForShutdown = false
  private var hasLeft = false

  init(
    _ transport: any Transport, _ inbox: Inbox<ServerEvent>, _ cancelled: CancelledRequests
  ) {
    self.transport = transport
    self.inbox = inbox
    self.cancelled = cancelled
  }

  /// Reads until the client leaves, and gives the status for the process.
  mutating func run() -> Int32 {
    var frames = FrameReader()
    var bytes: [UInt8] = []
    while transport.read(into: &bytes) {
      frames.append(bytes)
      bytes.removeAll(keepingCapacity: true)
      while let frame = frames.next() {
        take(frame, &frames)
        if hasLeft { return status }
      }
    }
    inbox.post(.inputEnded)
    return status
  }

  private var status: Int32 { hasAskedForShutdown ? 0 : 1 }

  private mutating func take(_ frame: FrameReader.Frame, _ frames: inout FrameReader) {
    switch frame {
    case .malformed(let why):
      inbox.post(.message(.invalid(nil, ResponseError(.parseError, why))))
    case .body(let body):
      let message = Message(body)
      switch message {
      case .invalid(_, let error) where error.code == .parseError: frames.rejectBody()
      case .notification(Server.cancelMethod, let params):
        cancelled.insert(params?["id"].flatMap(RequestID.init))
      case .notification("exit", _): hasLeft = true
      case .request(_, "shutdown", _): hasAskedForShutdown = true
      default: break
      }
      inbox.post(.message(message))
    }
  }
}
