import Foundation
import Testing

/// Every kind of problem is explained, by an example that has it and one that has not.
@Suite struct ExplanationTests {
  struct Kind: Hashable, CustomTestStringConvertible, Sendable {
    let code: String
    let name: String
    var testDescription: String { "\(code) \(name)" }
  }

  /// What the sources declare, read from their text: nothing can be forgotten in a list.
  static let declared: [Kind] = {
    let declaration = /"([EW]0[0-9]{3})",\s*"([a-z0-9-]+)"/
    let files = FileManager.default.enumerator(
      at: Command.root.appending(path: "Sources"), includingPropertiesForKeys: nil)
    var kinds: [Kind] = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift", let text = try? String(contentsOf: file, encoding: .utf8)
      else { continue }
      kinds += text.matches(of: declaration).map {
        Kind(code: String($0.1), name: String($0.2))
      }
    }
    return kinds.sorted { $0.code < $1.code }
  }()

  /// What no short program shows; the explanation says it in words.
  private static let explainedInWords: Set<String> = [
    // A text of 256 MiB, bytes that are no text, hundreds of errors or of brackets, characters that
    // are never shown.
    "E0108", "E0102", "E0190", "E0127", "W0640",
    // A run of a broken program, a fault of thr itself, a machine without threads or fonts.
    "E0301", "E0304", "E0306", "E0310", "E0503",
    // Only the prompt can be given more later.
    "W0645",
    // A table of many rows in a database.
    "W0681",
  ]

  @Test func everyKindHasACodeAndANameOfItsOwn() {
    #expect(Self.declared.count > 80)
    #expect(Set(Self.declared.map(\.code)).count == Self.declared.count)
    #expect(Set(Self.declared.map(\.name)).count == Self.declared.count)
  }

  /// Those that some program can have: W0703 asks for a function that calibrates.
  static let possible: [Kind] = {
    let isUnknown = try? problems(of: "calibrate").contains("E0210")
    return declared.filter { $0.code != "W0703" || isUnknown == false }
  }()

  @Test func theListHasThemAll() throws {
    let list = try Command.thr("explain").output
    let listed = list.matches(of: /(?m)^  ([EW]0[0-9]{3})  ([a-z0-9-]+)$/).map {
      Kind(code: String($0.1), name: String($0.2))
    }
    #expect(Set(listed) == Set(Self.possible))
  }

  @Test func whatNoProgramCanHaveIsNotExplained() throws {
    for kind in Set(Self.declared).subtracting(Self.possible) {
      let result = try Command.thr("explain", kind.code)
      #expect(result.status == 2)
      #expect(result.messages.contains("there is no error or warning `\(kind.code)`"))
    }
  }

  @Test(arguments: possible)
  func theExamplesShowTheProblem(kind: Kind) throws {
    let page = try Command.thr("explain", kind.code)
    #expect(page.status == 0)
    #expect(try Command.thr("explain", kind.name).output == page.output)
    let parts = page.output.components(separatedBy: "\nWrong\n")
    #expect(parts[0].split(separator: "\n").count > 1, "no reason is given")
    let examples = try #require(parts.last).components(separatedBy: "\nRight\n").map(unindented)
    #expect(examples.count == 2)
    let ofRight = try Self.problems(of: examples[1])
    #expect(!ofRight.contains(kind.code), "\(examples[1])")
    guard !Self.explainedInWords.contains(kind.code) else { return }
    let ofWrong = try Self.problems(of: examples[0])
    #expect(ofWrong.contains(kind.code), "\(examples[0])")
  }

  private func unindented(_ text: String) -> String {
    text.split(separator: "\n").map { String($0.trimmingPrefix("  ")) }.joined(separator: "\n")
  }

  /// The codes of the diagnostics of a program, run in a folder with the files that it describes.
  private static func problems(of code: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in code.matches(of: /(?m)^# (\S+) holds: ?(.*)$/) {
      let lines = String(file.2).components(separatedBy: " / ").joined(separator: "\n")
      try Data((lines.isEmpty ? "" : lines + "\n").utf8)
        .write(to: folder.appending(path: String(file.1)))
    }
    let script = folder.appending(path: "example.thr")
    try Data((code + "\n").utf8).write(to: script)
    let messages = try Command.run([script.path], in: folder).messages
    return messages.matches(of: /(?m)^(?:error|warning)\[([EW]0[0-9]{3})\]/).map { String($0.1) }
  }

  @Test(arguments: [
    ("E0211", 0, "unknown-member"), ("e0211", 0, "unknown-member"),
    ("unknown-membr", 2, "did you mean `unknown-member`?"),
    ("E0999", 2, "there is no error or warning `E0999`"),
    ("member", 2, "did you mean `number-with-member`?"),
  ]) func isFoundByCodeOrName(asked: String, status: Int32, reported: String) throws {
    let result = try Command.thr("explain", asked)
    #expect(result.status == status)
    #expect((result.output + result.messages).contains(reported))
  }
}
