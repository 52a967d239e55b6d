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
}
