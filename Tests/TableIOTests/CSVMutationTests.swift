import Foundation
import TableIO
import Testing

/// Files with any bytes changed, added or removed: every row is read, refused, or named in a note.
///
/// Each row holds a mark such as `m007m`. A mark that is still whole in the bytes stands in a cell or
/// in a name, or on a line that the report accounts for: whichever way the file is divided.
@Suite struct CSVMutationTests {
  /// 20,000 with THR_LONG_FUZZ set in the environment.
  private static let files =
    ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] == nil ? 1_500 : 20_000

  @Test func losesNoRowInSilence() {
    var draws = SeededGenerator(seed: 12)
    var read = 0
    for _ in 0..<Self.files {
      let content = mutated(file(&draws), &draws)
      guard let (table, report) = try? Table.read(bytes: content) else { continue }
      read += 1
      let lost = marks(content).filter { !isAccounted($0, table, report) }
      #expect(lost.isEmpty, "\(String(decoding: content, as: UTF8.self)) \(report)")
    }
    #expect(read > Self.files / 2)
  }

  // MARK: - Files

  private static let marks = (0..<12).map { "m\($0 < 10 ? "00" : "0")\($0)m" }

  private func file(_ draws: inout SeededGenerator) -> [UInt8] {
    let delimiter = pick([",", ";", "\t", "|", " "], &draws)
    let columns = Int.random(in: 1...5, using: &draws)
    var lines = [(0..<columns).map { "c\($0)" }.joined(separator: delimiter)]
    for mark in Self.marks.prefix(Int.random(in: 1...12, using: &draws)) {
      var cells = (0..<columns).map { _ in cell(&draws) }
      cells[Int.random(in: 0..<columns, using: &draws)] = mark
      lines.append(cells.joined(separator: delimiter))
    }
    let starts = ["sep=\(delimiter)", "Export of May", "", "# made by hand"]
    if Int.random(in: 0..<4, using: &draws) == 0 { lines.insert(pick(starts, &draws), at: 0) }
    let end = pick(["\n", "\n", "\r\n"], &draws)
    return bytes(lines.joined(separator: end) + pick([end, ""], &draws))
  }

  private func cell(_ draws: inout SeededGenerator) -> String {
    pick(["0.5", "1", "-3", "", "NA", "a b", "\"q,;|\"", "\"l\nm\"", "4.5%", "1,5", "é"], &draws)
  }

  private func mutated(_ content: [UInt8], _ draws: inout SeededGenerator) -> [UInt8] {
    var content = content
    for _ in 0..<Int.random(in: 0...4, using: &draws) {
      let place = Int.random(in: 0..<content.count, using: &draws)
      let byte = pick(Array(",;|\t \"\n\r#%05x=\0".utf8) + [0xC3, 0xA9], &draws)
      switch Int.random(in: 0..<3, using: &draws) {
      case 0: content[place] = byte
      case 1: content.insert(byte, at: place)
      default: if content.count > 1 { content.remove(at: place) }
      }
    }
    return content
  }

  private func pick<Element>(_ elements: [Element], _ draws: inout SeededGenerator) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &draws)]
  }

  // MARK: - What became of a row

  /// The marks in the bytes, with the line of each.
  private func marks(_ content: [UInt8]) -> [(mark: String, line: Int)] {
    Self.marks.compactMap { mark in
      guard let place = content.firstRange(of: Array(mark.utf8)) else { return nil }
      let before = content[..<place.lowerBound]
      let pairs = zip(before, before.dropFirst()).count { $0 == 0x0D && $1 == 0x0A }
      return (mark, 1 + before.count { $0 == 0x0A || $0 == 0x0D } - pairs)
    }
  }

  private func isAccounted(
    _ found: (mark: String, line: Int), _ table: Table, _ report: ReadingReport
  ) -> Bool {
    if table.columnNames.contains(where: { $0.contains(found.mark) }) { return true }
    for column in table.columns {
      for row in 0..<column.count {
        if case .text(let text) = column[row], text.contains(found.mark) { return true }
      }
    }
    // A refused record reaches to the next one, over the line ends that it quotes.
    let begins = (0..<table.rows).map { table.line(ofRow: $0) } + report.refused.map(\.line)
    let isRefused = report.refused.contains { refused in
      let next = begins.filter { $0 > refused.line }.min() ?? .max
      return (refused.line..<next).contains(found.line)
    }
    return isRefused || report.notes.contains { isTitle(found.line, $0) }
  }

  private func isTitle(_ line: Int, _ note: ReadingNote) -> Bool {
    guard case .titleLines(_, let first, let table) = note else { return false }
    return (first..<table).contains(line)
  }
}
