import Databases
import ParallelWork
import TableIO
import ThrModel
public import ThrSyntax

extension CallError {
  /// What a database, a driver or a client did not do.
  init(_ error: DatabaseError, parameter: String? = nil) {
    switch error {
    case .caller(let caller):
      self = caller.error as? CallError ?? CallError(.unsuitableArgument, "\(caller.error)")
    case .table(let table):
      let kind: Diagnostic.Kind =
        switch table.problem {
        case .file: .fileFailed
        case .notNumbers: .notNumbers
        default: .unreadableTable
        }
      self.init(kind, table.message, remedy: table.remedy, parameter: parameter)
    case .fileChanged:
      self.init(.fileFailed, "\(error)", remedy: error.remedy, parameter: parameter)
    case .noScores, .badWeight:
      self.init(.badScores, "\(error)", remedy: error.remedy, parameter: parameter)
    default:
      self.init(.databaseFailed, "\(error)", remedy: error.remedy, parameter: parameter)
    }
  }

  /// Something that counts of rows cannot answer.
  static func notInCounts(_ what: String, _ reason: String, parameter: String? = nil) -> CallError {
    CallError(
      .unsuitableArgument, "\(what): \(reason)",
      remedy: "fetch some rows, such as `head(table, 100000)`, and use these", parameter: parameter)
  }
}

extension DatabaseError {
  /// What a builtin throws.
  static func explained<Result>(
    parameter: String? = nil, _ work: () throws(DatabaseError) -> Result
  ) throws -> Result {
    try explained(by: { $0.thrown(parameter) }, work)
  }
}

extension DatabaseError {
  /// The error for a builtin to throw: the caller's own as it is.
  private func thrown(_ parameter: String?) -> any Error {
    if case .caller(let caller) = self { return caller.error }
    return CallError(self, parameter: parameter)
  }
}

extension Warning {
  static func secretInText(_ address: String) -> Warning {
    Warning(
      .secretInText, "the address \(address.quoted) contains a password",
      remedy: "keep it out of the program: write `$NAME`, which is that variable of the environment"
    )
  }
}

extension Diagnostic.Kind {
  public static let databaseFailed = Diagnostic.Kind(
    "E0510", "database-failed",
    explanation: .init(
      """
      A database, its driver or the client that was named did not answer; the message has their own \
      words. Tables that live elsewhere are reached by ADBC drivers, which `dbc install NAME` \
      installs, or by a client that writes CSV.
      """,
      wrong: """
        connect("command", "no-such-client -csv") |> read("preds")
        """,
      right: """
        write([{p: 0.2}, {p: 0.9}], "preds.csv")
        read("preds.csv")
        """))
  public static let secretInText = Diagnostic.Kind(
    "W0680", "secret-in-text", .warning,
    explanation: .init(
      """
      A password in a program is seen by everyone who reads it. thr does not show it or keep it, but \
      the file has it. `$NAME` in an address is the value of that variable of the environment; many \
      drivers also have files for passwords, such as `~/.pgpass`.
      """,
      wrong: """
        connect("postgresql://ann:rose@warehouse/risk")
        """,
      right: """
        connect("postgresql://ann@warehouse/risk")
        """))
  public static let reducedScores = Diagnostic.Kind(
    "W0681", "reduced-scores", .warning,
    explanation: .init(
      """
      Of scores that stay in a database or a streamed file, curves and areas are made from counts in \
      4,096 buckets of equal width, of a file in 16,384. Every point of such a curve is exact; what lies between is not known.
      """,
      wrong: """
        preds = connect("sqlite", "risk.db") |> read("preds")
        auc(scores(preds, score="p", label="fraud"))
        """,
      right: """
        auc(scores([0.2, 0.9], [0, 1]))
        """))
}
