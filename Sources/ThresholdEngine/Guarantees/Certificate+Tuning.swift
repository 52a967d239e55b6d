import ParallelWork

// What a search needs of guarantees.

extension Constraint? {
  /// The constraint together with what is guaranteed.
  func and(_ guarantee: Guarantee?) -> Constraint? {
    guard let guarantee else { return self }
    return self?.and(guarantee.constraint) ?? guarantee.constraint
  }
}

extension Scores {
  /// The weight of a row of each class, 1 for counts; `nil` where weights differ within a class.
  var classWeights: ClassWeights? {
    guard let weights, !isCounted else { return ClassWeights() }
    var found = ClassWeights()
    for isPositive in [true, false] {
      guard let first = labels.firstIndex(of: isPositive) else { continue }
      let weight = weights[first]
      let isEqual = labels.indices.allSatisfy { labels[$0] != isPositive || weights[$0] == weight }
      guard isEqual else { return nil }
      if isPositive { found.positive = weight } else { found.negative = weight }
    }
    return found
  }
}

extension Guarantee {
  /// Which thresholds have the guarantee on these rows, none of which weighs nothing.
  ///
  /// Weights that are equal within a class leave its own rates as they are.
  func certificate(
    for rows: Scores, isCancelled: () -> Bool
  ) throws(Cancelled) -> Result<Certificate, TuningError> {
    guard let units = rows.classWeights,
      units.positive == units.negative || clauses.allSatisfy(\.isOfOneClass)
    else { return .failure(.unequalWeights(constraint)) }
    return .success(
      try Certificate(
        self, positives: rows.positives, negatives: rows.negatives, units: units,
        isCancelled: isCancelled))
  }
}

extension Guarantee.Clause {
  fileprivate var isOfOneClass: Bool {
    if case .share(let sample, _, _) = target { sample != .all } else { false }
  }
}

extension Certificate {
  /// The clause whose rows are too few for any threshold, if any.
  var shortPart: Part? {
    parts.first { if case .mistakes(nil, _) = $0.rule { true } else { false } }
  }

  /// Why no candidate has the guarantee.
  func shortage<Source: CandidateSource>(
    in source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> TuningError {
    if let part = shortPart { return .tooFewRows(part, self) }
    var runs = parts.map { _ in 0 }
    try source.forEachBlock(isCancelled: isCancelled) { block in
      for place in 0..<block.count {
        let counts = counts(block.truePositives[place], block.falsePositives[place])
        for (index, part) in parts.enumerated() {
          let (right, wrong) = part.reading(counts)
          if wrong == 0 { runs[index] = max(runs[index], right) }
        }
      }
    }
    return .uncertified(self, runs: runs)
  }

  /// Whether to flag nothing fails neither the guarantee nor a constraint.
  func allowsFlaggingNothing<Source: CandidateSource>(
    _ constraint: Constraint?, _ source: Source
  ) -> Bool {
    let nothing = Confusion(
      tp: 0, fp: 0, positives: source.positives, negatives: source.negatives)
    return parts.allSatisfy(\.allowsFlaggingNothing) && constraint?.isFailed(by: nothing) != true
  }
}
