import Databases
import TableIO
import ThrModel
import ThrSyntax

extension FileFilter {
  /// A condition of the language on the rows of a file: evaluated by columns, as on a table in
  /// memory, and where that is not possible row by row.
  ///
  /// Names that are no columns keep the values that they have now.
  convenience init(_ condition: RowExpression, among columns: [String]) {
    let bound = condition.bound()
    let names = condition.syntax.flatMap(\.plainNames)
    self.init(
      "a condition", columns: names.map { $0.intersection(columns) }
    ) { batch in
      let byName = batch.columnsByName
      let known = RowColumns(count: batch.rows) { name in
        byName[name]?.rowColumn ?? bound[name]?.rowColumn(count: batch.rows)
      }
      if case .truths(let truths)? = try condition.column(known) {
        let rows = truths.indices.filter { truths[$0] == .yes }
        return (rows, truths.count { $0 == .undefined })
      }
      var (rows, undecided) = ([Int](), 0)
      for row in 0..<batch.rows {
        switch try condition.evaluate({ byName[$0]?.value(ofRow: row) ?? bound[$0] }) {
        case .boolean(let holds): if holds { rows.append(row) }
        case .undefined, .none: undecided += 1
        case let other: throw CallError.noCondition(other.type)
        }
      }
      return (rows, undecided)
    }
  }
}

extension Value {
  /// The value in every row; `nil` where no column holds such values.
  fileprivate func rowColumn(count: Int) -> RowColumn? {
    switch self {
    case .number(let number): .numbers(Array(repeating: number, count: count))
    case .undefined: .numbers(Array(repeating: .nan, count: count))
    case .boolean(let holds): .truths(Array(repeating: RowTruth(holds), count: count))
    default: nil
    }
  }
}

extension Expression {
  /// The names in an expression of operators and plain values; `nil` where it is of another kind,
  /// such as a call, which may read any column.
  fileprivate var plainNames: Set<String>? {
    switch self {
    case .number, .boolean, .undefined, .none: return []
    case .text(let text): return text.literal == nil ? nil : []
    case .name(let name): return [name.text]
    case .parenthesized(let inner, _): return inner.plainNames
    case .unary(let unary): return unary.operand.plainNames
    case .operation(let operation):
      return operation.rest.reduce(operation.first.plainNames) { names, link in
        guard let names, let others = link.operand.plainNames else { return nil }
        return names.union(others)
      }
    default: return nil
    }
  }
}
