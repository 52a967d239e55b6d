import Secrets

/// Where a database is, as a user wrote it: a URL, or a driver and an address.
///
/// `$NAME` in an address is the value of that variable, so that no script holds a secret.
public struct DatabaseAddress: Hashable, Sendable {
  /// The driver's name or path.
  public let driver: String
  /// As it was written, which is what is used; see `display`.
  private let address: String
  private let environment: [String: String]

  /// - Parameter url: `postgresql://…`; its scheme names the driver.
  /// - Throws: `noVariable`.
  public init?(url: String) throws(DatabaseError) {
    guard let mark = url.firstIndex(of: ":"), url[mark...].hasPrefix("://"), mark > url.startIndex
    else { return nil }
    try self.init(driver: Self.driver(ofScheme: url[..<mark].lowercased()), address: url)
  }

  /// - Throws: `noVariable`.
  public init(
    driver: String, address: String, variable: (String) -> String? = Environment.value
  ) throws(DatabaseError) {
    self.driver = driver
    self.address = address
    var environment: [String: String] = [:]
    for name in Self.variables(in: address) {
      guard let value = variable(name) else { throw .noVariable(name) }
      environment[name] = value
    }
    self.environment = environment
  }

  private static func driver(ofScheme scheme: String) -> String {
    switch scheme {
    case "postgres", "postgresql": "postgresql"
    case "sc": "spark"
    case "grpc", "grpc+tls", "grpc+tcp": "flightsql"
    default: scheme
    }
  }

  /// As messages name the engine.
  public var engine: String {
    let names = [
      "postgresql": "PostgreSQL", "sqlite": "SQLite", "duckdb": "DuckDB", "spark": "Spark",
      "flightsql": "Flight SQL", "snowflake": "Snowflake", "bigquery": "BigQuery",
      "databricks": "Databricks", "mysql": "MySQL", "mssql": "SQL Server", "trino": "Trino",
      "clickhouse": "ClickHouse", "redshift": "Redshift",
    ]
    let file = driver.split(separator: "/").last.map(String.init) ?? driver
    return names.first { file.contains($0.key) }?.value ?? file
  }

  /// How the engine quotes names; several speak Flight SQL, and not all in the same way.
  public var quotes: [IdentifierQuote] {
    switch engine {
    case "Spark", "BigQuery", "Databricks", "MySQL": [.backtick]
    case "PostgreSQL", "SQLite", "DuckDB", "Snowflake", "Redshift", "Trino": [.double]
    default: [.double, .backtick]
    }
  }

  // MARK: - Use

  func connect() throws(DatabaseError) -> DriverConnection {
    let driver = try Driver.load(try DriverLocation.find(driver))
    let address = resolved
    if engine == "DuckDB" {
      return try DriverConnection(driver, engine: engine, options: ["path": address])
    }
    if engine == "Flight SQL", let login = Credentials(in: address) {
      return try DriverConnection(
        driver, engine: engine,
        options: ["uri": login.rest, "username": login.user, "password": login.password])
    }
    return try DriverConnection(driver, engine: engine, options: ["uri": address])
  }

  private var resolved: String {
    Self.replacing(in: address) { environment[$0] ?? "" }
  }

  // MARK: - Secrets

  /// The address without what a password may stand in.
  public var display: String { Secrets.redacted(address) }

  /// An error without the secrets of this address, which drivers repeat.
  func redacted(_ error: DatabaseError) -> DatabaseError {
    let secrets = environment.values.filter { $0.utf8.count > 3 } + Secrets.words(in: resolved)
    return error.mapping { text in
      secrets.reduce(Secrets.redacted(text)) { $0.replacing($1, with: "…") }
    }
  }

  /// The names after `$`, of capitals, digits and `_`.
  private static func variables(in text: String) -> [String] {
    var names: [String] = []
    _ = replacing(in: text) {
      names.append($0)
      return ""
    }
    return names
  }

  private static func replacing(in text: String, _ value: (String) -> String) -> String {
    var (result, rest) = ("", text[...])
    while let mark = rest.firstIndex(of: "$") {
      result += rest[..<mark]
      let after = rest[rest.index(after: mark)...]
      let name = after.prefix { $0 == "_" || $0.isASCII && ($0.isUppercase || $0.isNumber) }
      if name.first?.isNumber ?? true {
        result += "$"
        rest = after
      } else {
        result += value(String(name))
        rest = after[name.endIndex...]
      }
    }
    return result + rest
  }
}

/// User and password before the host of a URL.
private struct Credentials {
  let user: String
  let password: String
  /// The URL without them.
  let rest: String

  init?(in url: String) {
    guard let place = url.firstRange(of: "://") else { return nil }
    let authority = url[place.upperBound...].prefix { $0 != "/" && $0 != "?" }
    guard let end = authority.lastIndex(of: "@") else { return nil }
    let login = authority[..<end].split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    user = String(login[0])
    password = login.count > 1 ? String(login[1]) : ""
    rest = String(url[..<place.upperBound] + url[url.index(after: end)...])
  }
}
