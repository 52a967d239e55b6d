import ThrAnalysis
import ThrModel
import ThrSyntax
import Testing
import ToyLibrary

/// A source whose expected finding is marked: `«` and `»` stand around its place.
struct Marked: CustomTestStringConvertible {
  let marked: String

  var testDescription: String { marked }

  /// The source without its marks, and the places that they mark, in order.
  var unmarked: (source: String, spans: [Span]) {
    var bytes: [UInt8] = []
    var spans: [Span] = []
    var starts: [Int] = []
    for character in marked {
      switch character {
      case "«": starts.append(bytes.count)
      case "»": spans.append(Span(starts.popLast() ?? 0, bytes.count))
      default: bytes += Array(String(character).utf8)
      }
    }
    return (
      String(decoding: bytes, as: UTF8.self),
      spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    )
  }
}

func analyse(
  _ source: String, following: Interface = Interface(), uses: UsedFiles = UsedFiles(),
  options: Analysis.Options = .init()
) -> Analysis {
  Analysis(
    of: parse(source), knowing: Library.toy.vocabulary, following: following, uses: uses,
    options: options)
}

/// The findings as `name at "text"`, for comparing.
func findings(_ source: String) -> [String] {
  let parsed = parse(source)
  return (parsed.diagnostics + analyse(source).diagnostics).map {
    "\($0.kind.name) at `\(parsed.source.text($0.span))`: \($0.message)"
  }
}
