import ThrModel
import ThrSyntax

/// The names that a call, a comprehension or a row's expression may bind, each at an index.
final class FrameLayout {
  enum Kind {
    /// Top level, whose names stand in the file's scope.
    case file
    case call
    /// An expression evaluated for every row, where the names of columns come first.
    case row
  }

  let kind: Kind
  let names: [String]
  let file: SourceFile
  private let indices: [String: Int]
  /// Whether a `use` in it may bind names that are not known from its text.
  let bringsNames: Bool
  private var spans: [Span] = []

  init(_ kind: Kind, _ names: [String], in file: SourceFile, bringsNames: Bool = false) {
    self.kind = kind
    self.names = names
    self.file = file
    self.bringsNames = bringsNames
    indices = Dictionary(zip(names, names.indices)) { first, _ in first }
  }

  func index(of name: String) -> Int? { indices[name] }

  /// A number for a place where names are bound.
  func place(_ span: Span) -> Int32 {
    spans.append(span)
    return Int32(spans.count - 1)
  }

  func span(of place: Int32) -> Span { spans[Int(place)] }
}

/// The frames of one function or comprehension.
///
/// A frame whose call has ended is used again: most calls need no memory of their own.
final class FramePool {
  let layout: FrameLayout
  @exclusivity(unchecked) private var spare: [Frame] = []

  init(_ layout: FrameLayout) { self.layout = layout }

  /// A frame without any name bound.
  func frame(in parent: Frame?) -> Frame {
    guard let frame = spare.popLast() else { return Frame(layout, in: parent) }
    frame.parent = parent
    return frame
  }

  /// Takes back a frame whose call has ended, unless a function declared in it still reads it.
  func giveBack(_ frame: consuming Frame) {
    guard isKnownUniquelyReferenced(&frame) else { return }
    frame.empty()
    spare.append(frame)
  }
}

/// What the names of one call stand for.
final class Frame {
  struct Slot {
    enum Content {
      case unbound
      case value(Value)
      case function(FunctionDeclaration)
    }

    var content: Content
    /// Where it was bound, as the layout numbers places.
    var place: Int32
  }

  let layout: FrameLayout
  /// The call around it in the text.
  @exclusivity(unchecked) fileprivate(set) var parent: Frame?
  @exclusivity(unchecked) var slots: [Slot]
  /// Columns of the row that a builtin's expression is evaluated for.
  @exclusivity(unchecked) var column: ((String) -> Value?)?
  /// The names of these columns.
  @exclusivity(unchecked) var columnNames: [String] = []
  /// What a `use` in the call bound beside the names of the layout.
  @exclusivity(unchecked) private(set) var brought: [String: Scope.Binding] = [:]

  init(_ layout: FrameLayout, in parent: Frame?) {
    self.layout = layout
    self.parent = parent
    slots = Array(repeating: Slot(content: .unbound, place: 0), count: layout.names.count)
  }

  fileprivate func empty() {
    for index in slots.indices { slots[index].content = .unbound }
    if !brought.isEmpty { brought = [:] }
    parent = nil
  }

  func bind(_ index: Int, _ value: Value, at place: Int32) {
    slots[index] = Slot(content: .value(value), place: place)
  }

  /// The frame so many calls further out.
  func ancestor(_ depth: Int) -> Frame {
    var frame = self
    for _ in 0..<depth {
      guard let parent = frame.parent else { return frame }
      frame = parent
    }
    return frame
  }

  /// Takes over the names of a used file.
  func bind(contentsOf scope: Scope) {
    for (name, binding) in scope.bindings {
      let binding = binding.used(in: scope)
      if let index = layout.index(of: name), case .value(let value) = binding.content {
        // Messages point to where it was bound only in files of their own.
        slots[index] = Slot(content: .value(value), place: Self.elsewhere)
        brought[name] = binding
      } else {
        brought[name] = binding
      }
    }
  }

  /// Takes away what a used file brought and its new text does not.
  func unbind(namesOf earlier: Scope, goneFrom later: Scope) {
    for (name, known) in earlier.bindings where later.binding(name) == nil {
      guard brought[name]?.file == known.file else { continue }
      brought[name] = nil
      if let index = layout.index(of: name), slots[index].place == Self.elsewhere {
        slots[index].content = .unbound
      }
    }
  }

  /// The place of what a used file bound.
  static let elsewhere: Int32 = -1

  /// Every name that is bound from here up to the file, for a message that lists them.
  var names: [String] {
    guard layout.kind != .file else { return [] }
    let own = zip(layout.names, slots).compactMap { name, slot in
      if case .unbound = slot.content { nil as String? } else { name }
    }
    return Set(own + brought.keys).sorted() + (parent?.names ?? [])
  }

  /// The columns of the rows around, innermost first.
  var columnsAround: [String] { columnNames + (parent?.columnsAround ?? []) }

  /// How deep the values nest that a function declared here holds on to.
  var reach: Int {
    guard layout.kind != .file else { return 0 }
    var deepest = parent?.reach ?? 0
    for case .value(let value) in slots.map(\.content) { deepest = max(deepest, value.depth) }
    for case .value(let value) in brought.values.map(\.content) {
      deepest = max(deepest, value.depth)
    }
    return deepest + 1
  }

  /// What a column holds in the row around a call.
  func cell(_ column: String) -> RowCell {
    var isRow = false
    var frame: Frame? = self
    while let current = frame {
      if let cells = current.column {
        if let value = cells(column) { return .value(value) }
        isRow = true
      }
      frame = current.parent
    }
    return isRow ? .noColumn : .noRow
  }
}
