import NumberText
import TableIO
import ThrModel

extension Column {
  /// The cells as a list of the language: a missing number is `undefined`, a missing text `none`.
  var list: List {
    switch values {
    case .numbers(let numbers) where numbers.missingCount == 0: List(numbers.values)
    case .numbers, .texts: List((0..<count).map { value(ofRow: $0) })
    }
  }

  func value(ofRow row: Int) -> Value {
    switch self[row] {
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .missing: isText ? .none : .undefined
    }
  }

  /// The cells for an expression that is evaluated by columns.
  var rowColumn: RowColumn {
    switch values {
    case .numbers(let numbers): .numbers(numbers.values)
    // A column without values is of neither kind: each of its cells is undefined.
    case .texts where missingCount == count: .numbers(Array(repeating: .nan, count: count))
    case .texts(let texts): .texts(texts.codes, levels: texts.levels)
    }
  }

  var isText: Bool {
    if case .texts = values { true } else { false }
  }

  /// A column of what a list holds: numbers, or texts, booleans among them as “true” and “false”.
  ///
  /// - Parameter parameter: the parameter to blame.
  init(_ name: String, _ list: List, parameter: String) throws(CallError) {
    if let numbers = list.numbers {
      self.init(name, numbers: numbers)
      return
    }
    let isNumeric = list.contains { if case .number = $0 { true } else { false } }
    if isNumeric {
      self.init(name, numbers: try Self.numbers(list, parameter))
    } else {
      self.init(name, texts: try Self.texts(list, parameter))
    }
  }

  private static func numbers(_ list: List, _ parameter: String) throws(CallError) -> [Double] {
    var numbers: [Double] = []
    for (position, value) in list.enumerated() {
      switch value {
      case .number(let number): numbers.append(number)
      case .undefined, .none: numbers.append(.nan)
      default: throw .mixedList(parameter, position, value)
      }
    }
    return numbers
  }

  private static func texts(_ list: List, _ parameter: String) throws(CallError) -> [String?] {
    var texts: [String?] = []
    for (position, value) in list.enumerated() {
      switch value {
      case .text(let text): texts.append(text)
      case .boolean(let boolean): texts.append(boolean ? "true" : "false")
      case .undefined, .none: texts.append(nil)
      default: throw .mixedList(parameter, position, value)
      }
    }
    return texts
  }
}

extension Column {
  /// A column of the values of an expression, as if they had stood in a list; `nil` where they must.
  init?(_ name: String, _ values: RowColumn) {
    switch values {
    case .numbers(let numbers):
      let numbers = NumberValues(numbers)
      if numbers.count > 0, numbers.missingCount == numbers.count {
        self.init(name, texts: Array(repeating: nil, count: numbers.count))
      } else {
        self.init(name: name, values: .numbers(numbers))
      }
    case .truths(let truths):
      let codes = truths.map { $0 == .undefined ? RowColumn.missingText : $0 == .yes ? 1 : 0 }
      self.init(
        name: name, values: .texts(TextValues(codes: codes, levels: ["false", "true"])))
    case .texts(let codes, let levels):
      // Texts that are equal though their characters are written differently become one.
      guard Set(levels).count == levels.count else { return nil }
      self.init(name: name, values: .texts(TextValues(codes: codes, levels: levels)))
    }
  }
}

extension Table {
  var columnsByName: [String: Column] {
    Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0) })
  }

  /// The column of that name, or an error that suggests one.
  func column(named name: String, parameter: String) throws(CallError) -> Column {
    do throws(TableError) {
      return try column(name)
    } catch {
      throw .unknownColumn(name, among: columnNames, parameter: parameter)
    }
  }
}

extension Column {
  /// The numbers of the column, or an error that names the line which broke it.
  func numbers(parameter: String) throws(CallError) -> NumberValues {
    do throws(TableError) {
      return try numbers()
    } catch {
      throw CallError(.notNumbers, error.message, remedy: error.remedy, parameter: parameter)
    }
  }
}
