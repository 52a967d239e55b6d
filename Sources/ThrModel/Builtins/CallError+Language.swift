import NumberText
public import ThrSyntax

// What can be wrong with the language's own constructs. The checker finds it before the run where
// types are known, the runtime otherwise; both say it in these words.

extension CallError {
  /// - Parameters:
  ///   - candidates: every name that is known there.
  ///   - nameHere: what it is called here, where it is the name of another tool.
  ///   - columns: the columns of the rows that the name stands in an expression for.
  ///   - isCalled: whether arguments follow the name.
  public static func unknownName(
    _ name: String, among candidates: [String], nameHere: String? = nil, columns: [String] = [],
    isCalled: Bool = false
  ) -> CallError {
    if let near = Spelling.nearest(to: name, among: columns) {
      return CallError(
        .unknownName, "`\(name)` is not defined, and no column has that name",
        remedy: "did you mean `\(near)`?", replacement: near)
    }
    if let plain = Spelling.inLatin(name), (columns + candidates).contains(plain) {
      return CallError(
        .unknownName, "`\(name)` is not defined",
        remedy: "it has letters of another alphabet that look like those of `\(plain)`",
        replacement: plain)
    }
    let known =
      ForeignNames.constants[name.lowercased()] ?? nameHere
      ?? (isCalled ? nil : ForeignNames.fBeta(name, among: candidates))
    if known == nil, let remedy = ForeignNames.remedy(for: name.lowercased()) {
      return CallError(.unknownName, "`\(name)` is not defined", remedy: remedy)
    }
    let near = known ?? Spelling.nearest(to: name, among: candidates)
    // No one reads a name as long as a page, nor wants it twice.
    let name = name.utf8.count > 200 ? "\(name.prefix(60))…" : name
    if near == nil, !columns.isEmpty {
      let some = columns.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
      return CallError(
        .unknownName, "`\(name)` is not defined, and no column has that name",
        remedy: "the columns are \(some)\(columns.count > 20 ? ", …" : "")")
    }
    return CallError(
      .unknownName, "`\(name)` is not defined",
      remedy: near.map { known == nil ? "did you mean `\($0)`?" : "thr writes `\($0)`" }
        ?? (isCalled ? "declare it first: `fn \(name)(…) = …`" : "assign it first: `\(name) = …`"),
      replacement: near)
  }

  /// - Parameters:
  ///   - owner: the type of the value before the point.
  ///   - members: the members it has.
  ///   - isFunction: whether a function has the name, as in `xs.len`.
  ///   - reader: the function that reads a column of the value by its name, where one does.
  ///   - functionHere: the function here that does what the name does in another tool.
  public static func unknownMember(
    _ name: String, of owner: ValueType, among members: [String], isFunction: Bool = false,
    columnReader reader: String? = nil, functionHere: String? = nil
  ) -> CallError {
    if let known = ForeignNames.member(inPlaceOf: name, among: members) {
      return CallError(
        .unknownMember, "\(owner.withArticle) has no member `\(name)`",
        remedy: "thr writes `\(known)`", replacement: known)
    }
    let foreign =
      functionHere.map { "thr writes `\($0)(…)`" }
      ?? ForeignNames.remedy(forMember: name, ofTable: reader != nil, of: owner)
    if let foreign, !isFunction, !members.contains(where: { $0.lowercased() == name.lowercased() })
    {
      return CallError(
        .unknownMember, "\(owner.withArticle) has no member `\(name)`", remedy: foreign)
    }
    if let reader, !isFunction {
      return CallError(
        .unknownMember, "\(owner.withArticle) has no member `\(name)`",
        remedy: "read a column with `\(reader)(…, \(name.quoted))`")
    }
    if let near = Spelling.nearest(to: name, among: members) {
      return CallError(
        .unknownMember, "\(owner.withArticle) has no member `\(name)`",
        remedy: "did you mean `\(near)`?", replacement: near)
    }
    let all = members.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    let rest = members.count > 20 ? ", …" : ""
    return CallError(
      .unknownMember, "\(owner.withArticle) has no member `\(name)`",
      remedy: isFunction
        ? "`\(name)` is a function: `\(name)(…)`"
        : members.isEmpty ? nil : "it has \(all)\(rest)")
  }

  /// - Parameter name: the name that stands before the parentheses, where one does.
  public static func notCallable(_ type: ValueType, named name: String?) -> CallError {
    let what = name.map { "`\($0)` is" } ?? "this is"
    return CallError(.notCallable, "\(what) \(type.withArticle), not a function")
  }

  /// - Parameter construct: what needs the condition: `if`, or `not`.
  public static func notACondition(_ type: ValueType, in construct: String = "if") -> CallError {
    CallError(
      .notACondition, "`\(construct)` needs true or false, found \(type.withArticle)",
      remedy: conditionRemedy(type))
  }

