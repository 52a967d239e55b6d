import NumberText
public import ThresholdEngine

// The answers of a file, each from one pass.

extension FileScores {
  public func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(DatabaseError) -> BucketCounts {
    try counts(in: [buckets], isCancelled: isCancelled)[0]
  }

  public func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(DatabaseError) -> [BucketCounts] {
    var counts = parts.map { BucketCounts($0) }
    let extents = parts.map(\.extent)
    let number = parts.reduce(0) { $0 + $1.count }
    try pass("count the rows in each of \(Double(number).countText) buckets", isCancelled) { rows in
      for row in rows.scores.indices {
        guard let part = extents.place(of: rows.scores[row]) else { continue }
        let bucket = parts[part].bucket(of: rows.scores[row])
        if rows.isPositive[row] {
          counts[part].positives[bucket] += rows.weight(row)
        } else {
          counts[part].negatives[bucket] += rows.weight(row)
        }
      }
    }
    return counts
  }

  public func scores(
    within extents: [ClosedRange<Double>], isCancelled: () -> Bool
  ) throws(DatabaseError) -> ScoreTally {
    var held = HeldScores()
    let question =
      extents.isEmpty
      ? "fetch all scores" : "fetch the scores within \(counted(extents.count, "interval"))"
    try pass(question, isCancelled) { rows throws(DatabaseError) in
      for row in rows.scores.indices {
        let score = rows.scores[row]
        guard extents.isEmpty || extents.place(of: score) != nil else { continue }
        try held.add(score, rows.isPositive[row], rows.weight(row))
      }
    }
    return held.tally
  }

  public func sums(
    of columns: [String], isCancelled: () -> Bool
  ) throws(DatabaseError) -> (tally: ScoreTally, sums: [ColumnSums]) {
    var held = HeldScores()
    var sums = columns.map { _ in
      ColumnSums(positives: [], negatives: [], least: nil, missing: 0)
    }
    let names = columns.map { "`\($0)`" }.joined(separator: ", ")
    try pass("sum up \(names) for each score", with: columns, isCancelled) {
      rows throws(DatabaseError) in
      var numbers: [[Double]] = []
      for column in columns { numbers.append(try rows.numbers(column)) }
      for row in rows.scores.indices {
        let place = try held.add(rows.scores[row], rows.isPositive[row], rows.weight(row))
        for column in columns.indices {
          sums[column].add(numbers[column][row], rows.isPositive[row], at: place)
        }
      }
    }
    return (held.tally, sums)
  }

  public func certificates(
    at thresholds: [Double], isCancelled: () -> Bool
  ) throws(DatabaseError) -> [StoredCertificate] {
    var flags = thresholds.map { _ in (tp: 0.0, fp: 0.0, below: -Double.infinity, isBelow: false) }
    let question = "count what \(counted(thresholds.count, "threshold")) would flag"
    try pass(question, isCancelled) { rows in
      for (place, threshold) in thresholds.enumerated() {
        for row in rows.scores.indices {
          if rows.scores[row] < threshold {
            flags[place].below = max(flags[place].below, rows.scores[row])
            flags[place].isBelow = true
          } else if rows.isPositive[row] {
            flags[place].tp += rows.weight(row)
          } else {
            flags[place].fp += rows.weight(row)
          }
        }
      }
    }
    return flags.map {
      StoredCertificate(
        truePositives: $0.tp, falsePositives: $0.fp, greatestBelow: $0.isBelow ? $0.below : nil)
    }
  }

  public func rows(
    ofCells edges: [Double], areDropped: [Bool], isCancelled: () -> Bool
  ) throws(DatabaseError) -> (rows: [CellRows], query: String) {
    let question = "count the rows in \(counted(edges.count, "cell")) of scores"
    var least = [Double](repeating: .infinity, count: 2 * edges.count)
    var counts = [Double](repeating: 0, count: 2 * edges.count)
    // Cells as intervals, the highest first.
    let cells = edges.indices.map { edges[$0]...($0 == 0 ? .infinity : edges[$0 - 1].nextDown) }
    try pass(question, isCancelled) { rows throws(DatabaseError) in
      for row in rows.scores.indices {
        guard let cell = cells.place(of: rows.scores[row]) else {
          throw .fileChanged(path: table.path)
        }
        let place = 2 * cell + (rows.isPositive[row] ? 1 : 0)
        least[place] = min(least[place], rows.scores[row])
        counts[place] += rows.weight(row)
      }
    }
    let found = counts.indices.filter { counts[$0] > 0 }.map {
      CellRows(score: least[$0], isPositive: !$0.isMultiple(of: 2), count: counts[$0])
    }
    return (found, question)
  }
}

/// Different scores with their counts, as many as there is room for.
private struct HeldScores {
  private var places: [Double: Int] = [:]
  private(set) var tally = ScoreTally([], positives: [], negatives: [])

  /// Counts a row, and returns the place of its score.
  @discardableResult
  mutating func add(
    _ score: Double, _ isPositive: Bool, _ weight: Double
  ) throws(DatabaseError) -> Int {
    let place: Int
    if let known = places[score] {
      place = known
    } else {
      place = tally.scores.count
      guard place < FileScores.mostHeld else { throw .tooManyScores(limit: FileScores.mostHeld) }
      places[score] = place
      tally.scores.append(score)
      tally.positives.append(0)
      tally.negatives.append(0)
    }
    if isPositive { tally.positives[place] += weight } else { tally.negatives[place] += weight }
    return place
  }
}

extension ColumnSums {
  /// Adds a value; not a number for a missing one.
  fileprivate mutating func add(_ value: Double, _ isPositive: Bool, at place: Int) {
    while positives.count <= place {
      positives.append(0)
      negatives.append(0)
    }
    if value.isNaN {
      missing += 1
      return
    }
    least = min(least ?? value, value)
    if isPositive { positives[place] += value } else { negatives[place] += value }
  }
}

/// “1 interval”, “12 intervals”.
private func counted(_ number: Int, _ noun: String) -> String {
  "\(Double(number).countText) \(noun)\(number == 1 ? "" : "s")"
}
