import Foundation
import Testing
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax
import TreeWalk

/// Compiled programs do what the tree walk does, on every program of the repository.
@Suite struct CorpusDifferentialTests {
  private static let root = URL(filePath: #filePath)
    .appending(path: "../../..").standardizedFileURL

  /// The files of some folders, by their paths in the repository.
  private static func files(in folders: [String]) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for folder in folders {
      let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
      while let name = names?.nextObject() as? String {
        let path = "\(folder)/\(name)"
        guard let bytes = try? Data(contentsOf: root.appending(path: path)) else { continue }
        files[path] = Array(bytes)
      }
    }
    return files
  }

  @Test func scriptsDoTheSame() {
    let files = Self.files(in: ["scripts/tutorial", "scripts/examples"])
    let scripts = files.keys.filter { $0.hasSuffix(".thr") }.sorted()
    #expect(scripts.count >= 10)
    for script in scripts {
      let text = String(decoding: files[script] ?? [], as: UTF8.self)
      compare(Transcript(.standard, bytes: files), text, file: script)
    }
  }

  @Test func scriptsOfTestsDoTheSame() {
    let files = Self.files(in: ["Tests"]).filter { $0.key.hasSuffix(".thr") }
    for (script, bytes) in files.sorted(by: { $0.key < $1.key }) {
      compare(
        Transcript(.standard, bytes: files), String(decoding: bytes, as: UTF8.self), file: script)
    }
  }

  @Test(arguments: Library.standard.builtins.map(\.signature.name))
  func examplesOfBuiltinsDoTheSame(name: String) {
    guard let builtin = Library.standard.builtin(name) else { return }
    compare(Transcript(.standard), builtin.signature.example, file: nil)
  }

  @Test func examplesOfDiagnosticsDoTheSame() {
    for kind in Diagnostic.Kind.library + Diagnostic.Kind.runtime {
      guard let explanation = kind.explanation else { continue }
      compare(Transcript(.standard), explanation.wrong, file: nil)
      compare(Transcript(.standard), explanation.right, file: nil)
    }
  }

  @Test(arguments: [
    "filter(t, age > 30 and income < 40000)", "filter(t, age > 30 or city == \"Rome\")",
    "filter(t, not (age > k) and city != none)", "filter(t, income / (age - 30) > 100)",
    "filter(t, age == undefined)", "filter(t, city == none)", "filter(t, age > missing)",
    "filter(t, city > 3)", "filter(t, age + city > 3)", "filter(t, age)", "filter(t, true)",
    "filter(t, undefined)", "filter(t, -age < -30)", "filter(t, age * income > 1e6 and age < k)",
    "filter(t, age > 10 and nope > 3)", "filter(t, age > 1000 and nope > 3)",
    "filter(t, \"Rome\" == city)", "filter(t, city == word)", "filter(t, age in [31, 45])",
    "filter(t, len(city) > 3)", "filter(t, if age > 3 { x = age; x > 40 } else { false })",
    "keep(40)", "t |> filter(age > 40)",
    "filter(t, column(\"age\") > 40)", "filter(filter(t, age > 30), income > 20000 and age < 60)",
    "filter(t, age > 30 and age > 31 and age > 32 and income < 60000)",
    "filter(t, (age > 40) == (income > 30000))", "filter(t, (age > 40) == undefined)",
    "filter(t, 40 < age and not (income <= 20000))", "filter(t, 3 > 2)", "filter(t, k == 35)",
    "derive(t, x = income / (age - 30))", "derive(t, x = age > 40)", "derive(t, x = city)",
    "derive(t, x = age > 40, y = x == \"true\")", "derive(t, x = 5 - 2 * k)",
    "derive(t, x = word)", "derive(t, x = undefined)", "derive(t, x = none)", "derive(t, x = true)",
    "derive(t, x = -age)", "derive(t, x = k - age * age)", "derive(t, x = 1e300 * income * age)",
    "derive(t, x = age > undefined)", "derive(t, x = 0 / income)", "derive(t, x = word > age)",
    "derive(t, x = city == \"Rome\" or age > 40)", "derive(t, age = age + 1, x = age)",
    "derive(t, x = len(city))", "derive(t, x = age > nope)", "derive(t, x = [age])",
    "derive(filter(t, age > 1000), x = age)", "derive(filter(t, age > 1000), x = city)",
    "derive(filter(t, age == undefined), x = age)", "derive(t, x = age == k, y = k == age)",
    "derive(t, x = if age > 40 { age } else { 0 - age })",
    "join(t, select(t, [\"age\"]), on=\"age\")",
    "join(t, select(filter(t, income < 10), [\"income\"]) |> derive(z = income), on=\"income\")",
  ])
  func expressionsOnRowsDoTheSame(source: String) {
    var rows = "age,income,city\n"
    // More than a block of rows that is evaluated at once.
    for row in 0..<1_100 {
      let age = row % 17 == 0 ? "" : "\(18 + row * 7 % 70)"
      let city = row % 13 == 0 ? "" : ["Rome", "Oslo", "Lima"][row % 3]
      rows += "\(age),\(row * 37 % 90_000),\(city)\n"
    }
    let text = """
      t = read("rows.csv")
      k = 35
      word = "Oslo"
      fn keep(limit) = filter(t, age > limit)
      n = \(source)
      n
      """
    let cells = "\nfor c in n.columns { for cell in column(n, c) { print(cell) } }"
    compare(Transcript(.standard, files: ["rows.csv": rows]), text + cells, file: nil)
    compare(
      Transcript(.standard, files: ["rows.csv": rows], isInteractive: true), text, file: nil)
  }

  private func compare(_ transcript: Transcript, _ source: String, file: String?) {
    let compiled = transcript.compiled([source], file: file)
    let walked = transcript.walked([source], file: file)
    if compiled == walked { return }
    let place = zip(compiled, walked).first { $0 != $1 }
    Issue.record(
      """
      \(file ?? source)
      === compiled: \(place?.0 ?? "\(compiled.suffix(2))")
      === walked: \(place?.1 ?? "\(walked.suffix(2))")
      """)
  }
}
