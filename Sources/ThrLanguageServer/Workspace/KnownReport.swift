import JSONText

/// What is wrong with a script that is not open, while it and what it uses stay as they are.
struct KnownReport {
  let items: JSON
  let identifier: String
  let states: TextStates
}

extension Workspace {
  /// The report on a script that is not open; made only where nothing is known of it as it is now.
  func report(onFile path: String, making items: (ReadableText) -> JSON) -> KnownReport? {
    if let known = knownReports[path], known.states.hold(in: self) { return known }
    var states = TextStates(of: [path], in: self)
    knownReports[path] = nil
    guard let text = text(ofFile: path) else { return nil }
    states.add(text.uses, in: self)
    let found = items(text)
    let report = KnownReport(
      items: found, identifier: ResultIdentifier.of(found), states: states)
    knownReports[path] = report
    return report
  }

  /// Forgets the reports on scripts that are not there any more.
  func forgetReports(but places: [TextPlace]) {
    let kept = Set(places)
    knownReports = knownReports.filter { kept.contains(.file($0.key)) }
  }
}
