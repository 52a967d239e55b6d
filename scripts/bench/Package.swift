// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that no one who builds thr builds its benchmarks.
let package = Package(
  name: "bench",
  dependencies: [.package(name: "thr", path: "../..")],
  targets: [
    .executableTarget(
      name: "thr-bench", dependencies: [.product(name: "ThresholdEngine", package: "thr")]),
    .executableTarget(
      name: "coverage", dependencies: [.product(name: "ThresholdEngine", package: "thr")]),
    .executableTarget(
      name: "contracts", dependencies: [.product(name: "ThresholdEngine", package: "thr")]),
    .executableTarget(
      name: "analysis-bench", dependencies: [.product(name: "ThrAnalysis", package: "thr")]),
  ],
  swiftLanguageModes: [.v6]
)
