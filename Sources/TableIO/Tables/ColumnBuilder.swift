import Glibc

/// A column while it is being read.
final class ColumnBuilder {
  let holdsTexts: Bool
  private var numbers: [Double] = []
  private var codes: [Int32] = []
  private var dictionary = TextDictionary()
  private var missingCount = 0

  /// How many cells said that they are not a number, and the line of the first.
  private(set) var notANumber: (count: Int, firstLine: Int)?

  init(holdsTexts: Bool) { self.holdsTexts = holdsTexts }

  func reserve(_ rows: Int) {
    if holdsTexts { return codes.reserveCapacity(rows) }
    numbers.reserveCapacity(rows)
    numbers.withUnsafeMutableBufferPointer { Self.askForLargePages($0.baseAddress, count: rows) }
  }

  /// Memory that is used for the first time comes in pages, 500 times fewer large ones.
  private static func askForLargePages(_ start: UnsafeMutablePointer<Double>?, count: Int) {
    let (page, advice) = (1 << 21, Int32(14))
    // Less than some pages are not worth the call.
    guard let start, count * MemoryLayout<Double>.stride >= 4 * page else { return }
    let (begin, end) = (UInt(bitPattern: start), UInt(bitPattern: start + count))
    let first = (begin + UInt(page) - 1) & ~(UInt(page) - 1)
    guard first < end else { return }
    // Where there are none, nothing is lost.
    madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), advice)
  }

  /// The code of a text; `nil` if it is not text in UTF-8.
  func code(for text: Bytes) -> Int32? { dictionary.code(for: text) }

  /// Takes the cells of the next rows: numbers with NaN for a missing one, or the codes of texts.
  func append(_ cells: UnsafeBufferPointer<Double>) {
    if holdsTexts {
      codes.append(contentsOf: cells.lazy.map { Int32($0) })
      for cell in cells where cell < 0 { missingCount += 1 }
    } else {
      numbers.append(contentsOf: cells)
      // Added up in a register, and several at once.
      var missing = 0
      for cell in cells { missing &+= cell.isNaN ? 1 : 0 }
      missingCount += missing
    }
  }

  /// Takes the number of the next row.
  func append(_ number: Double) { numbers.append(number) }

  /// Takes the text of the next row by its code.
  func append(code: Int32) { codes.append(code) }

  /// Leaves the cells of the next rows missing.
  func appendMissing(_ rows: Int) {
    guard rows > 0 else { return }
    missingCount += rows
    if holdsTexts {
      codes.append(contentsOf: repeatElement(TextValues.missingCode, count: rows))
    } else {
      numbers.append(contentsOf: repeatElement(.nan, count: rows))
    }
  }

  /// Takes the cells of the rows that another reader found to follow.
  func append(_ other: ColumnBuilder) {
    missingCount += other.missingCount
    guard holdsTexts else { return numbers.append(contentsOf: other.numbers) }
    var known = [Int32?](repeating: nil, count: other.dictionary.levels.count)
    for code in other.codes {
      guard code >= 0 else {
        codes.append(code)
        continue
      }
      // In the order of rows, so that levels stay in that of their first appearance.
      let place = Int(code)
      let own = known[place] ?? dictionary.code(of: other.dictionary.levels[place])
      known[place] = own
      codes.append(own)
    }
  }

  /// Forgets all cells, but keeps their memory.
  func removeAll() {
    numbers.removeAll(keepingCapacity: true)
    codes.removeAll(keepingCapacity: true)
    if !dictionary.levels.isEmpty { dictionary = TextDictionary() }
    missingCount = 0
  }

  /// The distinct texts so far, those of refused rows included.
  var levels: [String] { dictionary.levels }

  /// Whether a second dictionary of the same texts would be small.
  var hasFewLevels: Bool { dictionary.levels.count <= 1_000 }

  func noteNotANumber(line: Int) {
    notANumber = ((notANumber?.count ?? 0) + 1, notANumber?.firstLine ?? line)
  }

  /// Whether all cells so far are missing.
  var hasNoValues: Bool { missingCount == (holdsTexts ? codes.count : numbers.count) }

  /// Whether more than half of the texts read as numbers.
  ///
  /// O(rows + levels).
  var isMostlyNumbers: Bool {
    isMostly { level in
      var level = level
      return level.withUTF8(Self.isNumber)
    }
  }

  /// Whether more than half of the texts read as numbers once a comma stands for a point.
  ///
  /// O(rows + levels).
  var isMostlyDecimalCommas: Bool {
    isMostly { level in
      var bytes = Array(level.utf8)
      guard let comma = bytes.firstIndex(of: UInt8(ascii: ",")) else {
        return bytes.withUnsafeBufferPointer(Self.isNumber)
      }
      bytes[comma] = UInt8(ascii: ".")
      return bytes.withUnsafeBufferPointer(Self.isNumber)
    }
  }

  /// Whether all texts are numbers, of which some are too large or too exact for a Double.
  ///
  /// O(levels).
  var isNumbersBeyondDoubles: Bool {
    var hasOne = false
    for level in levels {
      var level = level
      switch level.withUTF8(CellText.number(in:)) {
      case .inexact: hasOne = true
      case .number, .missing, .notANumber: break
      case .text: return false
      }
    }
    return hasOne
  }

  private static func isNumber(_ bytes: Bytes) -> Bool {
    if case .number = CellText.number(in: bytes) { true } else { false }
  }

  private func isMostly(_ test: (String) -> Bool) -> Bool {
    let isNumber = dictionary.levels.map(test)
    guard isNumber.contains(true) else { return false }
    let count = codes.count { $0 >= 0 && isNumber[Int($0)] }
    return count * 2 > codes.count - missingCount
  }

  /// What was read.
  ///
  /// With `compacting`, texts that only refused rows had are left out.
  func values(compacting: Bool) -> ColumnValues {
    guard holdsTexts else {
      return .numbers(NumberValues(trusted: numbers, missingCount: missingCount))
    }
    if compacting { return .texts(TextValues(codes: codes, levels: dictionary.levels)) }
    return .texts(
      TextValues(trusted: codes, levels: dictionary.levels, missingCount: missingCount))
  }
}
