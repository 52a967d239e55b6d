import JSONText
import Testing
import ThrLanguageServer
import ThrLibrary
import ThrModel

/// Paths in texts: links on them, and edits where a file is renamed.
@Suite("Paths") struct PathTests {
  private static let files = [
    "/project/a.thr": "use \"lib/c.thr\"\nread(\"data/d.csv\")",
    "/project/lib/c.thr": "use \"../base.thr\"\nk = 1", "/project/base.thr": "b = 1",
    "/project/data/d.csv": "x,y\n1,2",
  ]

  private func client() -> TestClient {
    let client = TestClient(
      ["workspace": ["fileOperations": ["willRename": true]]], files: Self.files,
      folder: "file:///project", vocabulary: Library.standard.vocabulary)
    client.open(Self.files["/project/a.thr"] ?? "")
    return client
  }

  private func changes(_ old: String, _ new: String) -> JSON? {
    let file: JSON = [
      "oldUri": .string("file:///project/\(old)"), "newUri": .string("file:///project/\(new)"),
    ]
    return client().result("workspace/willRenameFiles", ["files": [file]])["changes"]
  }

  @Test func linksLeadToTheFiles() {
    let links = client().result("textDocument/documentLink", text()).array ?? []
    #expect(
      links.map { $0["target"]?.string } == [
        "file:///project/lib/c.thr", "file:///project/data/d.csv",
      ])
    #expect(links.map { $0["range"] } == [range(0, 5, 14), range(1, 6, 16)])
  }

  @Test func aRenamedFileIsNamedAnew() {
    #expect(
      changes("lib/c.thr", "lib/d.thr")
        == ["file:///project/a.thr": [["range": range(0, 5, 14), "newText": "lib/d.thr"]]])
    #expect(
      changes("data/d.csv", "e.csv")
        == ["file:///project/a.thr": [["range": range(1, 6, 16), "newText": "e.csv"]]])
  }

  @Test func aMovedFileFindsWhatItUses() {
    #expect(
      changes("lib/c.thr", "x/y/c.thr")
        == [
          "file:///project/a.thr": [["range": range(0, 5, 14), "newText": "x/y/c.thr"]],
          "file:///project/lib/c.thr": [
            ["range": range(0, 5, 16), "newText": "../../base.thr"]
          ],
        ])
  }

  @Test func aRenamedFolderIsThePathOfAllInIt() {
    #expect(
      changes("lib", "parts")
        == ["file:///project/a.thr": [["range": range(0, 5, 14), "newText": "parts/c.thr"]]])
    #expect(changes("other.thr", "another.thr") == nil)
  }
}
