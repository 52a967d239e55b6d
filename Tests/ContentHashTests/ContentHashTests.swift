import ContentHash
import Testing

@Suite struct ContentHashTests {
  /// The published vectors of FNV-1a, 64 bits.
  @Test(arguments: [
    ("", 0xcbf2_9ce4_8422_2325 as UInt64), ("a", 0xaf63_dc4c_8601_ec8c),
    ("foobar", 0x8594_4171_f739_67e8),
  ])
  func hashes(text: String, value: UInt64) {
    #expect(ContentHash(text.utf8).value == value)
  }

  @Test func goesOnWithTheNextWord() {
    var hash = ContentHash("foo".utf8)
    for byte in "bar".utf8 { hash.combine(UInt64(byte)) }
    #expect(hash == ContentHash("foobar".utf8))
  }

  @Test func takesNegativeWords() {
    #expect(ContentHash([-1]) == ContentHash([UInt64.max]))
  }
}
