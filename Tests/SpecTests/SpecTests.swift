import Testing
import ThrLibrary
import ThrModel
import ThrSyntax

/// The pages in `Specs`, run as they stand.
@Suite struct SpecTests {
  @Test(arguments: SpecPage.all)
  func showsAndReportsWhatItSays(page: SpecPage) {
    let run = SpecRun(page)
    for (line, value) in page.expectedValues.sorted(by: { $0.key < $1.key }) {
      #expect(run.values[line] == value, "\(page.name).thr:\(line)")
    }
    for line in Set(run.faults.keys).union(page.expectedFaults.keys).sorted() {
      let found = run.faults[line, default: []]
      let names = found.map { "\($0.code) \($0.name)" }.sorted()
      guard let expected = page.expectedFaults[line] else {
        #expect(found.isEmpty, "\(page.name).thr:\(line) does not say \(names)")
        continue
      }
      #expect(!found.isEmpty, "\(page.name).thr:\(line) reports nothing")
      #expect(
        expected.allSatisfy { mark in found.contains { $0.code == mark || $0.name == mark } },
        "\(page.name).thr:\(line) reports \(names)")
    }
  }

  @Test func everyBuiltinHasAPage() {
    let pages = Set(SpecPage.all.compactMap { $0.name.split(separator: "/").last.map(String.init) })
    for builtin in Library.standard.builtins {
      #expect(pages.contains(builtin.signature.name), "no page for \(builtin.signature.name)")
    }
  }

  @Test func everyPageExpectsSomething() {
    #expect(SpecPage.all.count > 50)
    for page in SpecPage.all {
      #expect(page.expectedValues.count + page.expectedFaults.count >= 2, "\(page.name)")
    }
  }
}
