import ToyLibrary
import Testing
import ThrAnalysis
import ThrModel
import ThrSyntax

/// Fields of records as names: where they are declared, where they are read, and by another name.
///
/// `«…»` marks every place of one field, `¦` where the cursor is.
@Suite("Fields of records") struct FieldTests {
  @Test(
    "Every place of a field is found from each of them",
    arguments: [
      "r = {«a»: 1, b: 2}\nr.«a» + r.b\nq = {a: 3}\nq.a",
      "r = {«a»: 1}\ns = r\ns.«a»\nr[\"«a»\"]",
      "fn f(r) = r.«a»\nf({«a»: 1})\nf(r={«a»: 2})",
      "for r in [{«a»: 1}, {«a»: 2}] { r.«a» }",
      "[r.«a» for r in [{«a»: 1}]]",
      "fn make(x) = {«a»: x}\nmake(1).«a»",
      "r = {inner: {«a»: 1}}\nr.inner.«a»",
      "r = if true { {«a»: 1} } else { {«a»: 2} }\nr.«a»",
    ])
  func places(marked: String) {
    let (source, spans) = Marked(marked: marked).unmarked
    let document = Document(Source(source), knowing: Library.toy.vocabulary)
    for span in spans {
      #expect(document.references(at: span.start, includingDeclaration: true) == spans)
      #expect(document.highlights(at: span.start).map(\.span) == spans)
      let declared = document.definition(at: span.start)?.span
      #expect(declared.map { spans.contains($0) } == true)
      #expect(
        document.rename(at: span.start, to: "zz") == .success(spans.map { Edit($0, "zz") }))
    }
  }

  @Test("A name that the record has already is refused")
  func taken() {
    let document = Document(Source("r = {a: 1, b: 2}\nr.a"), knowing: Library.toy.vocabulary)
    #expect(document.rename(at: 5, to: "b") == .failure(.changesMeaning("b")))
    #expect(document.rename(at: 5, to: "if") == .failure(.keyword("if")))
  }
}
