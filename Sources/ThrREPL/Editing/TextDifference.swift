/// The stretch of a text in which it differs from another, in UTF-8 offsets.
struct TextDifference: Hashable, Sendable {
  /// In the old text.
  let range: Range<Int>
  /// How many bytes longer the new text is.
  let growth: Int

  /// Where a part of the old text is in the new one; `nil` where nothing is left of it.
  func carried(_ part: Range<Int>) -> Range<Int>? {
    let (start, end) = (carried(part.lowerBound), carried(part.upperBound))
    return start < end ? start..<end : nil
  }

  /// What stands in the place of something else belongs to the part before it: mostly a word or a
  /// text goes on.
  private func carried(_ place: Int) -> Int {
    place < range.lowerBound ? place : max(place, range.upperBound) + growth
  }
}

extension EditBuffer {
  func difference(to other: EditBuffer) -> TextDifference {
    let (old, new) = (text.utf8, other.text.utf8)
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old.reversed(), new.reversed()).prefix(min(count, other.count) - head)
      .prefix { $0 == $1 }.count
    return TextDifference(range: head..<(count - tail), growth: other.count - count)
  }
}
