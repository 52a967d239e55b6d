import Databases
import Secrets
import TableIO
public import ThrModel
import ThrSyntax

/// A database of the language; nothing is asked of it before something is needed.
public struct Database: LanguageObject {
  public static let typeName: ObjectType.Name = "database"

  let client: any DatabaseClient
  /// Driver and address without secrets.
  let driver: String
  let address: String

  public static func == (one: Database, other: Database) -> Bool {
    one.driver == other.driver && one.address == other.address
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(driver)
    hasher.combine(address)
  }

  /// The names of its tables, where the engine lists them in one of the usual ways.
  func tables() throws(CallError) -> [String] {
    let standard =
      "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema NOT IN "
      + "('information_schema', 'pg_catalog') ORDER BY table_schema, table_name"
    let queries = [
      standard,
      "SELECT '' AS s, name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name",
      "SHOW TABLES",
    ]
    var refusal: DatabaseError?
    for sql in queries {
      do throws(DatabaseError) {
        let answer = try client.query(sql, columns: ["s", "n"], isCancelled: { false })
        return answer.names
      } catch .query(let engine, let reason) {
        refusal = refusal ?? .query(engine: engine, reason: reason)
      } catch .command(let program, let reason) {
        refusal = refusal ?? .command(program: program, reason: reason)
      } catch {
        throw CallError(error)
      }
    }
    throw refusal.map { CallError($0) } ?? CallError(.databaseFailed, "it lists no tables")
  }
}

extension ResultTable {
  /// The last texts of each row, with a schema before them where that is not the usual one.
  fileprivate var names: [String] {
    guard columns.count > 1 else { return [] }
    return (0..<rows).map { row in
      func text(_ place: Int) -> String {
        guard case .text(let text) = columns[place][row] else { return "" }
        return text
      }
      let schema = text(0)
      return ["", "public", "main"].contains(schema) ? text(1) : "\(schema).\(text(1))"
    }
  }
}

extension ObjectType {
  static let database = ObjectType(
    Database.self, "A database: its driver and where it is.",
    members: [
      MemberOf("driver", "The driver, or command.") { $0.driver },
      MemberOf("address", "Where it is, without passwords.") { $0.address },
      MemberOf("tables", hiddenInJSON: true, "The names of its tables; asks the database.") {
        (database: Database) throws(CallError) in try database.tables()
      },
    ],
    line: { "database \($0.address)" },
    text: {
      "database \($0.address) (\($0.driver))\nits tables: `.tables`; one of them: `read(…, \"name\")`"
    })
}

extension Builtin {
  static let connect = Builtin(
    "connect", .files, "A database whose tables stay where they are.",
    documentation: """
      A URL names the driver by its scheme: `connect("postgresql://warehouse/risk")`. Otherwise the
      first argument is the driver: a name such as `"duckdb"`, `"spark"` or `"flightsql"`, or the path
      of its library, and the second is the address. Drivers are those of ADBC; `dbc install NAME`
      installs one, with a manifest in `$ADBC_DRIVER_PATH`, `~/.config/adbc/drivers` or
      `/etc/adbc/drivers`.

      `connect("command", "duckdb risk.db -csv -c")` runs your own client for each query, which is
      given as one more argument, or in the place of `\\{sql}`. It must write CSV with a line of names.
      No shell reads the command.

      `$NAME` in an address is that variable of the environment: passwords and tokens belong there, or
      in the driver's own files, such as `~/.pgpass`. thr never shows or saves them.

      `write(t.certificate, "cert.json")` of a tuning there writes why no other threshold is better, with
      a `query` that counts the rows again: `scripts/certificate.py cert.json rows.csv` checks both.
      """,
    effect: .network,
    example: "connect(\"sqlite\", \"risk.db\").driver",
    foreignNames: ["dbConnect", "create_engine"],
    Form(
      Parameter<String>(
        "driver", "A URL; or the driver's name, the path of its library, or `\"command\"`."),
      Parameter<String?>("address", "The address, where the first argument is no URL; a command."),
      Parameter<Double>(
        "timeout", in: 0...1e6, default: 600, unit: "seconds", "The most that one query may take.")
    ) { context, driver, address, timeout in
      if let secret = [driver, address ?? ""].first(where: Secrets.isPresent(in:)) {
        context.warn(.secretInText(Secrets.redacted(secret)))
      }
      return try DatabaseError.explained(parameter: address == nil ? "driver" : "address") {
        () throws(DatabaseError) in try database(driver, address, timeout)
      }
    })

  private static func database(
    _ driver: String, _ address: String?, _ timeout: Double
  ) throws(DatabaseError) -> Database {
    guard let address else {
      guard let found = try DatabaseAddress(url: driver) else {
        throw .noConnection(
          engine: "a database",
          reason: "`\(Secrets.redacted(driver))` is no URL, and there is no address")
      }
      return Database(
        client: DriverClient(found, seconds: timeout), driver: found.driver, address: found.display)
    }
    if driver == "command" {
      guard let line = CommandLine(address) else {
        throw .command(program: Secrets.redacted(address), reason: "is no command")
      }
      return Database(
        client: CommandClient(line, seconds: timeout), driver: driver,
        address: Secrets.redacted(address))
    }
    let found = try DatabaseAddress(driver: driver, address: address)
    return Database(
      client: DriverClient(found, seconds: timeout), driver: driver, address: found.display)
  }
}
