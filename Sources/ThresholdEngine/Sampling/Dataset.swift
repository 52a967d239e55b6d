/// Labelled rows with named numeric features.
///
/// Features are kept a column at a time, since fitting and scoring walk down columns.
public struct Dataset: Hashable, Sendable {
  /// One name per feature, all different.
  public let featureNames: [String]
  /// One array per feature, each of `rows` finite numbers.
  public let features: [[Double]]
  /// Whether each row is positive.
  public let labels: [Bool]
  /// The name of the target, where that is known.
  public let targetName: String?

  /// Checks the columns and keeps them in the order given.
  ///
  /// - Complexity: O(rows · features), for the search for numbers that are not finite.
  public init(
    featureNames: [String], features: [[Double]], labels: [Bool], targetName: String? = nil
  ) throws(DatasetError) {
    guard !features.isEmpty else { throw .noFeatures }
    guard featureNames.count == features.count else {
      throw .unequalNames(names: featureNames.count, features: features.count)
    }
    var seen: Set<String> = []
    for name in featureNames where !seen.insert(name).inserted { throw .repeatedName(name) }
    for (name, column) in zip(featureNames, features) {
      guard column.count == labels.count else {
        throw .unequalLengths(feature: name, values: column.count, labels: labels.count)
      }
      if let row = column.firstNotFinite {
        throw .notFinite(feature: name, row: row, value: column[row])
      }
    }
    self.init(
      unchecked: features, names: featureNames, labels: labels, targetName: targetName)
  }

  /// Columns that have been checked already.
  init(unchecked features: [[Double]], names: [String], labels: [Bool], targetName: String?) {
    featureNames = names
    self.features = features
    self.labels = labels
    self.targetName = targetName
  }

  public var rows: Int { labels.count }

  /// How many rows are positive; O(rows).
  public var positives: Int { labels.count { $0 } }

  /// The share of positive rows; `nil` where there are no rows; O(rows).
  public var prevalence: Double? { rows > 0 ? Double(positives) / Double(rows) : nil }

  /// The rows at these positions, in that order; a position may stand more than once.
  ///
  /// - Precondition: Every position is within `0..<self.rows`.
  /// - Complexity: O(positions · features).
  public func subset(rows positions: [Int]) -> Dataset {
    Dataset(
      unchecked: features.map { $0.gathered(at: positions) }, names: featureNames,
      labels: labels.gathered(at: positions), targetName: targetName)
  }

  /// The rows at these positions, or `nil` soon after `isCancelled`, asked once a column, says so.
  public func subset(rows positions: [Int], isCancelled: () -> Bool) -> Dataset? {
    var columns: [[Double]] = []
    for column in features {
      if isCancelled() { return nil }
      columns.append(column.gathered(at: positions))
    }
    return Dataset(
      unchecked: columns, names: featureNames, labels: labels.gathered(at: positions),
      targetName: targetName)
  }
}

/// Why columns cannot be a dataset; rows count from 0.
public enum DatasetError: Error, Hashable, Sendable {
  case noFeatures
  case unequalNames(names: Int, features: Int)
  case repeatedName(String)
  case unequalLengths(feature: String, values: Int, labels: Int)
  /// The first value of a feature that is infinite or not a number.
  case notFinite(feature: String, row: Int, value: Double)
}

extension DatasetError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noFeatures: "there are no features"
    case .unequalNames(let names, let features): "\(names) names for \(features) features"
    case .repeatedName(let name): "two features are named \(name)"
    case .unequalLengths(let feature, let values, let labels):
      "the feature \(feature) has \(values) values for \(labels) labels"
    case .notFinite(let feature, let row, let value):
      "the feature \(feature) must be finite, but is \(value) in row \(row)"
    }
  }
}

extension [Double] {
  /// The first position of an infinity or a NaN.
  var firstNotFinite: Int? {
    // One sum suffices: x - x is 0 for finite x, NaN otherwise. It needs no branch in the loop.
    withUnsafeBufferPointer { values in
      var sum = 0.0
      for value in values { sum += value - value }
      return sum.isNaN ? values.firstIndex { !$0.isFinite } : nil
    }
  }
}

extension Array where Element: BitwiseCopyable {
  func gathered(at positions: [Int]) -> [Element] {
    withUnsafeBufferPointer { source in
      [Element](unsafeUninitializedCapacity: positions.count) { target, count in
        for (row, position) in positions.enumerated() {
          target.initializeElement(at: row, to: source[position])
        }
        count = positions.count
      }
    }
  }
}
