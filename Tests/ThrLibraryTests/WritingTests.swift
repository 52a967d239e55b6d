import TableIO
import Testing
import ThrLibrary

/// What `write` makes of values of each type.
@Suite struct WritingTests {
  private static let start = """
    s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
    t = tune(s, f1, bootstrap=20)

    """

  /// The lines of the file, or the names of what is wrong with the program.
  private func written(_ value: String, to path: String) -> [String] {
    let run = LibraryRun(Self.start + "write(\(value), \"\(path)\")")
    guard run.codes.isEmpty, let bytes = try? run.files.readFile(path) else { return run.codes }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    ("t.plateau", ["lower,upper", "0.1,0.4"]),
    ("[t.plateau, t.plateau]", ["lower,upper", "0.1,0.4", "0.1,0.4"]),
    ("t.confusion", ["tp,fp,tn,fn", "2,1,1,0"]), ("{a: 1, b: \"x\"}", ["a,b", "1,x"]),
    ("[s, s]", ["unsuitable-argument"]), ("[roc(s)]", ["unsuitable-argument"]),
    ("[plot(s)]", ["unsuitable-argument"]), ("3", ["type-mismatch"]),
  ])
  func asRows(value: String, lines: [String]) { #expect(written(value, to: "x.csv") == lines) }

  @Test func intervals() {
    let rows = "[i / 40 for i in range(40)], [i % 3 == 0 or i > 25 for i in range(40)]"
    let lines = written("tune(scores(\(rows)), f1, bootstrap=50).interval", to: "x.csv")
    #expect(lines.count == 2 && lines.first == "lower,upper")
  }

  /// What `plot` takes is drawn where the path ends so.
  @Test(arguments: ["s", "t", "roc(s)", "sweep(s, f1)", "plot(s)"])
  func asPictures(value: String) {
    #expect(written(value, to: "x.svg").first?.hasPrefix("<svg") == true)
  }
}
