import ThrModel
import ThrSyntax

// Indices that no run can use: beyond a list or text that is known, or no field of a record.
extension Checker {
  /// The name in an index that is certainly no field of a record of this type.
  func missingField(of type: ValueType, _ index: StaticValue) -> String? {
    guard case .record(let fields) = type, case .text(let name)? = index.constant,
      !fields.contains(where: { $0.name == name })
    else { return nil }
    return name
  }

  func reportUnknownField(_ name: String, of target: StaticValue, at index: Expression) {
    let isFunction = vocabulary.signature(name) != nil
    report(
      .unknownMember(
        name, of: target.type, among: members(of: target.type), isFunction: isFunction,
        columnReader: vocabulary.columnReader(of: target.type),
        functionHere: vocabulary.functionHere(for: name)),
      at: index.span, of: index)
  }

  /// Reports an index beyond the ends of a list or text that is known.
  func checkPosition(_ index: StaticValue, in target: StaticValue, at expression: Expression) {
    guard case .number(let number)? = index.constant, let constant = target.constant else { return }
    let count: Int
    switch constant {
    case .list(let list): count = list.count
    case .text(let text): count = text.count
    default: return
    }
    do throws(CallError) {
      _ = try constant.position(ofIndex: number, among: count)
    } catch { report(error, at: expression.span, of: expression) }
  }
}
