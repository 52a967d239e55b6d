import DocumentEvaluation
import JSONText

/// A walk through all texts of the client, whose answer is worked out text by text whenever nothing
/// else waits, so that it holds up no one.
struct Scan {
  fileprivate let id: RequestID
  fileprivate let cancellation = Cancellation()
  fileprivate var places: ArraySlice<TextPlace>
  fileprivate let visit: (TextPlace) -> Void
  fileprivate let finish: () -> JSON
}

extension Server {
  /// Answers a request by a walk through all texts.
  ///
  /// - Parameters:
  ///   - visit: looks at one text.
  ///   - finish: gives the answer.
  func scan(
    _ places: [TextPlace], for id: RequestID, visit: @escaping (TextPlace) -> Void,
    finish: @escaping () -> JSON
  ) {
    let scan = Scan(id: id, places: places[...], visit: visit, finish: finish)
    running[id] = scan.cancellation
    scans.append(scan)
  }

  /// Ends the walks that were given up, and looks at the next text of the first of the others.
  func advanceScans() {
    while let index = scans.firstIndex(where: isGivenUp) {
      let scan = scans.remove(at: index)
      answerLater(
        scan.id, .failure(ResponseError(.requestCancelled, "cancelled by the client")))
    }
    guard let scan = scans.first else { return }
    if let place = scans[0].places.popFirst() {
      scan.visit(place)
    } else {
      scans.removeFirst()
      answerLater(scan.id, .success(scan.finish()))
    }
  }

  private func isGivenUp(_ scan: Scan) -> Bool {
    scan.cancellation.isCancelled || cancelled.contains(scan.id)
  }
}
