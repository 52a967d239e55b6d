public import ThrModel
import ThrSyntax

/// The names that a text leaves, with what is known of them: for a file that uses it, or
/// for the next input of a session.
public struct Interface: Sendable {
  var names: [String: Binding] = [:]
  var functions: [FunctionID: UserFunction] = [:]
  /// The names that functions of used files look up, by the number of the file.
  var homes: [Int: [String: Binding]] = [:]
  var numbering = ValueNumbering()
  /// Whether it may have more names than these.
  var isOpen = false

  /// An interface with values that the host of the program hands in, such as `args`.
  public init(_ types: [String: ValueType] = [:]) {
    names = types.mapValues { Binding(value: StaticValue($0)) }
  }

  /// The same with values added that the host of the program hands in, such as `_`.
  public func adding(_ types: [String: ValueType]) -> Interface {
    var copy = self
    for (name, type) in types { copy.names[name] = Binding(value: StaticValue(type)) }
    return copy
  }

  /// The same once files were used again that an earlier input used: names that inputs gave their
  /// values keep them, and names of files are gone that have no value any more.
  public func usedAgain(after earlier: Interface, bound: Set<String>) -> Interface {
    var copy = self
    for (name, binding) in earlier.names where binding.foreign == nil {
      copy.names[name] = binding
    }
    return copy.withoutUsedNames(except: bound)
  }

  /// The same without names of used files that have no value any more.
  public func withoutUsedNames(except bound: Set<String>) -> Interface {
    var copy = self
    copy.names = names.filter { $0.value.foreign == nil || bound.contains($0.key) }
    return copy
  }

  /// The names, in the order of the alphabet.
  public var sortedNames: [String] { names.keys.sorted() }

  /// The names that the text itself gives a value, or files that it uses; `nil` where there may be
  /// others.
  public var givenNames: Set<String>? {
    isOpen ? nil : Set(names.lazy.filter { $0.value.origin != nil }.map(\.key))
  }

  public func type(of name: String) -> ValueType? { names[name]?.value.type }

  /// The largest number of a text that is in use.
  var lastUnit: Int {
    max(functions.keys.lazy.map(\.unit).max() ?? 0, homes.keys.max() ?? 0)
  }

  /// The largest serial of a function.
  var lastSerial: Int { functions.keys.lazy.map(\.serial).max() ?? 0 }

  /// The same with every text's number raised, so that those of several interfaces differ.
  func renumbered(by shift: Int) -> Interface {
    var copy = self
    copy.names = names.mapValues { $0.renumbered(by: shift) }
    copy.homes = [:]
    for (unit, names) in homes {
      copy.homes[unit + shift] = names.mapValues { $0.renumbered(by: shift) }
    }
    copy.functions = [:]
    for (id, var function) in functions {
      if case .used(let unit) = function.home { function.home = .used(unit + shift) }
      copy.functions[FunctionID(unit: id.unit + shift, serial: id.serial)] = function
    }
    return copy
  }

  /// The interface as a file sees it that uses this one: rows are not followed across files.
  func asUsed(file: String, unit: Int) -> Interface {
    var copy = renumbered(by: unit)
    copy.names = copy.names.mapValues {
      let origin = $0.origin.map {
        Origin(file: $0.file.map { $0.asUsed(by: file) } ?? file, span: $0.span)
      }
      return $0.with($0.value.withoutRows).given(at: nil, in: origin)
    }
    copy.homes[unit] = copy.names
    for (id, var function) in copy.functions {
      if function.home == .file { function.home = .used(unit) }
      function.file = function.file.map { $0.asUsed(by: file) } ?? file
      copy.functions[id] = function
    }
    return copy
  }
}

extension String {
  /// A path that a file wrote, as it is from where that file was named.
  fileprivate func asUsed(by file: String) -> String {
    guard !hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return self }
    return file[...slash] + self
  }
}

extension Binding {
  fileprivate func renumbered(by shift: Int) -> Binding {
    guard case .function(let id)? = value.callee else { return self }
    var value = value
    value.callee = .function(FunctionID(unit: id.unit + shift, serial: id.serial))
    return with(value)
  }
}
