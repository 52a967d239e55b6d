@preconcurrency import Glibc
import ThresholdEngine

extension Bench {
  /// A fit of the features in a folder; answers the objective it reaches.
  static func fit(_ folder: String) -> Job {
    let data = dataset(folder)
    return Job {
      guard let model = try? LogisticRegression.fit(data) else { return { [] } }
      return { [objective(of: model, on: data)] }
    }
  }

  static func dataset(_ folder: String) -> Dataset {
    let labels = labels(folder)
    let values = doubles(folder + "/features.f64")
    // Column by column.
    let columns = stride(from: 0, to: values.count, by: labels.count).map {
      Array(values[$0..<$0 + labels.count])
    }
    do {
      return try Dataset(
        featureNames: columns.indices.map { "x\($0 + 1)" }, features: columns, labels: labels)
    } catch {
      fatalError("\(error)")
    }
  }

  /// ½‖w‖² + Σ log-loss, by the definition.
  private static func objective(of model: LogisticModel, on data: Dataset) -> Double {
    guard let decision = try? model.decision(of: data) else { return .nan }
    let penalty = model.coefficients.reduce(0) { $0 + $1 * $1 } / 2
    return zip(decision, data.labels).reduce(penalty) { sum, row in
      let miss = row.1 ? -row.0 : row.0
      return sum + max(miss, 0) + log1p(exp(-abs(miss)))
    }
  }
}
