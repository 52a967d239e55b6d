/// Names content by what it is: the same words always give the same 64 bits, on every machine and
/// in every run (FNV-1a; Fowler, Noll and Vo).
///
/// For names and caches, not against forgery.
public struct ContentHash: Hashable, Sendable {
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  /// The hash of words of up to 64 bits, such as the bytes of a text.
  ///
  /// - Complexity: O(*n*).
  @inlinable
  public init(_ words: some Sequence<some BinaryInteger>) {
    self.init()
    for word in words { combine(UInt64(truncatingIfNeeded: word)) }
  }

  /// Goes on with the next word.
  public mutating func combine(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01b3 }
}
