import ParallelWork
import Synchronization

/// Every candidate of many sorted rows as columns, filled on all processors.
struct SortedColumns {
  private(set) var thresholds: [Double] = []
  private(set) var truePositives: [Double] = []
  private(set) var falsePositives: [Double] = []

  /// Fewer rows are done before another thread has started.
  static let leastRows = 1_000_000

  /// - Parameter rows: Sorted rows of weight 1.
  /// - Complexity: O(*n*), two passes.
  init(_ rows: SortedRows<UInt64>, isCancelled: () -> Bool) throws(Cancelled) {
    let pieces = try Self.pieces(of: rows, isCancelled)
    let count = pieces.last?.candidates ?? 0
    (thresholds, truePositives, falsePositives) = try Self.columns(count) {
      columns throws(Cancelled) in
      _ = try RowPass.run(0..<rows.count, isCancelled, from: 0) { _, range in
        columns.fill(rows, range, pieces[range.lowerBound / RowPass.piece])
      } join: { _, _ in
      }
    }
  }

  /// What is before each piece of rows, and before none at last.
  private struct Piece: Sendable {
    var candidates = 0
    var positives = 0
  }

  private static func pieces(
    of rows: SortedRows<UInt64>, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [Piece] {
    let found = try RowPass.run(0..<rows.count, isCancelled, from: [Int: Piece]()) { found, range in
      var piece = Piece()
      for position in range {
        piece.positives &+= Int(truncatingIfNeeded: rows[position] & 1)
        piece.candidates &+= rows.isLastOfTie(position) ? 1 : 0
      }
      found[range.lowerBound] = piece
    } join: {
      $0.merge($1) { one, _ in one }
    }
    return found.sorted { $0.key < $1.key }.reduce(into: [Piece()]) { pieces, next in
      let last = pieces[pieces.count - 1]
      pieces.append(
        Piece(
          candidates: last.candidates + next.value.candidates,
          positives: last.positives + next.value.positives))
    }
  }

  /// Memory that threads write to at places apart.
  private struct Columns: @unchecked Sendable {
    let thresholds, truePositives, falsePositives: UnsafeMutablePointer<Double>

    func fill(_ rows: SortedRows<UInt64>, _ range: Range<Int>, _ before: Piece) {
      var (place, positives) = (before.candidates, before.positives)
      for position in range {
        positives &+= Int(truncatingIfNeeded: rows[position] & 1)
        guard rows.isLastOfTie(position) else { continue }
        thresholds[place] = rows.score(at: position)
        truePositives[place] = Double(positives)
        falsePositives[place] = Double(position &+ 1 &- positives)
        place &+= 1
      }
    }
  }

  private static func columns(
    _ count: Int, _ fill: (Columns) throws(Cancelled) -> Void
  ) throws(Cancelled) -> ([Double], [Double], [Double]) {
    var isCancelled = false
    var (truePositives, falsePositives): ([Double], [Double]) = ([], [])
    let thresholds = [Double](unsafeUninitializedCapacity: count) { one, filled in
      truePositives = [Double](unsafeUninitializedCapacity: count) { second, filled in
        falsePositives = [Double](unsafeUninitializedCapacity: count) { third, filled in
          if let one = one.baseAddress, let second = second.baseAddress,
            let third = third.baseAddress
          {
            do {
              try fill(
                Columns(thresholds: one, truePositives: second, falsePositives: third))
            } catch { isCancelled = true }
          }
          filled = isCancelled ? 0 : count
        }
        filled = isCancelled ? 0 : count
      }
      filled = isCancelled ? 0 : count
    }
    if isCancelled { throw Cancelled() }
    return (thresholds, truePositives, falsePositives)
  }
}

extension SortedRows<UInt64> {
  /// Whether the next row has another score; keys compare within one sign only.
  @inline(__always)
  fileprivate func isLastOfTie(_ position: Int) -> Bool {
    position == atLeastZero - 1 || position == count - 1
      || self[position] ^ self[position + 1] > 1
  }
}
