/// Names of Python, R and SQL that thr does not have, and what it writes instead.
///
/// A name that stands for one function here is an `elsewhere` of that function.
enum ForeignNames {
  /// The name here of a constant elsewhere.
  static let constants = [
    "null": "none", "nil": "none", "nan": "undefined", "na": "undefined",
  ]

  /// What to write for a name, as the words of a remedy.
  ///
  /// - Parameter name: in lower case.
  static func remedy(for name: String) -> String? { remedies[name] }

  private static let remedies: [String: String] = [
    "append": "add to a list with `list + [value]`",
    "push": "add to a list with `list + [value]`",
    "concat": "join lists or texts with `+`",
    "c": "write a list in brackets: `[1, 2, 3]`",
    "array": "write a list in brackets: `[1, 2, 3]`",
    "dict": "write a record: `{name: value}`",
    "tuple": "write a list in brackets: `[1, 2, 3]`",
    "lambda": "declare a function: `fn name(x) = …`",
    "def": "declare a function: `fn name(x) = …`",
    "dir": "`thr help` lists all names",
    "help": "`thr help NAME` in a shell, `?name` at the prompt",
    "library": "all functions are there already; `use \"file.thr\"` brings in your own",
    "require": "all functions are there already; `use \"file.thr\"` brings in your own",
    "source": "bring in another script with `use \"file.thr\"`",
    "fail": "stop with a message: `assert(false, \"message\")`",
    "error": "stop with a message: `assert(false, \"message\")`",
    "stop": "stop with a message: `assert(false, \"message\")`",
    "raise": "stop with a message: `assert(false, \"message\")`",
    "throw": "stop with a message: `assert(false, \"message\")`",
    "inf": "write `number(\"inf\")`",
    "infinity": "write `number(\"inf\")`",
    "pi": "write the number: `3.141592653589793`",
    "values": "write the values in a list: `[record[name] for name in keys(record)]`",
    "flags": "count flagged rows with the metric `flagged`",
    "where": "keep rows of a table with `filter(table, condition)`",
    "subset": "keep rows of a table with `filter(table, condition)`",
    "describe": "describe the columns of a table with `summary(table)`",
    "mutate": "compute a new list: `[… for x in column(table, \"name\")]`",
    "var": "square the standard deviation: `std(list) ^ 2`",
    "count": "count with `len([x for x in list if …])`",
    "product": "multiply in a loop: `for x in list { p = p * x }`",
    "prod": "multiply in a loop: `for x in list { p = p * x }`",
    "try": "there are no exceptions; test a value before it is used",
    "isnan": "compare with `undefined`: `x == undefined`",
    "is_na": "compare with `undefined` or `none`: `x == undefined`",
    "ifelse": "write `if condition { a } else { b }`",
  ]
}
