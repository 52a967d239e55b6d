extension Sweep {
  /// The rows that were counted, in the order of their scores; `nil` where counts are weights, or
  /// stand for more than `mostExpandedRows`.
  ///
  /// - Complexity: O(rows).
  public var rows: Scores? {
    guard positives + negatives <= Double(mostExpandedRows) else { return nil }
    var (values, labels): ([Double], [Bool]) = ([], [])
    var (tp, fp) = (0.0, 0.0)
    for index in 0..<count {
      for (now, before, label) in [
        (truePositives[index], tp, true), (falsePositives[index], fp, false),
      ] {
        guard let rows = Int(exactly: now - before) else { return nil }
        values.append(contentsOf: repeatElement(thresholds[index], count: rows))
        labels.append(contentsOf: repeatElement(label, count: rows))
      }
      (tp, fp) = (truePositives[index], falsePositives[index])
    }
    return Scores(unchecked: values, labels, nil)
  }
}
