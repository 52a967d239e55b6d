import JSONText

/// Reads messages on a thread of its own, so that a cancellation is known while its request waits.
struct Reader {
  private let transport: any Transport
  private let inbox: Inbox<Event>
  private let cancelled: CancelledRequests

  init(
    _ transport: any Transport, _ inbox: Inbox<Event>, _ cancelled: CancelledRequests
  ) {
    self.transport = transport
    self.inbox = inbox
    self.cancelled = cancelled
  }

  /// Reads until the client closes its end.
  func run() {
    var frames = FrameReader()
    var bytes: [UInt8] = []
    while transport.read(into: &bytes) {
      frames.append(bytes)
      bytes.removeAll(keepingCapacity: true)
      while let frame = frames.next() { take(frame, &frames) }
    }
    inbox.post(.inputEnded)
  }

  private func take(_ frame: FrameReader.Frame, _ frames: inout FrameReader) {
    switch frame {
    case .malformed(let why):
      inbox.post(.message(.invalid(nil, ResponseError(.parseError, why))))
    case .body(let body):
      let message = Message(body)
      if case .invalid(_, let error) = message, error.code == .parseError { frames.rejectBody() }
      if case .notification(Server.cancelMethod, let params) = message {
        cancelled.insert(params?["id"].flatMap(RequestID.init))
      }
      inbox.post(.message(message))
    }
  }
}
