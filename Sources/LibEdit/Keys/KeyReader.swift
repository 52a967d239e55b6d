import Glibc

/// Reads key presses from a terminal, and knows when it is the reader's turn to wait.
public final class KeyReader {
  /// What the reader waits for.
  public enum Event {
    case press(KeyPress)
    /// The window has another size now.
    case resized
    case end
  }

  /// How long the rest of a sequence may take before its beginning stands for itself: Esc alone.
  private static let sequencePause: Int32 = 30
  /// How long a paste may pause before it is taken for ended.
  private static let pastePause: Int32 = 1_000

  private let descriptor: Int32
  private var decoder = KeyDecoder()
  private var pushedBack: [KeyPress] = []
  private var isAtEnd = false

  /// - Parameter descriptor: the terminal that keys come from.
  public init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether something was typed already that was not read yet.
  public var hasPending: Bool { !pushedBack.isEmpty || !decoder.isEmpty || isReady(within: 0) }

  /// Puts a press back, to be read next.
  public func pushBack(_ press: KeyPress) { pushedBack.append(press) }

  /// Whether Ctrl-C was pressed since the last key was read: it is for what runs next.
  ///
  /// The terminal makes a signal of it only where it knew already that something runs.
  public func takeInterrupt() -> Bool {
    while !isAtEnd, isReady(within: 0) { read() }
    return decoder.takeInterrupt()
  }

  /// Takes what was typed and not read yet, for another reader of the same terminal.
  public func takeBytes() -> [UInt8] { decoder.takeBytes() }

  /// What another reader of the same terminal has left comes next.
  public func feed(_ bytes: [UInt8]) { decoder.feed(bytes) }

  /// Waits for the next event.
  public func next() -> Event {
    while true {
      if let event = next(within: -1) { return event }
    }
  }

  /// Waits for the next event; `nil` where none has come within so many milliseconds.
  ///
  /// A reader that is not on the thread that hears of the window's size asks now and then.
  public func next(within milliseconds: Int32) -> Event? {
    if let press = pushedBack.popLast() { return .press(press) }
    while true {
      if let press = decoder.next(isComplete: isAtEnd) { return .press(press) }
      if isAtEnd { return .end }
      let pause =
        decoder.isPasting ? Self.pastePause : decoder.isEmpty ? milliseconds : Self.sequencePause
      if WindowSignal.take() { return .resized }
      if isReady(within: pause) {
        read()
      } else if pause >= 0, !WindowSignal.isRaised, let press = decoder.next(isComplete: true) {
        return .press(press)
      } else if pause >= 0, decoder.isEmpty, !WindowSignal.isRaised {
        return nil
      }
    }
  }

  private func isReady(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) > 0
  }

  private func read() {
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    if count > 0 {
      decoder.feed(bytes[..<count])
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      isAtEnd = true
    }
  }
}
