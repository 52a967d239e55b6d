import Drawing
import Testing

@Suite struct FileFormatTests {
  @Test(arguments: [
    ("roc.svg", FileFormat.svg), ("a/b.c/Roc.PNG", .png), ("x.tar.pdf", .pdf), ("roc", nil),
    ("a.svg/roc", nil), (".svg", nil), ("roc.", nil), ("roc.jpeg", nil), ("", nil),
  ])
  func followsTheEnding(path: String, format: FileFormat?) {
    #expect(FileFormat(path: path) == format)
  }

  @Test(arguments: [
    (["LANG": "C.UTF-8"], TerminalStyle.braille), (["LANG": "C"], .ascii), ([:], .ascii),
    (["LANG": "de_DE.UTF-8", "LC_ALL": "C"], .ascii), (["LC_ALL": "", "LANG": "x.utf8"], .braille),
    (["LANG": "C.UTF-8", "LC_CTYPE": "en_US.ISO-8859-1"], .ascii),
    (["LANG": "C.UTF-8", "TERM": "linux"], .block),
  ])
  func followsTheLocale(environment: [String: String], style: TerminalStyle) {
    #expect(TerminalStyle(environment: environment) == style)
  }
}
