/// Names of Python, R and SQL that thr does not have, and what it writes instead.
///
/// A name that stands for one function here is one of its `foreignNames`.
enum ForeignNames {
  /// The name here of a constant elsewhere.
  static let constants = [
    "null": "none", "nil": "none", "nan": "undefined", "na": "undefined",
  ]

  /// What to write for a name, as the words of a remedy.
  ///
  /// - Parameter name: in lower case.
  static func remedy(for name: String) -> String? { remedies[name] }

  /// The metric for a name that holds its beta: `fbeta(2)` for `f2`, `fbeta(0.5)` for `f05` or
  /// `f0_5`.
  static func fBeta(_ name: String, among names: [String]) -> String? {
    var digits = name.lowercased()[...]
    if digits.hasSuffix("_score") { digits.removeLast("_score".count) }
    guard let start = ["fbeta", "f_", "f"].first(where: digits.hasPrefix) else { return nil }
    digits = digits.dropFirst(start.count).drop { $0 == "_" }
    guard names.contains("fbeta"), digits.count <= 4, let first = digits.first, first.isNumber,
      digits.allSatisfy({ ("0"..."9").contains($0) || $0 == "_" }), digits.last != "_"
    else { return nil }
    let beta = digits.replacing("_", with: ".")
    let points = beta.count { $0 == "." }
    guard points < 2 else { return nil }
    let isFraction = points == 0 && beta.count > 1 && beta.hasPrefix("0")
    return "fbeta(\(isFraction ? "0." + beta.dropFirst() : beta))"
  }

  /// What to write for a member or method, as the words of a remedy.
  ///
  /// - Parameters:
  ///   - isTable: whether the value has columns, of which any may have the name of a function.
  ///   - owner: the type of the value.
  static func remedy(
    forMember name: String, ofTable isTable: Bool, of owner: ValueType
  ) -> String? {
    if isTable { return tableMethods[name] }
    switch owner {
    case .list, .text, .number, .record: return methods[name] ?? remedies[name]
    default: return nil
    }
  }

  /// The member here that took the place of one that an earlier version had.
  static func member(inPlaceOf name: String, among members: [String]) -> String? {
    formerMembers[name].flatMap { members.contains($0) ? $0 : nil }
  }

  private static let formerMembers = [
    "out_of_bag": "worth", "out_of_bag_interval": "worth_interval",
    "value_interval": "worth_interval",
  ]

  /// The parameter here for one that other tools have, if the function has it.
  static func parameter(for name: String, among names: [String]) -> String? {
    parameters[name.lowercased(), default: []].first { names.contains($0) }
  }

  /// What to write for an argument that no function here has.
  static func remedy(forArgument name: String, among names: [String]) -> String? {
    switch name {
    case "alpha" where names.contains("level"):
      "`level` is one minus `alpha`: `level=95%` for `alpha=0.05`"
    case "capacity" where names.contains("where"), "max_flags" where names.contains("where"):
      "limit it by a constraint: `where = flagged <= 200`"
    case "fp_cost" where names.contains("metric"), "fn_cost" where names.contains("metric"):
      "give costs as the metric: `cost(fp=1, fn=20)`"
    case "usecols" where names.contains("path"), "columns" where names.contains("path"):
      "all columns are read; `select(table, [\"a\", \"b\"])` keeps some"
    case "nrows" where names.contains("path"): "`head(read(path), n)` gives the first rows"
    default: nil
    }
  }

  private static let parameters: [String: [String]] = [
    "pos_label": ["positive"], "event_level": ["positive"], "pos_class": ["positive"],
    "sample_weight": ["weight"], "weights": ["weight"], "wt": ["weight"],
    "y_true": ["label"], "y_score": ["score"], "y_prob": ["score"], "y_pred": ["score"],
    "predictor": ["score"], "response": ["label"],
    "sep": ["delimiter"], "delim": ["delimiter"], "na_values": ["missing"], "na": ["missing"],
    "skiprows": ["skip"], "dtype": ["text"], "col_types": ["text"], "dec": ["decimal"],
    "n_samples": ["rows"], "n_informative": ["informative"], "n_features": ["features"],
    "n_redundant": ["redundant"], "n_clusters_per_class": ["clusters"], "flip_y": ["flip"],
    "class_sep": ["separation"], "random_state": ["seed"], "random_seed": ["seed"],
    "test_size": ["test"], "train_size": ["train"], "stratify": [],
    "boot_runs": ["bootstrap"], "n_boot": ["bootstrap"], "n_bootstrap": ["bootstrap"],
    "samples": ["bootstrap"], "use_midpoints": ["midpoint"], "break_ties": ["ties"],
    "tol_metric": ["near"], "conf_level": ["level"], "confidence_level": ["level"],
    "n_bins": ["bins"], "subgroup": ["by"], "groupby": ["by"], "groups": ["by", "unit"],
    "threshold": ["at"], "cutoff": ["at"], "cutpoint": ["at"], "constraint": ["where"],
    "subject_to": ["where"], "scoring": ["metric"], "objective": ["metric"],
    "ascending": ["descending"], "decreasing": ["descending"], "key": ["by"],
    "decimals": ["digits"], "ndigits": ["digits"],
  ]

