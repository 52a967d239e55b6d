import Foundation
import TestSupport
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

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x78, 0x00, 0x0A, 0x00], [0xFE, 0xFF, 0x00, 0x78], [0xFF, 0xFE, 0x78, 0x0A],
      [0xFE, 0xFF],
    ] as [[UInt8]])
  func textInUTF16IsLeftAsItIs(bytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    let script = folder.url.appending(path: "u.thr")
    try Data(bytes).write(to: script)
    let result = try Command.thr("format", script.path)
    #expect(result.status == 2)
    #expect(try Array(Data(contentsOf: script)) == bytes)
  }

  @Test func syntaxErrorsAreAStatusAndAMessage() throws {
    for arguments in [["format", "-"], ["format", "--check", "-"]] {
      let result = try Command.run(arguments, input: "x = (1")
      #expect(result.status == 2 && !result.messages.isEmpty)
    }
  }

  @Test func standardInputIsWrittenToStandardOutput() throws {
    #expect(try Command.thr("format", "-", input: "x=1").output == "x = 1\n")
    #expect(try Command.thr("format", "no-such-file.thr").status == 2)
  }

  @Test func goesOnAfterFilesThatItCannotRead() throws {
    try withScript("x=1\n") { path in
      let result = try Command.thr("format", "no-such-file.thr", "nor-this.thr", path, path)
      #expect(result.status == 2)
      #expect(result.messages.split(separator: "\n").count == 2)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == "x = 1\n")
      #expect(try Command.thr("format", "--check", "no-such-file.thr", path).status == 2)
    }
  }

  /// That takes longer than a file system's clock needs to distinguish an old file from a new one.
  @Test func formatsAFileThatWasJustWritten() throws {
    try withScript(String(repeating: "x=1  # c\n", count: 10_000)) { path in
      let result = try Command.thr("format", path)
      #expect(result.status == 0 && result.messages == "")
      #expect(try Command.thr("format", "--check", path).status == 0)
    }
  }

  @Test func reportsThatWhatIsBrokenStaysAsItIs() throws {
    try withScript("y = = 3\nx=1\n") { path in
      let result = try Command.thr("format", path)
      #expect(result.status == 2 && result.output == "")
      #expect(try Command.thr("format", "--check", path).status == 2)
      #expect(
        result.messages.hasPrefix(
          "\(path) has syntax errors; the statements with errors are left unchanged"))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "y = = 3\nx = 1\n")
    }
  }

  @Test func keepsWhatIsNoProgram() throws {
    let bytes = Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) })
    try withScript("") { path in
      try bytes.write(to: URL(filePath: path))
      #expect(try Command.thr("format", path).status == 2)
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }
  }

  @Test(arguments: [String.Encoding.utf16BigEndian, .utf16LittleEndian])
  func keepsTextInUTF16(encoding: String.Encoding) throws {
    let bytes = try #require("\u{FEFF}x=1\n".data(using: encoding))
    try withScript("") { path in
      try bytes.write(to: URL(filePath: path))
      let result = try Command.thr("format", path)
      #expect(result.status == 2 && result.messages.contains("syntax errors"))
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }
  }

  /// For any bytes, the difference makes the formatted file of the file.
  @Test func differencesCanBeApplied() throws {
    let parts: [[UInt8]] = [
      Array("\u{FEFF}a=1\r\nb = 2\n\n\n\n".utf8), [0x63, 0x3D, 0x22, 0xFF, 0x22, 0x0A],
      Array(String(repeating: "d=1 # \u{E9}\nd = 1\n\n\n\n\n\n\n", count: 300).utf8),
      Array("for x in xs {\n f( = \n  y=1}".utf8),
    ]
    let source = Data(parts.joined())
    try withScript("") { path in
      try source.write(to: URL(filePath: path))
      let patch = path + ".patch"
      defer { try? FileManager.default.removeItem(atPath: patch) }
      #expect(try Command.run(["format", "--diff", path], outputTo: patch).status == 2)
      let difference = try Data(contentsOf: URL(filePath: patch))
      #expect(difference.contains(0xFF))
      #expect(try Command.thr("format", path).status == 2)
      #expect(try Data(contentsOf: URL(filePath: path)) == applied(difference, to: source))
    }
  }

  /// What `patch` does, of which no line may be off.
  private func applied(_ difference: Data, to source: Data) throws -> Data {
    func lines(_ data: Data) -> [Data] {
      data.split(separator: 0x0A, omittingEmptySubsequences: false).map { Data($0) }
    }
    let old = lines(source)
    var (new, place) = ([Data](), 0)
    for line in lines(difference).dropFirst(2).dropLast() {
      let rest = Data(line.dropFirst())
      switch line.first.map({ Character(Unicode.Scalar($0)) }) {
      case "@":
        let head = String(decoding: line, as: UTF8.self).split(separator: " ")
        let first = try #require(
          head[1].dropFirst().split(separator: ",").first.flatMap { Int($0) })
        new += old[place..<first - 1]
        place = first - 1
      case " ", "-":
        #expect(old[place] == rest)
        place += 1
        if line.first == 0x20 { new.append(rest) }
      case "+": new.append(rest)
      default: #expect(String(decoding: line, as: UTF8.self) == "\\ No newline at end of file")
      }
    }
    return Data((new + old[place...]).joined(separator: [0x0A]))
  }
}
