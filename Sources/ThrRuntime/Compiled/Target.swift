import ThrModel
import ThrSyntax

/// Where a statement binds a name.
class Target {
  /// The value that the name stands for here, and not in a call further out; `nil` where there is
  /// none.
  ///
  /// Not noted as read.
  func value(_ frame: Frame) -> Value? { nil }

  /// Whether that is a list or a text.
  func kind(_ frame: Frame) -> Growing.Kind { .other }

  func bind(_ value: Value, _ frame: Frame) {}

  func bind(_ declaration: FunctionDeclaration, _ frame: Frame) {}

  /// Notes that the name is read.
  func noteRead() {}

  /// Takes the value out, so that it can be changed without a copy where nothing else holds it;
  /// `bind` must follow, with nothing read between.
  func take(_ frame: Frame) -> Value { .none }
}

/// A name of the file.
final class FileTarget: Target {
  private let scope: Scope
  private let cell: Scope.Cell
  private let place: Scope.Place

  init(_ scope: Scope, _ cell: Scope.Cell, at place: Scope.Place) {
    self.scope = scope
    self.cell = cell
    self.place = place
  }

  override func value(_ frame: Frame) -> Value? {
    if case .value(let value)? = cell.content { value } else { nil }
  }

  override func kind(_ frame: Frame) -> Growing.Kind {
    switch cell.content {
    case .value(.list)?: .list
    case .value(.text)?: .text
    default: .other
    }
  }

  override func bind(_ value: Value, _ frame: Frame) {
    scope.bind(cell, .value(value), at: place)
  }

  override func bind(_ declaration: FunctionDeclaration, _ frame: Frame) {
    scope.bind(cell, .function(declaration), at: place)
  }

  override func noteRead() { scope.note(cell) }

  override func take(_ frame: Frame) -> Value { scope.take(cell) }
}

/// A name of the call under way.
final class LocalTarget: Target {
  private let index: Int
  /// As the layout numbers places.
  private let place: Int32

  init(_ index: Int, at place: Int32) {
    self.index = index
    self.place = place
  }

  override func value(_ frame: Frame) -> Value? {
    if case .value(let value) = frame.slots[index].content { value } else { nil }
  }

  override func kind(_ frame: Frame) -> Growing.Kind {
    switch frame.slots[index].content {
    case .value(.list): .list
    case .value(.text): .text
    default: .other
    }
  }

  override func bind(_ value: Value, _ frame: Frame) { frame.bind(index, value, at: place) }

  override func bind(_ declaration: FunctionDeclaration, _ frame: Frame) {
    frame.slots[index] = Frame.Slot(content: .function(declaration), place: place)
  }

  override func take(_ frame: Frame) -> Value {
    guard case .value(let value) = frame.slots[index].content else { return .none }
    frame.slots[index].content = .unbound
    return value
  }
}
