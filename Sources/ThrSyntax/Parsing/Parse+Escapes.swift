/// A stretch of a text's characters: as they are, or one escape.
public struct TextStretch: Hashable, Sendable {
  public let span: Span
  public let isEscape: Bool
  /// Whether the escape stands for a character.
  public let isKnown: Bool
}

extension Parse {
  /// The characters of a `.textPiece` with its escapes apart, in order.
  public func stretches(of piece: Token) -> [TextStretch] {
    var stretches: [TextStretch] = []
    var start = piece.start
    var offset = piece.start
    func endPlain(_ stretches: inout [TextStretch]) {
      guard start < offset else { return }
      stretches.append(TextStretch(span: Span(start, offset), isEscape: false, isKnown: true))
    }
    while offset < piece.end {
      guard source.bytes[offset] == UInt8(ascii: "\\") else {
        offset += 1
        continue
      }
      endPlain(&stretches)
      let escape = TextEscape(source.bytes, at: offset)
      let end = min(offset + escape.length, piece.end)
      stretches.append(
        TextStretch(span: Span(offset, end), isEscape: true, isKnown: escape.scalar != nil))
      (start, offset) = (end, end)
    }
    endPlain(&stretches)
    return stretches
  }
}
