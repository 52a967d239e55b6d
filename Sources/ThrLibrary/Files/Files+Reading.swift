import Databases
import NumberText
import ParallelWork
import TableIO
import ThrModel
public import ThrSyntax

extension Builtin {
  static let read = Builtin(
    "read", .files, "Reads a table from a CSV, JSON, Parquet, Arrow or numpy file.",
    documentation: """
      A file that ends in `.json` is an array of records; one that ends in `.jsonl` or `.ndjson` has
      one record per line. Each key is a column; a missing key or `null` is a missing cell. A column
      with other values than numbers is text. Parquet, Arrow (file, stream and Feather), `.npy` and
      `.npz` are recognised by their first bytes, regardless of the name. Any other file is CSV.

      Of Parquet and Arrow, missing values are missing cells, booleans are the texts true and false,
      and dates and times are texts such as 2024-02-29T23:59:01.500Z. Columns of lists, structures
      and the like are left out with a note. An array of one dimension in `.npy` is the column x1,
      one of two dimensions x1, x2, …; in `.npz` the columns have the names of the arrays.

      Fields of CSV are separated by `,`, `;`, `|`, tabs or spaces, which is detected, and may be in
      double or single quotes. A cell is missing if it is empty or contains `?`, `NA`, `null`,
      `None`, `NaN` or the like. A column has numbers if every cell that is not missing is a number;
      `5%` is read as 0.05, and decimal commas and separated thousands are recognised where
      they cannot mean anything else. A column whose integers are too long to be exact, such as ids
      of 64 bits, is text.

      The first line has the names of the columns, unless it contains numbers: then it is data, and
      the columns are named x1, x2, …. Lines of title above the table are skipped. A row that is too
      short is filled up with missing cells; other invalid rows are left out. Each guess is reported
      with the argument that overrides it.

      A file that is compressed with gzip or zstd is unpacked while it is read; of `scores.csv.gz` the
      ending before the last names the format. A pattern such as `data/*.csv`, in which `**` stands
      for any folders, and a folder stand for several files with the same columns, which are read in
      the order of their paths; folders named `day=2026-10-01` add a column of text `day`.

      `stream=true` leaves the table in its file, for files larger than the memory: `scores` of it takes
      what counts of rows answer, such as `tune`, `evaluate`, `roc`, `auc` and `confidence`, and reads
      the file once for each question, in batches. The memory needed does not depend on the number of
      rows: about 64 MB, and a row group of Parquet or a record batch of Arrow. `filter` and `head`
      take such a table too. CSV, JSON Lines, Parquet and Arrow are read so, also compressed text and
      several files; CSV must have plain numbers.

      A relative path is looked up in the working folder, then in the folder of the script.

      Of a database, `read(db, "preds")` and `read(db, query="select …")` give a table whose rows stay
      there; only the names of its columns are asked for.
      """,
    effect: .readsFiles, example: "read(\"scores.csv\")",
    foreignNames: ["read_csv", "read_table", "read_json", "fread"],
    Form(
      Parameter<String>("path", kind: .path, "The file."),
      .csvOptions, .stream, result: DataTable.valueType,
      exception: .init("stream", StreamedRows.valueType), rows: .own,
      refusing: { known throws(CallError) in
        if case .boolean(false)? = known["stream"] { throw .noStream }
      }
    ) { context, path, options, stream in
      if let error = CallError.unreadablePath(path) { throw error }
      guard let stream else {
        return try reading(context.located(path), options, context).value
      }
      if !stream { throw CallError.noStream }
      return try streaming(context.located(path), options, context).value
    }, .readStored)

  /// The table that stays in its file.
  private static func streaming(
    _ path: String, _ options: ReadingOptions, _ context: CallContext
  ) throws -> StreamedRows {
    do throws(TableError) {
      return StreamedRows(
        content: try FileTable(path, from: context.files, options: options) { [context] in
          context.progress(Progress("reading \(path)", fraction: $0))
        })
    } catch {
      throw fault(error, context, path)
    }
  }

  /// All columns, or those that the call around uses; the others are read where they are asked for.
  private static func reading(
    _ path: String, _ options: ReadingOptions, _ context: CallContext
  ) throws -> DataTable {
    guard let used = context.columnsUsed, context.files.kind(of: path) == .file,
      let names = try? Table.columnNames(of: path, from: context.files, options: options),
      used.count < names.count, used.isSubset(of: names)
    else { return DataTable(try table(at: path, options, context)) }
    var chosen = options
    chosen.columns = used
    let files = context.files
    let others = UnreadColumns(names: names) { () throws(CallError) in
      do throws(TableError) {
        return try Table.read(path, from: files, options: options).table
      } catch { throw CallError(.unreadableTable, error.message, remedy: error.remedy) }
    }
    return DataTable(try table(at: path, chosen, context), others: others)
  }