  private static let tableMethods: [String: String] = [
    "shape": "the sizes are `table.rows` and `len(table.columns)`",
    "iloc": "the first rows are `head(table, n)`; `filter(table, condition)` chooses others",
    "loc": "rows are chosen by `filter(table, condition)`, columns by `select(table, names)`",
    "query": "rows are chosen by `filter(table, condition)`",
    "sort_values": "thr writes `sort(table, by=\"name\")`",
    "order_by": "thr writes `sort(table, by=\"name\")`",
    "arrange": "thr writes `sort(table, by=\"name\")`",
    "describe": "thr writes `summary(table)`", "info": "thr writes `summary(table)`",
    "dtypes": "thr writes `summary(table)`",
    "drop": "`select(table, names)` keeps the columns that it names",
    "rename": "`derive(table, new = old)` gives a column another name",
    "dropna": "rows with missing cells are left out where they are used",
    "iterrows": "compute by columns: `derive(table, name = expression)`",
    "apply": "compute by columns: `derive(table, name = expression)`",
    "groupby": "functions take groups by `by=`: `summary(table, by=\"site\")`",
    "group_by": "functions take groups by `by=`: `summary(table, by=\"site\")`",
    "value_counts": "`unique(column(table, \"name\"))` lists the values",
    "to_numpy": "a column is a list: `column(table, \"name\")`",
    "tolist": "a column is a list: `column(table, \"name\")`",
  ]

  private static let methods: [String: String] = [
    "extend": "join lists with `+`", "add": "add to a list with `list + [value]`",
    "insert": "join parts: `list[:i] + [value] + list[i:]`",
    "pop": "take a part: `list[:-1]`", "remove": "choose elements: `[x for x in list if x != a]`",
    "index": "look for the value: `[i for i in range(len(list)) if list[i] == a]`",
    "contains": "thr writes `a in list`", "includes": "thr writes `a in list`",
    "has": "thr writes `a in list`", "size": "thr writes `len(…)`",
    "first": "the first element is `list[0]`", "last": "the last element is `list[-1]`",
    "forEach": "thr writes `for x in list { … }`", "items": "`keys(record)` lists the fields",
    "get": "read a field by its name: `record[\"name\"]`",
    "upper": "thr does not change the letters of a text",
    "lower": "thr does not change the letters of a text",
    "format": "write values in braces: `\"threshold {t:.3f}\"`",
    "startswith": "compare the beginning: `text[:3] == \"abc\"`",
    "endswith": "compare the end: `text[-3:] == \"abc\"`",
    "join": "join texts with `+`, or write values in braces: `\"{a}, {b}\"`",
    "slice": "thr writes `list[1:3]`", "substr": "thr writes `text[1:3]`",
    "substring": "thr writes `text[1:3]`",
  ]

  private static let remedies: [String: String] = [
    "upper": "thr does not change the letters of a text",
    "lower": "thr does not change the letters of a text",
    "toupper": "thr does not change the letters of a text",
    "tolower": "thr does not change the letters of a text",
    "substr": "take a part of a text: `text[1:3]`",
    "substring": "take a part of a text: `text[1:3]`",
    "tail": "take the last elements of a list: `list[-5:]`",
    "ci": "intervals come from `confidence(tuning)`",
    "wilson": "intervals of rates come from `confidence(evaluation)`",
    "interval": "intervals come from `confidence(…)` of a tuning, an evaluation or a curve",
    "binom": "intervals of rates come from `confidence(evaluation)`",
    "groupby": "functions take groups by `by=`: `tune(scores, f1, by=\"site\")`",
    "group_by": "functions take groups by `by=`: `tune(scores, f1, by=\"site\")`",
    "extend": "join lists with `+`",
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
    "show": "write the value alone on its line, or `print(…)`",
    "display": "write the value alone on its line, or `print(…)`",
    "histogram": "thr writes `distribution(scores)`, and `plot` draws it",
    "hist": "thr writes `distribution(scores)`, and `plot` draws it",
    "count": "count with `len([x for x in list if …])`",
    "product": "multiply in a loop: `for x in list { p = p * x }`",
    "prod": "multiply in a loop: `for x in list { p = p * x }`",
    "try": "there are no exceptions; test a value before it is used",
    "isnan": "compare with `undefined`: `x == undefined`",
    "is_na": "compare with `undefined` or `none`: `x == undefined`",
    "ifelse": "write `if condition { a } else { b }`",
  ]
}
