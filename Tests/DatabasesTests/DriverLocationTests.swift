import Secrets
import Testing

@testable import Databases

@Suite struct DriverLocationTests {
  private let files = [
    "/one/risk.toml": """
    # written by dbc
    name = "Risk"
    [ADBC]
    version = "1.1.0"
    [Driver]
    entrypoint = "RiskInit"
    [Driver.shared]
    linux_amd64 = "/lib/amd.so"
    linux_arm64 = '/lib/arm.so'
    macos_amd64 = "/lib/mac-amd.dylib"
    macos_arm64 = "/lib/mac-arm.dylib"
    """,
    "/home/me/.config/adbc/drivers/plain.toml": "[Driver]\nshared = \"libplain.so\"\n",
    "/etc/adbc/drivers/plain.toml": "[Driver]\nshared = \"/never.so\"\n",
    "/etc/adbc/drivers/inline.toml":
      "[Driver]\nshared = { linux_amd64 = \"/i.so\", linux_arm64 = \"/i.so\", macos_arm64 = \"/i.so\" }",
    "/etc/adbc/drivers/empty.toml": "[Driver]\n",
    "/etc/adbc/drivers/foreign.toml": "[Driver.shared]\nwindows_amd64 = \"C:/x.dll\"",
  ]

  private func find(_ name: String) throws(DatabaseError) -> DriverLocation {
    let variables = ["ADBC_DRIVER_PATH": "/none:/one", "HOME": "/home/me"]
    return try DriverLocation.find(
      name, environment: { variables[$0] }, contents: { files[$0] })
  }

  @Test func findsManifests() throws {
    let risk = try find("risk")
    #expect(["/lib/amd.so", "/lib/arm.so", "/lib/mac-arm.dylib"].contains(risk.library))
    #expect(risk.entrypoint == "RiskInit")
    // The user's folder is before the system's, and a relative path starts from the manifest.
    #expect(try find("plain").library == "/home/me/.config/adbc/drivers/libplain.so")
    #expect(try find("inline").library == "/i.so")
    #expect(try find("/opt/d.so") == DriverLocation(library: "/opt/d.so"))
  }

  @Test func saysWhatIsMissing() {
    #expect(
      throws: DatabaseError.noDriver(
        name: "other",
        lookedIn: ["/none", "/one", "/home/me/.config/adbc/drivers", "/etc/adbc/drivers"])
    ) { try find("other") }
    #expect(
      throws: DatabaseError.badManifest(
        path: "/etc/adbc/drivers/empty.toml", reason: "has no `shared` under `[Driver]`")
    ) { try find("empty") }
    #expect(throws: DatabaseError.self) { try find("foreign") }
  }

  @Test func refusesWhatIsNoDriver() throws {
    for path in ["/nowhere/x.so", "/etc/passwd"] {
      let client = DriverClient(
        try DatabaseAddress(driver: path, address: "x"), seconds: 10)
      #expect(throws: DatabaseError.self) {
        try client.query("SELECT 1", columns: [], isCancelled: { false })
      }
    }
  }
}

@Suite struct SecretTests {
  @Test(arguments: [
    ("postgresql://ann:s3cret@host/db", "postgresql://ann:…@host/db"),
    ("postgresql://ann:p@ss@host/db", "postgresql://ann:…@host/db"),
    ("postgresql://ann@host/db", "postgresql://ann@host/db"),
    ("sc://host:15002/;token=abc;x=1", "sc://host:15002/;token=…;x=1"),
    ("host=h PASSWORD=abc user=u", "host=h PASSWORD=… user=u"),
    ("connect(\"a://u:x@h\") and b://v:y@g", "connect(\"a://u:…@h\") and b://v:…@g"),
    ("sc://host/;token=$TOKEN", "sc://host/;token=$TOKEN"),
    ("duckdb risk.db", "duckdb risk.db"),
    ("postgresql://ann:p/w?x@host/db", "postgresql://ann:…@host/db"),
    ("http://host:8080/x@y", "http://host:8080/x@y"),
    ("İ://h/?Password=abc&x=1", "İ://h/?Password=…&x=1"),
    ("host=h password='two words' user=u", "host=h password='…' user=u"),
    (#"connect("a://u:ro\"se@h")"#, #"connect("a://u:…@h")"#),
    (#"{"password": "ro\"se", "x": 1}"#, #"{"password": "…", "x": 1}"#),
    (#"connect("x", "password=\"ro se\"")"#, #"connect("x", "password=\"…\"")"#),
    ("mysql --password rose risk", "mysql --password … risk"),
    ("client --token=rose -csv", "client --token=… -csv"),
    ("secret = \"rose\"", "secret = \"…\""), ("token = tune(s, f1)", "token = tune(s, f1)"),
    ("the password of ann is wrong", "the password of ann is wrong"),
    ("psql: option '--password' doesn't take one", "psql: option '--password' doesn't take one"),
    ("PGPASSWORD=rose psql", "PGPASSWORD=… psql"),
  ])
  func redacts(text: String, expected: String) {
    #expect(Secrets.redacted(text) == expected)
    #expect(Secrets.isPresent(in: text) == (text != expected))
    #expect(!Secrets.isPresent(in: expected))
  }

  @Test func takesSecretsFromTheEnvironment() throws {
    let address = try DatabaseAddress(
      driver: "spark", address: "sc://h/;token=$T_1;cost=5$",
      variable: { $0 == "T_1" ? "xyzzy" : nil })
    #expect(address.display == "sc://h/;token=$T_1;cost=5$")
    let error = address.redacted(.query(engine: "Spark", reason: "bad token xyzzy of sc://h"))
    #expect(error == .query(engine: "Spark", reason: "bad token … of sc://h"))
    #expect(throws: DatabaseError.noVariable("NONE")) {
      try DatabaseAddress(driver: "x", address: "a$NONE", variable: { _ in nil })
    }
  }

  @Test func findsAPasswordInAnyForm() throws {
    let address = try DatabaseAddress(
      driver: "postgresql", address: "postgresql://ann:ro%40se@h/db", variable: { _ in nil })
    let error = address.redacted(
      .query(engine: "PostgreSQL", reason: "no role ann, ro@se, ro%40se"))
    #expect(error == .query(engine: "PostgreSQL", reason: "no role ann, …, …"))
  }

  @Test func knowsEngines() throws {
    #expect(try DatabaseAddress(url: "postgres://h/db")?.engine == "PostgreSQL")
    #expect(try DatabaseAddress(url: "sc://h:1")?.engine == "Spark")
    #expect(try DatabaseAddress(url: "grpc+tls://h:1")?.engine == "Flight SQL")
    #expect(try DatabaseAddress(url: "no address") == nil)
    #expect(
      try DatabaseAddress(driver: "/x/libadbc_driver_sqlite.so", address: "").engine == "SQLite")
  }
}
