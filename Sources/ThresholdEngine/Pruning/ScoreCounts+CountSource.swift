public import ParallelWork

/// A table of counts.
extension ScoreCounts: CountSource {
  public typealias Failure = Cancelled

  public func population(isCancelled: () -> Bool) throws(Cancelled) -> Population {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for index in values.indices where holdsRows(index) {
      least = min(least, values[index])
      greatest = max(greatest, values[index])
    }
    return Population(
      extent: least + 0...greatest + 0, positives: allPositives, negatives: allNegatives)
  }

  public func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(Cancelled) -> BucketCounts {
    var result = BucketCounts(buckets)
    for index in values.indices where holdsRows(index) {
      let bucket = buckets.bucket(of: values[index])
      result.positives[bucket] += positives[index]
      result.negatives[bucket] += negatives[index]
    }
    if isCancelled() { throw Cancelled() }
    return result
  }

  public func scores(
    in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
  ) throws(Cancelled) -> Scores {
    let chosen = values.indices.filter {
      holdsRows($0) && isChosen[buckets.bucket(of: values[$0])]
    }
    if isCancelled() { throw Cancelled() }
    return Scores(
      ScoreCounts(
        unchecked: chosen.map { values[$0] }, positives: chosen.map { positives[$0] },
        negatives: chosen.map { negatives[$0] }))
  }

  public func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(Cancelled) -> [BucketCounts]? {
    var result = parts.map { BucketCounts($0) }
    let extents = parts.map(\.extent)
    for index in values.indices where holdsRows(index) {
      guard let part = extents.place(of: values[index]) else { continue }
      let bucket = parts[part].bucket(of: values[index])
      result[part].positives[bucket] += positives[index]
      result[part].negatives[bucket] += negatives[index]
    }
    if isCancelled() { throw Cancelled() }
    return result
  }

  public func scores(
    within extents: [ClosedRange<Double>], isCancelled: () -> Bool
  ) throws(Cancelled) -> Scores {
    let chosen = values.indices.filter {
      holdsRows($0) && extents.place(of: values[$0]) != nil
    }
    if isCancelled() { throw Cancelled() }
    return Scores(
      ScoreCounts(
        unchecked: chosen.map { values[$0] }, positives: chosen.map { positives[$0] },
        negatives: chosen.map { negatives[$0] }))
  }

  private func holdsRows(_ index: Int) -> Bool { positives[index] + negatives[index] > 0 }
}
