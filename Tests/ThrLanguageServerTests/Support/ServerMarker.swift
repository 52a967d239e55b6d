/// A comment that asks: where its `^^` stand, the question, and what stands after the colon.
struct ServerMarker {
  let head: String
  let column: Int
  let end: Int
  let question: String

  init?(_ line: String) {
    guard line.hasPrefix("#"), let caret = line.firstIndex(where: { $0 == "^" || $0 == "<" }),
      line[line.index(after: line.startIndex)..<caret].allSatisfy({ $0 == " " })
    else { return nil }
    let rest = line[caret...].drop { $0 == "^" || $0 == "<" }
    // `#<` asks about the beginning of the line, which the `#` itself covers.
    column = line[caret] == "<" ? 0 : line.utf8.distance(from: line.startIndex, to: caret)
    end = line.utf8.distance(from: line.startIndex, to: rest.startIndex)
    question = String(rest.drop { $0 == " " }.prefix { $0 != ":" })
    head = String(line[..<rest.startIndex])
  }

  func with(_ answer: String) -> String {
    "\(head) \(question):" + (answer.isEmpty ? "" : " \(answer)")
  }
}
