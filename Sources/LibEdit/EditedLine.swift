/// A text under edit, as libedit has it, with the place of the cursor in UTF-8 offsets.
public struct EditedLine: Hashable, Sendable {
  public var text: String
  public var cursor: Int

  public init(_ text: String = "", cursor: Int = 0) {
    self.text = text
    self.cursor = cursor
  }
}
