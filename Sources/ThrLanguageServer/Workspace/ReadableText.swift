import ThrAnalysis
import ThrSyntax

/// A text that a request asks about.
struct ReadableText {
  let address: String
  let document: Document
  let coordinates: TextCoordinates
  /// The text in the client; `nil` for one that is on the disk only.
  let open: OpenDocument?
  /// The files that the text uses, directly or indirectly.
  let uses: Set<String>

  init(
    _ address: String, _ document: Document, _ coordinates: TextCoordinates,
    _ open: OpenDocument?, uses: Set<String>
  ) {
    self.address = address
    self.document = document
    self.coordinates = coordinates
    self.open = open
    self.uses = uses
  }

  /// An open text as it is now.
  init(_ open: OpenDocument) {
    open.bringUpToDate()
    self.init(open.address, open.document, open.coordinates, open, uses: open.dependencies)
  }

  func offset(_ params: Params) throws(ResponseError) -> Int {
    coordinates.offset(of: try LinePosition(try params["position"]))
  }
}
