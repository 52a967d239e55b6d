public import JSONText
import NumberText
public import ThrModel

extension Value {
  /// The value as JSON: an object's keys are its members, but for parts that would repeat the
  /// whole.
  ///
  /// `undefined` and `none` are null; infinite numbers, which JSON lacks, are the texts "inf" and
  /// "-inf"; metrics, constraints and functions are what a program would write.
  public func json(_ library: Library) -> JSON {
    switch self {
    case .none, .undefined: .null
    case .boolean(let boolean): .bool(boolean)
    case .number(let number): number.isFinite ? .number(number) : .string(number.shortestText)
    case .text(let text): .string(text)
    case .list(let list) where list.isTooLongToHold: .string("\(counted(list.count, "number"))")
    case .list(let list): .array(list.map { $0.json(library) })
    case .record(let record):
      .object(JSON.Object(record.fields.map { .init($0.name, $0.value.json(library)) }))
    case .metric, .constraint, .function: .string(sourceText)
    case .object(let object):
      .object(JSON.Object(members(of: object, library).map { .init($0, $1.json(library)) }))
    }
  }

  /// A member that this very value lacks has no key.
  private func members(of object: Object, _ library: Library) -> [(String, Value)] {
    let members = library.type(object.typeName)?.members ?? []
    return members.filter { !$0.facts.isHiddenInJSON }.compactMap { member in
      (try? member.read(self)).map { (member.facts.name, $0) }
    }
  }
}
