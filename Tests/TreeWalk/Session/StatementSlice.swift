import ThrModel
import ThrSyntax

/// The part of a session's statements that some values came from, to be written as one program.
///
/// What a statement needed was noted while it ran, so that the same part of the statements, run in
/// the same order, does the same. Three things differ between inputs of a prompt and one program:
/// `_` is nobody's name there, a function is visible from the program's beginning on instead of its
/// input's, and `use` starts at the program's folder.
struct StatementSlice {
  typealias Entry = StatementRecord.Entry

  private let entries: [Entry]
  /// Statements whose shown value a later one reads as `_`.
  private let readAsLast: Set<Int>
  /// Declarations that must not be visible before their input begins.
  private let late: Set<Int>
  /// Declarations that must be what their name stands for from the beginning of their input on.
  private let early: Set<Int>

  /// - Parameters:
  ///   - roots: the numbers of the statements that bound the values.
  ///   - hidden: the names that a program has without declaring them.
  init(_ record: StatementRecord, neededFor roots: [Int], hiding hidden: Set<String>) {
    var found: [Int: Entry] = [:]
    var open = roots
    while let number = open.popLast() {
      guard found[number] == nil, let entry = record.entries[number] else { continue }
      found[number] = entry
      open += entry.read.map(\.writer) + entry.writers
    }
    let entries = found.values.sorted { $0.number < $1.number }
    self.entries = entries
    readAsLast = Set(
      entries.flatMap(\.read).filter { $0.name == lastShownName }.map(\.writer)
    ).filter { !(found[$0]?.shown.isEmpty ?? true) }
    late = Self.late(entries, hidden)
    early = Self.early(entries)
  }

  /// Functions that hide a builtin which statements of earlier inputs still mean.
  private static func late(_ entries: [Entry], _ hidden: Set<String>) -> Set<Int> {
    entries.numbers { declaration, name in
      hidden.contains(name)
        && entries.contains { earlier in
          earlier.number < declaration.input && earlier.syntax.namesRead.contains(name)
            && !earlier.read.contains { $0.name == name }
        }
    }
  }

  /// Functions called above their declaration, where an earlier input bound the name otherwise.
  private static func early(_ entries: [Entry]) -> Set<Int> {
    entries.numbers { declaration, name in
      entries.contains { $0.number < declaration.input && $0.bound.contains(name) }
        && entries.contains {
          $0.number < declaration.number
            && $0.read.contains(Journal.Read(name: name, writer: declaration.number))
        }
    }
  }
}

extension [StatementRecord.Entry] {
  /// The numbers of the function declarations for which something holds.
  fileprivate func numbers(
    where holds: (_ declaration: StatementRecord.Entry, _ name: String) -> Bool
  ) -> Set<Int> {
    Set(
      filter { entry in
        guard case .function(let function) = entry.syntax else { return false }
        return holds(entry, function.name.text)
      }.map(\.number))
  }
}

// MARK: - Writing

extension StatementSlice {
  /// The program.
  ///
  /// - Parameter path: what a `use` statement says from where the program is going to stand.
  func text(path: (_ use: (path: String, folder: String)) -> String) -> String {
    var lines: [String] = []
    for input in inputs {
      lines += input.filter { late.union(early).contains($0.number) }.map { text($0, path) }
      var shownNames: [String] = []
      for (position, entry) in input.enumerated() {
        if late.union(early).contains(entry.number), !isBoundBetween(entry, among: input) {
          continue
        }
        guard readAsLast.contains(entry.number) else {
          lines.append(text(entry, path))
          continue
        }
        // `_` changes at the end of its input, and not in the middle of a loop that reads it.
        let isLast = position == input.count - 1 && !entry.syntax.hasBlocks
        let name = isLast ? lastShownName : freeName(entry.number)
        if !isLast { shownNames.append(name) }
        lines.append(text(entry, path, naming: name))
      }
      lines += shownNames.map { "\(lastShownName) = \($0)" }
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  private var inputs: [[Entry]] {
    var inputs: [[Entry]] = []
    for entry in entries {
      if inputs.last?.last?.input == entry.input {
        inputs[inputs.count - 1].append(entry)
      } else {
        inputs.append([entry])
      }
    }
    return inputs
  }

  /// Whether the beginning of the input and the declaration lie apart for others that bind its name.
  private func isBoundBetween(_ declaration: Entry, among input: [Entry]) -> Bool {
    input.contains {
      $0.number < declaration.number && !$0.bound.isDisjoint(with: declaration.bound)
    }
  }

  /// A name for a shown value that nobody uses.
  private func freeName(_ number: Int) -> String {
    var name = "shown_\(number)"
    while entries.contains(where: { $0.source.text($0.syntax.span).contains(name) }) {
      name += "_"
    }
    return name
  }

  private func text(
    _ entry: Entry, _ path: ((path: String, folder: String)) -> String, naming name: String? = nil
  ) -> String {
    let span = entry.syntax.span
    var edits: [(span: Span, text: String)] = entry.syntax.uses.map { use in
      (use.pathSpan, path((use.path, entry.folder)).quoted)
    }
    if let name {
      edits += entry.shown.map { (Span($0.start, $0.start), "\(name) = ") }
    }
    var text = ""
    var position = span.start
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) {
      text += entry.source.text(Span(position, edit.span.start)) + edit.text
      position = edit.span.end
    }
    text += entry.source.text(Span(position, span.end))
    // Within a block, a function is declared when it is reached, and not before.
    return late.contains(entry.number) ? "if true { \(text) }" : text
  }
}
