/// Which rows a part of a metric counts, and how much each: those where conditions hold, those of a
/// group, each by the value of a column.
public struct Tally: Hashable, Sendable {
  /// The column whose value is what a row counts, beside its weight; `nil` where each counts once.
  public var column: String?
  /// What must hold for a row to count at all.
  public var conditions: [RowCondition] = []
  /// The only group that counts.
  var group: RowGroup?
}

/// One value of a column, by its position among all.
struct RowGroup: Hashable, Sendable {
  var column: String
  var index: Int
}

/// A condition on the columns of a row, known by its source text.
public struct RowCondition: Hashable, Sendable {
  /// The condition as source text, with the values of all names that are no columns.
  public let text: String
  /// What finds the rows for which it holds: the caller's own.
  public let finder: any Sendable

  public init(_ text: String, finder: any Sendable) {
    self.text = text
    self.finder = finder
  }

  public static func == (one: RowCondition, other: RowCondition) -> Bool {
    one.text == other.text
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// What is known of the rows of scores beside score, label and weight.
public struct RowFacts: Sendable {
  /// Finite numbers, one a row; 0 where a value is missing, so that the row does not count.
  public var columns: [String: [Double]] = [:]
  /// Whether a condition certainly holds, one a row.
  public var conditions: [RowCondition: [Bool]] = [:]
  public var groups: [String: Groups] = [:]

  /// The position of each row's value among the values of a column; -1 where it is missing.
  public struct Groups: Hashable, Sendable {
    public var codes: [Int32]
    public var count: Int

    public init(codes: [Int32], count: Int) {
      self.codes = codes
      self.count = count
    }
  }

  public init() {}
}

/// The columns, conditions and groups that a metric or a constraint asks of rows.
public struct RowDemands: Hashable, Sendable {
  /// Columns that weigh rows, with the part that uses each first.
  public internal(set) var columns: [(name: String, use: ColumnUse)] = []
  public internal(set) var conditions: [RowCondition] = []
  /// Columns that make groups.
  public internal(set) var groups: [String] = []
  /// Parts that have a value where a threshold is chosen, and nowhere else.
  public internal(set) var searched: [Metric] = []

  public init() {}

  public var isEmpty: Bool { columns.isEmpty && conditions.isEmpty && groups.isEmpty }

  /// Where a column weighs rows.
  public struct ColumnUse: Hashable, Sendable {
    /// The part of the metric, as `recall["amount"]`.
    public let text: String
    /// Whether it is a count, which may be of less than nothing, and no share.
    public let isCount: Bool
  }

  public static func == (one: RowDemands, other: RowDemands) -> Bool {
    one.conditions == other.conditions && one.groups == other.groups
      && one.columns.map(\.name) == other.columns.map(\.name)
      && one.columns.map(\.use) == other.columns.map(\.use)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(columns.map(\.use))
    hasher.combine(conditions)
    hasher.combine(groups)
  }

  public mutating func formUnion(_ other: RowDemands) {
    columns += other.columns
    conditions += other.conditions.filter { !conditions.contains($0) }
    groups += other.groups.filter { !groups.contains($0) }
    searched += other.searched.filter { !searched.contains($0) }
  }
}
