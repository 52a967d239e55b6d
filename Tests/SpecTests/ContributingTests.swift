import Foundation
import Testing

/// `.github/CONTRIBUTING.md` against the repository that it describes.
@Suite struct ContributingTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func namesOnlyFilesThatExist() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: ".github/CONTRIBUTING.md"), encoding: .utf8)
    let paths = page.matches(of: /`((?:Sources|Tests|scripts|grammar)\/[^` ]*)`/)
      .map { String($0.1) }.filter { !$0.contains("TOPIC") }
    #expect(paths.count > 40)
    for path in Set(paths).sorted() {
      #expect(
        FileManager.default.fileExists(atPath: Self.root.appending(path: path).path), "\(path)")
    }
  }

  /// `Sources/README.md` names every folder of every module, and none that is not there.
  @Test func namesEveryFolder() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: "Sources/README.md"), encoding: .utf8)
    var named: Set<String> = []
    for section in page.split(separator: "\n## ").dropFirst() {
      let module = section.prefix { $0.isLetter }
      for row in section.split(separator: "\n") where row.hasPrefix("| `") {
        let names = row.split(separator: "|")[0].matches(of: /`([^`]+)`/)
        named.formUnion(names.map { "\(module)/\($0.1)" })
      }
    }
    #expect(named == Self.folders)
  }

  /// The folders within modules that hold sources.
  private static var folders: Set<String> {
    let files = FileManager.default.enumerator(atPath: root.appending(path: "Sources").path)
    let paths = (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }
    return Set(
      paths.map { $0.split(separator: "/").dropLast() }.filter { $0.count > 1 }
        .map { $0.joined(separator: "/") })
  }
}
