public import ThrSyntax

/// The difference of two texts in unified format, as `diff -u` writes it for `patch`.
public struct UnifiedDifference {
  private static let context = 3

  private enum Line {
    case same(ArraySlice<UInt8>)
    case removed(ArraySlice<UInt8>)
    case added(ArraySlice<UInt8>)

    var isSame: Bool { if case .same = self { true } else { false } }
    var isOld: Bool { if case .added = self { false } else { true } }
    var isNew: Bool { if case .removed = self { false } else { true } }
  }

  /// Empty where nothing changes; the lines are as they are, and may not be valid UTF-8.
  public private(set) var text: [UInt8] = []

  /// - Complexity: linear but within a single statement, of which lines are compared with lines.
  public init(_ source: Source, _ program: FormattedProgram, name: String) {
    let lines = program.pieces.flatMap { piece in
      Self.lines(
        from: Self.split(source.bytes[piece.source.start..<piece.source.end]),
        to: Self.split(program.bytes[piece.text]))
    }
    let hunks = Self.hunks(lines)
    guard !hunks.isEmpty else { return }
    // A tab ends a name with spaces in it.
    let end = name.contains(" ") ? "\t\n" : "\n"
    text += "--- \(name)\(end)+++ \(name)\(end)".utf8
    var (passed, old, new) = (0, 0, 0)
    for hunk in hunks {
      old += lines[passed..<hunk.lowerBound].count(where: \.isOld)
      new += lines[passed..<hunk.lowerBound].count(where: \.isNew)
      let oldCount = lines[hunk].count(where: \.isOld)
      let newCount = lines[hunk].count(where: \.isNew)
      text += "@@ -\(Self.range(old, oldCount)) +\(Self.range(new, newCount)) @@\n".utf8
      for line in lines[hunk] { write(line) }
      (passed, old, new) = (hunk.upperBound, old + oldCount, new + newCount)
    }
  }

  /// Lines as a hunk's head names them: the first, counted from 1, and how many if not one.
  private static func range(_ before: Int, _ count: Int) -> String {
    let first = before + (count == 0 ? 0 : 1)
    return count == 1 ? "\(first)" : "\(first),\(count)"
  }

  /// The lines, each with its end.
  private static func split(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    for (place, byte) in zip(bytes.indices, bytes) where byte == UInt8(ascii: "\n") {
      lines.append(bytes[start...place])
      start = place + 1
    }
    if start < bytes.endIndex { lines.append(bytes[start...]) }
    return lines
  }

  /// Both texts in one, what is removed before what is added in its place.
  private static func lines(
    from old: [ArraySlice<UInt8>], to new: [ArraySlice<UInt8>]
  ) -> [Line] {
    // Comparing very many lines with each other would take very long.
    guard old.count * new.count < 4_000_000 else {
      return old.map(Line.removed) + new.map(Line.added)
    }
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var (oldPlace, newPlace) = (0, 0)
    while oldPlace < old.count || newPlace < new.count {
      if removed.contains(oldPlace) {
        lines.append(.removed(old[oldPlace]))
        oldPlace += 1
      } else if added.contains(newPlace) {
        lines.append(.added(new[newPlace]))
        newPlace += 1
      } else {
        lines.append(.same(old[oldPlace]))
        oldPlace += 1
        newPlace += 1
      }
    }
    return lines
  }

  /// The stretches with changes in them, each with the lines around it.
  private static func hunks(_ lines: [Line]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (place, line) in lines.enumerated() where !line.isSame {
      let range = max(0, place - context)..<min(lines.count, place + context + 1)
      if let last = hunks.last, range.lowerBound <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private mutating func write(_ line: Line) {
    let (mark, bytes) =
      switch line {
      case .same(let bytes): (" ", bytes)
      case .removed(let bytes): ("-", bytes)
      case .added(let bytes): ("+", bytes)
      }
    text += mark.utf8
    text += bytes
    if bytes.last != UInt8(ascii: "\n") { text += "\n\\ No newline at end of file\n".utf8 }
  }
}
