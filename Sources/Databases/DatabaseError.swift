import NumberText
public import ParallelWork
public import TableIO

/// Why a database gave no answer.
public enum DatabaseError: Error, Hashable, Sendable {
  /// No driver of that name is installed; where manifests were looked for.
  case noDriver(name: String, lookedIn: [String])
  /// A manifest that names no library for this machine.
  case badManifest(path: String, reason: String)
  /// A library that cannot be loaded, or is no driver.
  case badDriver(path: String, reason: String)
  /// The database could not be reached, or refused the user.
  case noConnection(engine: String, reason: String)
  /// The engine refused a query, or broke off; its own words.
  case query(engine: String, reason: String)
  /// A column of a type that has no meaning here.
  case unsupportedType(column: String, format: String)
  /// What came back is not what was asked for.
  case unexpectedAnswer(engine: String, reason: String)
  /// More rows than there is memory for.
  case noMemory(rows: Int)
  /// Nothing came back in so many seconds.
  case timedOut(engine: String, seconds: Double)
  /// The user's client could not be started, or failed.
  case command(program: String, reason: String)
  /// A name in an address, such as `$TOKEN`, that the environment does not have.
  case noVariable(String)
  /// The rows differ from those that an earlier query counted.
  case changed(expected: String, found: String)
  /// No row has a finite number as score, and a label.
  case noScores(score: String, rows: Double)
  /// A column that should have numbers; a text in it.
  case notNumeric(score: String, found: String)
  /// Weights below 0.
  case negativeWeights(column: String, rows: Double)
  /// A column whose sums are infinite.
  case infiniteSums(column: String)
  /// A weight that is not finite, below 0, or too far from 1; and where it stands.
  case badWeight(Double, place: String)
  /// More different scores would have to be held than are.
  case tooManyScores(limit: Int)
  /// Columns have more values together than groups are made for.
  case tooManyGroups(limit: Int)
  /// A file that is read once for each question has another content than at first.
  case fileChanged(path: String)
  /// A file cannot be read, or is no table.
  case table(TableError)
  /// What the caller's own code, such as a condition on rows, threw.
  case caller(CallersError)
  /// What a table must fulfil, and does not.
  case unmet(String)
  case cancelled
}

extension DatabaseError: CancellableError {}

extension DatabaseError: CustomStringConvertible {
  /// What happened; without secrets, which are taken out where errors are made.
  public var description: String {
    switch self {
    case .noDriver(let name, let folders):
      "no ADBC driver `\(name)` is installed: there is no `\(name).toml` in "
        + folders.joined(separator: ", ")
    case .badManifest(let path, let reason): "the driver's manifest `\(path)` \(reason)"
    case .badDriver(let path, let reason): "`\(path)` is no ADBC driver: \(reason)"
    case .noConnection(let engine, let reason): "cannot connect to \(engine): \(reason)"
    case .query(let engine, let reason): "\(engine) refused the query: \(reason)"
    case .unsupportedType(let column, let format):
      "the column `\(column)` has a type that is not read (Arrow format `\(format)`)"
    case .unexpectedAnswer(let engine, let reason): "\(engine) answered otherwise: \(reason)"
    case .noMemory(let rows): "there is no memory for more than \(rows) rows of the answer"
    case .timedOut(let engine, let seconds):
      "\(engine) gave no answer in \(Int(seconds)) seconds"
    case .command(let program, let reason): "`\(program)` \(reason)"
    case .noVariable(let name): "the environment has no variable `\(name)`"
    case .changed(let expected, let found):
      "the table changed during the search: \(expected) were counted, then \(found)"
    case .noScores(let score, let rows):
      rows == 0
        ? "the table has no rows"
        : "none of the rows has a finite number in `\(score)` and a label"
    case .notNumeric(let score, let found):
      "`\(score)` is not a column of numbers: it has `\(found)`"
    case .negativeWeights(let column, let rows):
      "weights must be at least 0, but `\(column)` is below 0 in \(Int(rows)) rows"
    case .infiniteSums(let column): "`\(column)` has infinite sums"
    case .badWeight(let weight, let place):
      "a weight must be a finite number of at least 0, and not too far from 1, but \(place) is "
        + weight.shortestText
    case .tooManyScores(let limit):
      "the question leaves more than \(Double(limit).countText) different scores open, and no more are held"
    case .tooManyGroups(let limit):
      "the columns have more than \(Double(limit).countText) values, too many for groups"
    case .fileChanged(let path):
      "the file `\(PathText.shown(path))` changed since its rows were first counted"
    case .table(let error): error.message
    case .caller(let error): "\(error.error)"
    case .unmet(let fault): fault
    case .cancelled: "the work was cancelled"
    }
  }

  /// What to do about it, where there is one thing to do.
  public var remedy: String? {
    switch self {
    case .noDriver(let name, _):
      "install it: `pip install dbc && dbc install \(name)`; or name the library itself, such as "
        + "`connect(\"/path/to/libadbc_driver_\(name).so\", …)`"
    case .badManifest: "install the driver again: `dbc install …`"
    case .badDriver: "name the driver's library, or install one by `dbc install …`"
    case .noConnection: "check the address, that the server runs, and user and password"
    case .query: nil
    case .unsupportedType(let column, _):
      "convert the column: `read(db, query=\"select cast(\(column) as varchar) …\")`"
    case .unexpectedAnswer: nil
    case .noMemory: "ask for fewer rows: `filter`, `select` or `head` before"
    case .timedOut: "allow more: `timeout=` of `connect`, in seconds"
    case .command: nil
    case .noVariable(let name): "set it: `export \(name)=…`"
    case .changed:
      "make the scores again, or search rows that do not change: a copy, or a query of past days; "
        + "if it did not change, the client prints fewer than 17 digits of a number, as `sqlite3 "
        + "-csv` does: use its ADBC driver"
    case .noScores(_, let rows): rows == 0 ? nil : "name a column of numbers with `score=`"
    case .notNumeric: "name a column of numbers with `score=`, or convert it in `query=`"
    case .negativeWeights: "leave these rows out: `filter`"
    case .infiniteSums: "leave the infinite values out: `filter`"
    case .badWeight: "correct the weight, leave the row out, or divide all weights by the largest"
    case .tooManyScores:
      "name a metric by which most thresholds can be ruled out, such as `f1`, or round the scores"
    case .tooManyGroups: "group by a column of few values"
    case .fileChanged: "make the scores again when no program writes to the file"
    case .table(let error): error.remedy
    case .caller: nil
    case .unmet: "remove the repeated rows, or join by another column"
    case .cancelled: nil
    }
  }
}

/// An error of any kind, equal to itself alone.
public final class CallersError: Error, Hashable {
  public let error: any Error

  public init(_ error: any Error) { self.error = error }

  public static func == (one: CallersError, other: CallersError) -> Bool { one === other }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
