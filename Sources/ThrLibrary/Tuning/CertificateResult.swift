import Databases
import NumberText
import TableIO
public import ThrModel
public import ThrSyntax
public import ThresholdEngine

/// Why no other threshold is better on the rows, for another program to check.
public struct CertificateResult: LanguageObject {
  public static let typeName: ObjectType.Name = "certificate"

  public let content: SearchProof
  /// What counts the rows once more, where they are not in memory: SQL for a database.
  let query: String?

  /// - Complexity: O(rows), two passes; in a database two scans or a few more.
  init(_ tuning: TuningResult) throws(CallError) {
    if case .stored(let scores, _) = tuning.source {
      let found = try Self.stored(scores, tuning.content)
      (content, query) = (found.proof, found.query)
      return
    }
    let scores = try tuning.source.scores().content
    do throws(SearchProofError) {
      content = try tuning.content.proof(on: scores)
    } catch { throw .noCertificate }
    query = nil
  }

  private static func stored(
    _ scores: StoredScoredRows, _ tuning: Tuning
  ) throws(CallError) -> StoredProof {
    if scores.weight != nil { throw .weightedCertificate }
    let found: StoredProof?
    do throws(DatabaseError) {
      found = try scores.counted.proof(of: tuning, isCancelled: { false })
    } catch { throw CallError(error) }
    guard let found else { throw .noCertificate }
    return found
  }
}

extension ObjectType {
  static let certificate = ObjectType(
    CertificateResult.self,
    "Proof that no other threshold is better on the rows; `write` writes it as JSON.",
    members: [
      MemberOf("metric", "The metric that was optimised.") { $0.content.metric },
      MemberOf("constraint", "The constraint given as `where=`; none without one.") {
        $0.content.constraint
      },
      MemberOf("threshold", "The lowest score that is flagged; none to flag nothing.") {
        $0.content.threshold
      },
      MemberOf("value", .metric, "The value of the metric.") { $0.content.value },
      MemberOf("bound", .metric, "The best value possible in the cells that were ruled out.") {
        $0.content.bound
      },
      MemberOf("cells", .count, "Number of cells that divide the scores.") {
        $0.content.cells.count
      },
      MemberOf("dropped", .count, "Number of cells whose scores cannot be better.") {
        $0.content.cells.count { $0.isDropped }
      },
      MemberOf(
        "query", hiddenInJSON: true,
        "The SQL that counts the rows of the cells again where they are in a database; of a streamed file, what the pass counts."
      ) { $0.query },
    ], line: { $0.line }, text: { $0.line })
}

extension CertificateResult {
  fileprivate var line: String {
    let dropped = content.cells.count { $0.isDropped }
    return "certificate: \(counted(content.cells.count, "cell")) of scores, \(dropped) ruled out"
      + (content.bound.map { ", where at most \($0.metricText) is possible" } ?? "")
      + "; \(content.value.metricText) is the best"
  }
}

extension Builtin.Form {
  /// A certificate is no row of a table: it is written as the JSON that its checker reads.
  static var writingCertificate: Self {
    Self(
      Parameter<CertificateResult>("certificate", "The certificate of a tuning, as `.json`."),
      Parameter<String>("path", kind: .path, "The file to write."), result: ValueType.none
    ) { context, certificate, path in
      guard path.lowercased().hasSuffix(".json") else { throw CallError.certificateEnding(path) }
      do throws(FileError) {
        try context.files.writeFileAtomically(
          path, Array(certificate.content.json(query: certificate.query).utf8))
      } catch { throw CallError(error, parameter: "path") }
      return Value.none
    }
  }
}

extension CallError {
  fileprivate static let noCertificate = CallError(
    .noCertificate,
    "this tuning has no certificate: only an exact search for a metric of plain counts, whose "
      + "constraint holds and without a guarantee, has one",
    remedy: "tune without `step=`, `guarantee=`, `infeasible=` and columns")

  fileprivate static let weightedCertificate = CallError(
    .noCertificate,
    "this tuning was made on weighted rows in a database, whose sums depend on the order of rows",
    remedy: "read the rows into memory for a certificate: `head(rows, n)` or a query of fewer rows")

  fileprivate static func certificateEnding(_ path: String) -> CallError {
    CallError(
      .unsuitableArgument, "a certificate is written as JSON, not to `\(path)`",
      remedy: "end the path in `.json`", parameter: "path")
  }
}

extension Diagnostic.Kind {
  /// A tuning of which nothing is proved.
  public static let noCertificate = Diagnostic.Kind(
    "E0491", "no-certificate",
    explanation: .init(
      """
      A certificate proves that no other threshold is better. Only an exact search for a metric of \
      plain counts has one: no grid, no guarantee, no columns or groups, and a constraint that holds.
      """,
      wrong: """
        s = scores([0.2, 0.9, 0.6], [0, 1, 0])
        tune(s, f1, step=0.1).certificate
        """,
      right: """
        s = scores([0.2, 0.9, 0.6], [0, 1, 0])
        tune(s, f1).certificate
        """))
}
