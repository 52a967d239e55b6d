extension DatabaseError {
  /// The same with other words where an engine's or a client's own words stand.
  func mapping(_ words: (String) -> String) -> DatabaseError {
    switch self {
    case .noConnection(let engine, let reason): .noConnection(engine: engine, reason: words(reason))
    case .query(let engine, let reason): .query(engine: engine, reason: words(reason))
    case .unexpectedAnswer(let engine, let reason):
      .unexpectedAnswer(engine: engine, reason: words(reason))
    case .command(let program, let reason): .command(program: program, reason: words(reason))
    default: self
    }
  }
}
