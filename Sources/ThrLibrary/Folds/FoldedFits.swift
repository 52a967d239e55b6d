import ParallelWork
import Synchronization
import ThrModel
import ThresholdEngine

/// Fits a model without each fold, with each option, and scores the rows of the fold.
struct FoldedFits {
  let fit: Function
  let rows: DatasetRows
  let options: FoldingOptions
  /// Every combination of the grid; one empty record without a grid.
  let grid: [Record]
  let isWithGrid: Bool
  let context: CallContext
  let assignment: FoldAssignment

  init(
    _ fit: Function, _ rows: DatasetRows, _ options: FoldingOptions, grid: Record?,
    _ context: CallContext
  ) throws {
    (self.fit, self.rows, self.options, self.context) = (fit, rows, options, context)
    isWithGrid = grid != nil
    self.grid = try grid?.combinations() ?? [Record([])]
    let bounded = rows.content
    assignment = try FoldAssignment(
      options, labels: bounded.labels, columns: rows.feature(named:parameter:))
  }

  func result() throws -> CrossValidationResult {
    let question = try options.question(units: assignment.units)
    try options.refuseDemands()
    let scores = try fitted()
    let found = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try crossValidate(scores, question, isCancelled: context.isCancelled)
    }
    options.metric.cautions(goal: found.goal, where: options.constraint).forEach(context.warn)
    let best = grid[found.chosen.option]
    let held = ScoredRows(
      scores[found.chosen.option].rounds[0].scores, provenance: rows.provenance)
    let choice = rows.provenance.map { PastUse(.chooses, of: $0) }
    return CrossValidationResult(
      found, history: [choice].compactMap { $0 }, best: isWithGrid ? best : nil,
      model: try model(of: rows, best), scores: held)
  }

  // MARK: - Fitting

  /// One fold of one repetition with one option.
  private struct Piece: Sendable {
    let option: Int
    let round: Int
    let fold: Int
  }

  private var pieces: [Piece] {
    grid.indices.flatMap { option in
      assignment.folds.indices.flatMap { round in
        (0...(assignment.folds[round].max() ?? 0)).map { fold in
          Piece(option: option, round: round, fold: fold)
        }
      }
    }
  }

  private func fitted() throws -> [FoldedScores] {
    let pieces = pieces
    try CallError.checkMemory(
      for: Double(grid.count * assignment.folds.count) * 16 * Double(rows.content.rows),
      parameter: "rows")
    let held = try fit.isLogisticRegression ? scoredOnAllCores(pieces) : scoredInTurn(pieces)
    var values = grid.map { _ in
      assignment.folds.map { [Double](repeating: 0, count: $0.count) }
    }
    for (piece, scores) in zip(pieces, held) {
      let members = members(of: piece)
      for (row, score) in zip(members, scores) { values[piece.option][piece.round][row] = score }
    }
    return try values.map { rounds in
      FoldedScores(
        try zip(rounds, assignment.folds).map { values, folds in
          FoldedScores.Round(
            try Scores(
              checking: values, labels: rows.content.labels,
              weights: rows.weighting?.weights), folds: folds)
        })
    }
  }

  private func members(of piece: Piece) -> [Int] {
    let folds = assignment.folds[piece.round]
    return folds.indices.filter { folds[$0] == piece.fold }
  }

  /// Fits on all other rows, and scores the rows of the fold.
  private func scores(
    of piece: Piece, by fit: (DatasetRows, Record) throws -> FittedModel
  ) throws -> [Double] {
    let folds = assignment.folds[piece.round]
    let others = folds.indices.filter { folds[$0] != piece.fold }
    let model = try fit(rows.selecting(others), grid[piece.option])
    return try model.probabilities(of: rows.content.subset(rows: members(of: piece)))
  }

  private func scoredInTurn(_ pieces: [Piece]) throws -> [[Double]] {
    var result: [[Double]] = []
    for (place, piece) in pieces.enumerated() {
      try context.checkCancelled()
      result.append(try scores(of: piece, by: model))
      context.progress(Progress("fitting", fraction: Double(place + 1) / Double(pieces.count)))
    }
    return result
  }

  private func model(of rows: DatasetRows, _ options: Record) throws -> FittedModel {
    let value = try context.applyNamed(fit, [rows.value], options.fields)
    guard let model = FittedModel(value) else { throw CallError.noModel(fit, value.type) }
    return model
  }
}

extension FoldedFits {
  /// Logistic regression is the library's own, and needs no evaluator: it is fitted on every core.
  private func scoredOnAllCores(_ pieces: [Piece]) throws -> [[Double]] {
    // The first is fitted as a call, which reports options that do not exist.
    let first = pieces.prefix(1)
    var found = try first.map { try scores(of: $0, by: quietModel) }
    let rest = Array(pieces.dropFirst())
    let results = Mutex([Result<[Double], any Error>?](repeating: nil, count: rest.count))
    Workers.run(pieces: rest.count, threads: Workers.available) { _, next in
      while let place = next() {
        if context.isCancelled() { return }
        let result = Result { try scores(of: rest[place], by: quietModel) }
        results.withLock { $0[place] = result }
      }
    }
    try context.checkCancelled()
    for result in results.withLock({ $0 }) {
      guard let result else { throw Cancelled() }
      found.append(try result.get())
    }
    return found
  }

  /// The model without its findings, which the model of all rows reports.
  private func quietModel(of rows: DatasetRows, _ options: Record) throws -> FittedModel {
    var quiet = context
    quiet.warn = { _ in }
    return try Builtin.logisticRegression(rows, options, quiet)
  }
}

extension Function {
  fileprivate var isLogisticRegression: Bool {
    target == nil && name == Builtin.logreg.name
  }
}

extension Record {
  /// Every combination of an element of each list, the last field changing fastest.
  fileprivate func combinations() throws(CallError) -> [Record] {
    var all: [[Field]] = [[]]
    for field in fields {
      guard case .list(let list) = field.value, !list.isTooLongToHold else {
        throw .noList(field.name, field.value.type)
      }
      if list.count == 0 { throw .emptyGrid(field.name) }
      guard all.count * list.count <= 10_000 else { throw .largeGrid }
      all = all.flatMap { begun in list.map { begun + [Field(field.name, $0)] } }
    }
    return all.map(Record.init)
  }
}

extension CallError {
  fileprivate static func noModel(_ fit: Function, _ found: ValueType) -> CallError {
    CallError(
      .typeMismatch, "`\(fit.name)` must give a model, found \(found.withArticle)",
      remedy: "let it return `logreg(rows)`; for scores made elsewhere write `cv(scores, …)`",
      parameter: "fit")
  }

  fileprivate static func noList(_ name: String, _ found: ValueType) -> CallError {
    CallError(
      .typeMismatch, "`\(name)` of `grid` must be a list, found \(found.withArticle)",
      remedy: "write `\(name): […]`", parameter: "grid")
  }

  fileprivate static func emptyGrid(_ name: String) -> CallError {
    CallError(
      .unsuitableArgument, "`\(name)` of `grid` has no elements", remedy: "list the options",
      parameter: "grid")
  }

  fileprivate static let largeGrid = CallError(
    .unsuitableArgument, "the grid has more than 10,000 combinations",
    remedy: "list fewer options", parameter: "grid")
}
