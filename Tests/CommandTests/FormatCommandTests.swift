import Foundation
import Testing

/// `thr format` as a user runs it.
@Suite struct FormatCommandTests {
  private func withScript(_ text: String, _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).thr").path
    try Data(text.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test func writesTheFileAndKeepsItsMode() throws {
    try withScript("x=1\n") { path in
      try FileManager.default.setAttributes([.posixPermissions: 0o751], ofItemAtPath: path)
      let result = try Command.thr("format", path)
      #expect(result.status == 0 && result.output == "" && result.messages == "")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == "x = 1\n")
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o751)
    }
  }

  @Test func checkNamesTheFilesAndChangesNothing() throws {
    try withScript("x=1\n") { path in
      let result = try Command.thr("format", "--check", path)
      #expect(result.status == 1 && result.messages == "\(path) is not formatted\n")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == "x=1\n")
    }
    try withScript("x = 1\n") { path in
      let result = try Command.thr("format", "--check", path)
      #expect(result.status == 0)
    }
  }

  @Test func differencesArePatches() throws {
    try withScript("a = 1\nb = 2\nc = 3\nd = 4\ne=5\nf = 6\n") { path in
      let result = try Command.thr("format", "--diff", path)
      #expect(
        result.output == """
          --- \(path)
          +++ \(path)
          @@ -2,5 +2,5 @@
           b = 2
           c = 3
           d = 4
          -e=5
          +e = 5
           f = 6

          """)
    }
  }

  @Test func standardInputIsWrittenToStandardOutput() throws {
    #expect(try Command.thr("format", "-", input: "x=1").output == "x = 1\n")
    #expect(try Command.thr("format", "no-such-file.thr").status == 2)
  }
}
