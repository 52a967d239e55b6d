import TableIO
import Testing
import ThrModel

@testable import ThrLibrary

@Suite struct PositiveClassTests {
  private static let ok = Column("label", texts: ["ok", "ok"])

  @Test func aBatchMayLackPositives() throws {
    let found = try PositiveClass(of: Self.ok, given: .text("fraud"), mayBeAbsent: true)
    #expect(found.labels(Self.ok) == [false, false])
    let zeros = Column("label", numbers: [0, 0])
    let number = try PositiveClass(of: zeros, given: .text("1"), mayBeAbsent: true)
    #expect(number.labels(zeros) == [false, false])
  }

  /// Of several labels one would be the positive one: another is a slip.
  @Test func aMisspeltClassIsRefused() {
    #expect(throws: CallError.self) { try PositiveClass(of: Self.ok, given: .text("fraud")) }
    let both = Column("label", texts: ["ok", "fraud"])
    #expect(throws: CallError.self) {
      try PositiveClass(of: both, given: .text("fruad"), mayBeAbsent: true)
    }
  }
}