  static func table(
    at path: String, _ options: ReadingOptions, _ context: CallContext
  ) throws -> Table {
    do throws(TableError) {
      let (table, report) = try Table.read(
        path, from: context.files, options: options, isCancelled: context.isCancelled
      ) { context.progress(Progress("reading \(path)", fraction: $0)) }
      Warning.reported(by: report, path).forEach(context.warn)
      return table
    } catch {
      throw fault(error, context, path)
    }
  }

  private static func fault(
    _ error: TableError, _ context: CallContext, _ path: String
  ) -> any Error {
    if case .file(let fault) = error.problem, fault.cause == .missing,
      let remedy = context.remedy(missing: path)
    {
      return CallError(.fileFailed, fault.message, remedy: remedy, parameter: "path")
    }
    return error.asFault(of: "path")
  }
}

extension CallError {
  fileprivate static let noStream = CallError(
    .unsuitableArgument, "`stream` is true or left out", remedy: "leave it out to read the table",
    parameter: "stream")
}

extension Parameter<Bool?> {
  fileprivate static var stream: Self {
    Parameter(
      "stream",
      "Whether the table stays in its file, which is then read once for each question: for files "
        + "larger than the memory.")
  }
}

extension CallContext {
  /// What to do about a file that is in neither of the two places where it is looked up.
  fileprivate func remedy(missing path: String) -> String? {
    guard !path.hasPrefix("/"), let scriptFolder, !scriptFolder.isEmpty else { return nil }
    return "a relative path is looked up in the working folder, then in the folder of the script, "
      + "`\(scriptFolder)`"
  }

  /// Where a relative path is: in the working folder, else in the script's, else as it stands, so
  /// that the error names what was written.
  func located(_ path: String) -> String {
    guard !path.hasPrefix("/"), !Table.isFound(path, in: files), let scriptFolder else {
      return path
    }
    let beside = scriptFolder.isEmpty ? path : "\(scriptFolder)/\(path)"
    return Table.isFound(beside, in: files) ? beside : path
  }
}

extension TableError {
  /// What a builtin throws: the interruption itself, or a fault with its words.
  func asFault(of parameter: String) -> any Error {
    if problem == .cancelled { return Cancelled() }
    if case .file(let error) = problem { return CallError(error, parameter: parameter) }
    return CallError(.unreadableTable, message, remedy: remedy, parameter: parameter)
  }
}

extension Warning {
  /// What a reader should know of the file: rows that were refused, and other surprises.
  static func reported(by report: ReadingReport, _ path: String) -> [Warning] {
    if !report.files.isEmpty { return report.files.flatMap { reported(by: $0.report, $0.path) } }
    var warnings: [Warning] = []
    if report.refusedCount > 0 {
      let named = report.refused.map { "line \($0.line) has \($0.reason)" }
      let rest = report.refusedCount > named.count ? "; …" : ""
      warnings.append(
        Warning(
          .refusedRows,
          "`\(path)`: \(counted(report.refusedCount, "row")) "
            + "\(report.refusedCount == 1 ? "was" : "were") invalid and left out: "
            + named.joined(separator: "; ") + rest,
          remedy: "correct these lines, or continue without them"))
    }
    return warnings + report.notes.collected.map { Warning(.readingNote, "`\(path)`: \($0)") }
  }
}

extension Diagnostic.Kind {
  /// A file that is not a table.
  public static let unreadableTable = Diagnostic.Kind(
    "E0502", "unreadable-table",
    explanation: .init(
      """
      The file is not a table: it is empty, it is neither CSV nor JSON records, or two columns have \
      the same name.
      """,
      wrong: """
        # people.csv holds: 
        read("people.csv")
        """,
      right: """
        # people.csv holds: age / 31
        read("people.csv")
        """))
  /// Rows of a file that are not in the table.
  public static let refusedRows = Diagnostic.Kind(
    "W0621", "refused-rows", .warning,
    explanation: .init(
      """
      Lines with more or fewer cells than the header, or with unbalanced quotes, are left out; the \
      warning names them.
      """,
      wrong: """
        # people.csv holds: age,name / 31,Ann / 17,Bo,x
        read("people.csv")
        """,
      right: """
        # people.csv holds: age,name / 31,Ann / 17,Bo
        read("people.csv")
        """))
  /// Something about a file that its reader may not expect.
  public static let readingNote = Diagnostic.Kind(
    "W0622", "reading-note", .warning,
    explanation: .init(
      """
      The file was read, but in a way that you may not expect: a column was renamed, or cells such \
      as `NaN` are treated as missing.
      """,
      wrong: """
        # people.csv holds: age,age / 31,17
        read("people.csv")
        """,
      right: """
        # people.csv holds: age,height / 31,170
        read("people.csv")
        """))
}
