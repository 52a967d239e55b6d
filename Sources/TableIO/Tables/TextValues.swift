/// A column of texts: each distinct text is kept once, each row keeps a code.
public struct TextValues: Hashable, Sendable {
  /// The distinct texts, in the order of their first appearance; every one appears.
  public let levels: [String]

  /// For each row the index of its text in `levels`, or `missingCode`.
  public let codes: [Int32]

  public let missingCount: Int

  /// The code of a missing cell.
  public static let missingCode: Int32 = -1

  /// O(rows).
  public init(_ texts: [String?]) {
    var levels: [String] = []
    var known: [String: Int32] = [:]
    let codes = texts.map { text -> Int32 in
      guard let text else { return Self.missingCode }
      if let code = known[text] { return code }
      let code = Int32(truncatingIfNeeded: levels.count)
      known[text] = code
      levels.append(text)
      return code
    }
    self.init(
      trusted: codes, levels: levels, missingCount: codes.count { $0 == Self.missingCode })
  }

  /// For codes already known to be numbered by first appearance.
  init(trusted codes: [Int32], levels: [String], missingCount: Int) {
    self.levels = levels
    self.codes = codes
    self.missingCount = missingCount
  }

  /// From codes into any dictionary: unused levels go, the others are numbered again by first
  /// appearance.
  ///
  /// A code outside the levels is a missing cell. O(rows + levels).
  public init(codes: [Int32], levels: [String]) {
    var renumbered = [Int32](repeating: Self.missingCode, count: levels.count)
    var used: [String] = []
    var missing = 0
    let newCodes = codes.map { code -> Int32 in
      guard levels.indices.contains(Int(code)) else {
        missing += 1
        return Self.missingCode
      }
      if renumbered[Int(code)] == Self.missingCode {
        renumbered[Int(code)] = Int32(truncatingIfNeeded: used.count)
        used.append(levels[Int(code)])
      }
      return renumbered[Int(code)]
    }
    self.init(trusted: newCodes, levels: used, missingCount: missing)
  }

  public var count: Int { codes.count }

  /// The text of a row, which must exist; `nil` where it is missing.
  public subscript(row: Int) -> String? {
    codes[row] == Self.missingCode ? nil : levels[Int(codes[row])]
  }

  /// Rows without a text, ascending.
  ///
  /// O(rows), O(1) when none is missing.
  public var missingRows: [Int] {
    missingCount == 0 ? [] : codes.indices.filter { codes[$0] == Self.missingCode }
  }

  func selecting(_ rows: [Int]) -> TextValues {
    TextValues(codes: rows.map { codes[$0] }, levels: levels)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(levels.count)
    hasher.combine(missingCount)
  }
}
