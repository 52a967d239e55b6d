public import ThrModel

extension Library {
  /// Everything that a program may name without declaring it: the one list.
  public static let standard = Library(
    builtins: Builtin.everyday,
    constants: [],
    types: [.table])
}

extension Builtin {
  static let everyday: [Builtin] = [
    .print, .len, .range, .sum, .mean, .median, .min, .max, .sort, .reverse, .unique, .round,
    .floor, .ceil, .abs, .sqrt, .exp, .log, .number, .text,
  ]
}
