import ThrModel
import ThrSyntax

extension Diagnostic {
  /// The same for a text that stands so many bytes further on.
  func moved(by distance: Int) -> Diagnostic {
    if distance == 0 { return self }
    var moved = self
    moved.span = span.moved(by: distance)
    for index in notes.indices where notes[index].file == nil {
      moved.notes[index].span = notes[index].span.moved(by: distance)
    }
    for index in fixes.indices {
      moved.fixes[index].span = fixes[index].span.moved(by: distance)
    }
    return moved
  }

  /// Whether all that it points at lies within a stretch of the text, or in another file.
  func speaksOnly(of stretch: Span) -> Bool {
    stretch.holds(span) && fixes.allSatisfy { stretch.holds($0.span) }
      && notes.allSatisfy { $0.file != nil || stretch.holds($0.span) }
  }
}

extension Finding {
  func moved(by distance: Int) -> Finding { Finding(kind, at: span.moved(by: distance)) }
}