  static func conditionRemedy(_ type: ValueType) -> String? {
    switch type {
    case .constraint:
      "a constraint describes thresholds and is neither true nor false; "
        + "compare a value: `evaluate(…).precision >= 0.9`"
    case .undefined: "test for it first: `x == undefined`"
    case .none: "test for it first: `x == none`"
    case .number: "compare it: `x > 0`"
    case .list, .text: "compare its length: `len(x) > 0`"
    default: nil
    }
  }

  public static func notASequence(_ type: ValueType) -> CallError {
    CallError(
      .typeMismatch, "`for` needs a list, found \(type.withArticle)",
      remedy: type == .number ? "for 0, 1, 2, … write `range(n)`" : nil)
  }

  public static func notIndexable(
    _ type: ValueType, columnReader reader: String? = nil
  ) -> CallError {
    CallError(
      .typeMismatch, "\(type.withArticle) has no elements to index with `[…]`",
      remedy: reader.map { "read a column by its name: `\($0)(…, \"name\")`" }
        ?? "read members with a dot: `x.name`")
  }

  public static func fractionalIndex(_ number: Double) -> CallError {
    CallError(
      .typeMismatch, "an index must be a whole number, found \(number.shortestText)",
      remedy: "the first element is `[0]`, the last `[-1]`")
  }

  public static func notSliceable(_ type: ValueType) -> CallError {
    CallError(
      .typeMismatch, "\(type.withArticle) has no elements to take with `[…:…]`",
      remedy: "a slice is part of a list or a text; the first rows of a table are `head(table, n)`")
  }

  /// - Parameter owner: the type before the bracket: a list, a text or a record.
  public static func badIndex(_ index: ValueType, of owner: ValueType) -> CallError {
    if case .record = owner {
      return CallError(
        .typeMismatch, "index a record with the name of a field, found \(index.withArticle)",
        remedy: "write `record.name` or `record[\"name\"]`")
    }
    return CallError(
      .typeMismatch, "an index must be a whole number, found \(index.withArticle)",
      remedy: "the first element is `[0]`, the last `[-1]`")
  }

  /// - Parameters:
  ///   - types: what the forms of the function take first.
  ///   - maker: the function that makes that of what was found, where one does.
  public static func noForm(
    of function: String, taking types: [ValueType], _ found: ValueType, maker: String? = nil
  ) -> CallError {
    let all = ValueType.either(of: types)
    if all.alternatives.count > 6 {
      return CallError(
        .typeMismatch, "`\(function)` does not take \(found.withArticle) as its first argument",
        remedy: maker.map { "convert it with `\($0)(…)`" }
          ?? "`thr help \(function)` lists what it takes")
    }
    return CallError(
      .typeMismatch,
      "`\(function)` needs \(all.withArticle) as its first argument, found \(found.withArticle)",
      remedy: maker.map { "convert it with `\($0)(…)`" })
  }
}

extension Diagnostic.Kind {
  public static let unknownName = Diagnostic.Kind(
    "E0210", "unknown-name",
    explanation: .init(
      """
      No variable, function or builtin has this name.
      """,
      wrong: "total = 3\nprint(totl)",
      right: "total = 3\nprint(total)"))

  public static let unknownMember = Diagnostic.Kind(
    "E0211", "unknown-member",
    explanation: .init(
      """
      The value has no member with this name.
      """,
      wrong: "t = tune(s, f1)\nt.treshold",
      right: "t = tune(s, f1)\nt.threshold"))

  /// A record, table or value lacks the named field, column or member.
  public static let unknownField = Diagnostic.Kind(
    "E0402", "unknown-field",
    explanation: .init(
      """
      A record, a table or an element of a list has no field or column with this name. Names are \
      case-sensitive.
      """,
      wrong: """
        rows = [{age: 31}, {age: 17}]
        sort(rows, by="agee")
        """,
      right: """
        rows = [{age: 31}, {age: 17}]
        sort(rows, by="age")
        """))

  public static let notCallable = Diagnostic.Kind(
    "E0212", "not-callable",
    explanation: .init(
      """
      Only functions can be called; this value is not a function.
      """,
      wrong: "f1(s)",
      right: "tune(s, f1)"))

  public static let notACondition = Diagnostic.Kind(
    "E0213", "not-a-condition",
    explanation: .init(
      """
      The condition of `if` must be true or false. A constraint such as `precision >= 0.9` is \
      neither: it describes thresholds.
      """,
      wrong: "if precision >= 0.9 { print(1) }",
      right: "if evaluate(s, at=0.5).precision >= 0.9 { print(1) }"))

}
