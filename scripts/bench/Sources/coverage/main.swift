// How often 90 % intervals of tunings contain the truth, on rows whose truth is known.
//
//   scripts/coverage [SETS [SAMPLES [NAME]]]
//
// Prints a table in Markdown; `SETS` sets of rows a line, `SAMPLES` bootstrap samples a set, and only
// the lines whose name contains `NAME`.

import Glibc
import ThresholdEngine

let arguments = CommandLine.arguments.dropFirst().map { $0 }
let sets = arguments.first.flatMap { Int($0) } ?? 500
let samples = arguments.dropFirst().first.flatMap { Int($0) } ?? 400
let wanted = arguments.dropFirst(2).first ?? ""

func studies(_ positives: Int) throws -> [Study] {
  let rare = Population(prevalence: 0.05)
  let clustered = Population(prevalence: 0.05, rowsOfUnit: 2)
  func study(_ name: String, _ metric: Metric, where constraint: Constraint? = nil) -> Study {
    Study(
      name: name, population: rare, positives: positives, metric: metric, mean: metric,
      constraint: constraint)
  }
  let cost = Metric.cost(fp: 1, fn: Population.meanAmount)
  return [
    study("f1", .f1), study("youden", .youden), study("gmean", .gmean),
    study(
      "recall, precision at least that at recall 1/2", .recall,
      where: .precision >= Metric(rare.precisionAtHalf)),
    study("cost(fp=1, fn=10)", cost),
    Study(
      name: "cost(fp=1, fn=\"amount\"), heavy tail", population: rare, positives: positives,
      metric: try .cost(fp: .fixed(1), fn: .column("amount")), mean: cost),
    Study(
      name: "f1, unit of 2 rows", population: clustered, positives: positives, metric: .f1,
      mean: .f1, drawsUnits: true),
  ]
}

func decimals(_ value: Double, _ digits: Int) -> String {
  let scale = pow(10, Double(digits))
  return "\((value * scale).rounded() / scale)"
}

print("| metric | positives | sets | worth | gain | threshold | width | bias |")
print("|---|---|---|---|---|---|---|---|")
for positives in [50, 500] {
  for study in try studies(positives) where wanted.isEmpty || study.name.contains(wanted) {
    let found = try study.run(sets: sets, samples: samples, seed: 11)
    let count = Double(max(found.sets, 1))
    func share(_ hits: Int) -> String { "\(decimals(100 * Double(hits) / count, 1)) %" }
    let scale = found.scale
    print(
      "| \(study.name) | \(positives) | \(found.sets) | \(share(found.worth)) "
        + "| \(share(found.gain)) | \(share(found.threshold)) "
        + "| \(decimals(found.width / count / scale, 3)) "
        + "| \(decimals(found.error / count / scale, 4)) |"
        + (found.level > 0
          ? " <!-- where_level \(decimals(found.level / count, 3)), holds \(share(found.holds)) -->"
          : ""))
    fflush(nil)
  }
}
