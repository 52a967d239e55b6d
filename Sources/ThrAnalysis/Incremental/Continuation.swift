import ThrSyntax

/// The analysis of a text before edits, for that of the text after them.
struct Continuation: Sendable {
  let numbering: ValueNumbering
  /// The largest serial that a function of any text before has had.
  let lastSerial: Int
  /// Where the names of the file are kept.
  let slots: [String: Int]
  let lastStamp: Int
  /// For each statement of the new text the record of the old one that the edits left alone.
  let records: [CheckRecord?]
  /// The names that the functions mention whose declarations were left alone.
  let functions: [FunctionID: UserFunction]
  /// What checking their bodies found.
  let bodies: [FunctionID: CheckRecord]

  // Numbers of values and names that are no more are kept; now and then all starts again.
  private static let maximumNumbers = 50_000

  /// `nil` where it is time to begin again.
  init?(of analysis: Analysis, _ edited: EditedProgram) {
    let most = Self.maximumNumbers + edited.old.tokens.count
    guard analysis.isThorough, analysis.numbering.size < most,
      analysis.ending.bindings.slots.count < most
    else { return nil }
    let checked = analysis.facts.statements
    records = edited.same.map { position in
      // Where a place was asked about, the rest is unchecked.
      position.flatMap { $0 < checked.count ? checked[$0].record : nil }
    }
    functions = analysis.functions
    bodies = analysis.facts.bodies.reduce(into: [:]) { bodies, body in
      if let id = body.record.function { bodies[id] = body.record }
    }
    numbering = analysis.numbering
    lastSerial = analysis.lastSerial
    slots = analysis.ending.bindings.slots
    lastStamp = analysis.lastStamp
  }
}
