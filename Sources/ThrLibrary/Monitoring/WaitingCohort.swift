import ThresholdEngine

/// The rows of one batch whose labels come late: it is taken in once they are known.
///
/// Taken in as they arrive, labels that come early would decide what is seen first, and raise false
/// alarms where misses are found sooner than hits. A batch is taken in as a whole, after all earlier
/// ones.
struct WaitingCohort: Hashable {
  /// The call that brought the rows, from 0.
  let call: Int
  /// The rows whose labels are known.
  var known = Confusion(
    truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)
  /// The ids of those that wait, by what was decided of them.
  var flagged: [String] = []
  var unflagged: [String] = []

  var waitingCount: Int { flagged.count + unflagged.count }

  /// A row of a batch.
  struct Row: Hashable {
    let id: String
    let isFlagged: Bool
    /// `nil` while it is not known.
    let label: Bool?
  }

  mutating func add(_ row: Row) {
    if let label = row.label {
      count(isFlagged: row.isFlagged, label)
    } else if row.isFlagged {
      flagged.append(row.id)
    } else {
      unflagged.append(row.id)
    }
  }

  mutating func count(isFlagged: Bool, _ label: Bool) {
    switch (isFlagged, label) {
    case (true, true): known.truePositives += 1
    case (true, false): known.falsePositives += 1
    case (false, true): known.falseNegatives += 1
    case (false, false): known.trueNegatives += 1
    }
  }

  /// The counts where each label that is still missing counts against every clause: a flagged row as
  /// a false positive, any other as a miss.
  var atWorst: Confusion {
    var cohort = self
    cohort.known.falsePositives += Double(flagged.count)
    cohort.known.falseNegatives += Double(unflagged.count)
    return cohort.known
  }
}

extension MonitorState {
  /// How many rows wait for their label.
  var waitingRows: Int { cohorts.reduce(0) { $0 + $1.waitingCount } }

  /// Takes in new rows, and labels of rows that came before; then the batches that are complete.
  ///
  /// - Parameters:
  ///   - rows: each id once.
  ///   - patience: how many later calls a batch waits for its labels; `nil` without end.
  mutating func take(_ rows: [WaitingCohort.Row], hash: String, patience: Int?) {
    var labels: [String: Bool] = [:]
    let known = Set(cohorts.flatMap { $0.flagged + $0.unflagged })
    var new = WaitingCohort(call: calls)
    var isNew = false
    for row in rows {
      if known.contains(row.id) {
        labels[row.id] = row.label
      } else {
        new.add(row)
        isNew = true
      }
    }
    for place in cohorts.indices where !labels.isEmpty { cohorts[place].settle(labels) }
    if isNew { cohorts.append(new) }
    calls += 1
    lastBatch = hash
    releaseComplete(patience: patience)
  }

  private mutating func releaseComplete(patience: Int?) {
    while let first = cohorts.first {
      let isOverdue = patience.map { calls - 1 - first.call >= $0 } ?? false
      guard first.waitingCount == 0 || isOverdue else { return }
      let confusion = first.atWorst
      take(confusion, rows: Int(confusion.total))
      cohorts.removeFirst()
    }
  }
}

extension WaitingCohort {
  fileprivate mutating func settle(_ labels: [String: Bool]) {
    for (isFlagged, ids) in [(true, flagged), (false, unflagged)] {
      for id in ids { labels[id].map { count(isFlagged: isFlagged, $0) } }
    }
    flagged.removeAll { labels[$0] != nil }
    unflagged.removeAll { labels[$0] != nil }
  }
}
