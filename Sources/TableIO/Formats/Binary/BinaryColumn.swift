/// A column that is read part by part from a binary format.
///
/// Its cells are texts where `holdsTexts` says so, and numbers otherwise; a column of integers of
/// which no Double holds one becomes one of texts.
final class BinaryColumn {
  let name: String
  private(set) var holdsTexts: Bool
  private var numbers: [Double] = []
  private var codes: [Int32] = []
  private var dictionary = TextDictionary()
  private var missingCount = 0
  private var notANumber: (count: Int, firstRow: Int)?
  private var firstInexact: LocatedText?
  private var digits: [UInt8] = []

  /// The codes here of another column's texts, from which values were taken last.
  private var source: BinaryColumn?
  private var known: [Int32: Int32] = [:]

  init(name: String, holdsTexts: Bool) { (self.name, self.holdsTexts) = (name, holdsTexts) }

  var count: Int { holdsTexts ? codes.count : numbers.count }

  func reserve(_ rows: Int) {
    if holdsTexts { codes.reserveCapacity(rows) } else { numbers.reserveCapacity(rows) }
  }

  func appendMissing(_ rows: Int = 1) {
    missingCount += rows
    if holdsTexts {
      codes.append(contentsOf: repeatElement(TextValues.missingCode, count: rows))
    } else {
      numbers.append(contentsOf: repeatElement(.nan, count: rows))
    }
  }

  /// A NaN is a missing cell, and noted.
  func append(_ number: Double) {
    if number.isNaN {
      notANumber = ((notANumber?.count ?? 0) + 1, notANumber?.firstRow ?? count)
      return appendMissing()
    }
    numbers.append(number)
  }

  /// Takes numbers of the next rows, where the column holds numbers.
  ///
  /// - Parameter isValid: whether a row has its number; `nil` where all have.
  func append(block: [Double], isValid: ((Int) -> Bool)?) {
    let first = numbers.count
    numbers.append(contentsOf: block)
    var absent = 0
    if let isValid {
      for row in block.indices where !isValid(row) {
        numbers[first + row] = .nan
        absent += 1
      }
    }
    var missing = 0
    for row in first..<numbers.count { missing += numbers[row].isNaN ? 1 : 0 }
    missingCount += missing
    guard missing > absent else { return }
    let row = block.indices.first { block[$0].isNaN && isValid?($0) ?? true } ?? 0
    notANumber = ((notANumber?.count ?? 0) + missing - absent, notANumber?.firstRow ?? first + row)
  }

  func append(_ integer: Int64, _ meaning: CellMeaning) {
    if !holdsTexts {
      if let number = meaning.number(integer) { return numbers.append(number) }
      becomeTexts()
    }
    digits.removeAll(keepingCapacity: true)
    meaning.write(integer, into: &digits)
    appendDigits(isInexact: !meaning.isText && meaning.number(integer) == nil)
  }

  func append(_ integer: Int128, _ meaning: CellMeaning) {
    if !holdsTexts {
      if let number = meaning.number(integer) { return numbers.append(number) }
      becomeTexts()
    }
    digits.removeAll(keepingCapacity: true)
    meaning.write(integer, into: &digits)
    appendDigits(isInexact: meaning.number(integer) == nil)
  }

  private func appendDigits(isInexact: Bool) {
    if isInexact, firstInexact == nil {
      firstInexact = LocatedText(text: String(decoding: digits, as: UTF8.self), line: count + 1)
    }
    codes.append(digits.withUnsafeBufferPointer { dictionary.code(for: $0) } ?? 0)
  }

  /// The code of a text, for `append(code:)`; `nil` if it is not UTF-8 or holds a NUL.
  func code(for text: UnsafeRawBufferPointer) -> Int32? {
    text.withMemoryRebound(to: UInt8.self) { dictionary.code(for: $0) }
  }

  func append(code: Int32) { codes.append(code) }

  /// Appends a value of another column, such as one of the values that a dictionary has.
  func append(_ row: Int, of other: BinaryColumn) {
    if other.holdsTexts {
      if !holdsTexts { becomeTexts() }
      let code = other.codes[row]
      if code < 0 { return appendMissing() }
      if source !== other { (source, known) = (other, [:]) }
      let own = known[code] ?? dictionary.code(of: other.dictionary.levels[Int(code)])
      known[code] = own
      firstInexact = firstInexact ?? other.firstInexact
      codes.append(own)
    } else if holdsTexts {
      let number = other.numbers[row]
      if let integer = Int128(exactly: number) {
        append(integer, .integer)
      } else {
        appendMissing()
      }
    } else {
      let number = other.numbers[row]
      if number.isNaN { appendMissing() } else { numbers.append(number) }
    }
  }

  /// Only integers can have been numbers until here, which have one spelling.
  private func becomeTexts() {
    holdsTexts = true
    codes.reserveCapacity(numbers.capacity)
    for number in numbers {
      let text = Array((Int128(exactly: number).map { String($0) } ?? "").utf8)
      let code = text.withUnsafeBufferPointer { dictionary.code(for: $0) }
      codes.append(number.isNaN ? TextValues.missingCode : code ?? TextValues.missingCode)
    }
    numbers = []
  }

  func finished() -> Column {
    let values: ColumnValues =
      holdsTexts
      ? .texts(TextValues(codes: codes, levels: dictionary.levels))
      : .numbers(NumberValues(trusted: numbers, missingCount: missingCount))
    return Column(name: name, values: values, firstText: firstInexact)
  }

  var notes: [ReadingNote] {
    var notes: [ReadingNote] = []
    if let (count, row) = notANumber {
      notes.append(.notANumber(column: name, count: count, firstLine: row + 1))
    }
    if let firstInexact { notes.append(.inexact(column: name, first: firstInexact)) }
    if count > 0, missingCount == count { notes.append(.noValues(column: name)) }
    return notes
  }
}
