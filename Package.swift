// swift-tools-version: 6.2
import PackageDescription

#if canImport(Glibc)
import Glibc
#endif

// Arrows point one way: the command → prompt, server and what front ends share → analysis, runtime
// and terminal → model → syntax. libedit, the engine, the tables and the JSON text know nothing of
// the language.

/// Searches in sorted rows.
let algorithms = Target.Dependency.product(name: "Algorithms", package: "swift-algorithms")

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A release binary carries the Swift runtime, so that it starts in milliseconds and runs anywhere.
let staticRuntime: [String] = ["-static-stdlib"]

/// What shortens the start of a release binary, of which the dynamic loader took half: the C++
/// library as an archive, where the system has one, since its shared file is bound symbol by symbol;
/// and fixed addresses for the binary's own code and constants (libraries, heap and stack keep
/// random ones), since 55,000 of them would have to be adjusted at every start.
let quickStart: [String] = {
  #if canImport(Glibc)
  var found = glob_t()
  defer { globfree(&found) }
  guard glob("/usr/lib/gcc/*/*/libstdc++.a", 0, nil, &found) == 0 else { return [] }
  return [
    "-L\(Context.packageDirectory)/Sources/thr/Linking", "-Xlinker", "-lgcc_eh", "-Xclang-linker",
    "-no-pie",
  ]
  #else
  return []
  #endif
}()

/// Libraries: in a release binary as archives where the system has all of them, so that the binary
/// runs on machines without them.
///
/// - Parameters:
///   - needed: the names of the archives, `edit` for `libedit.a`, those that others stand on last.
///   - shared: what is linked where they are not used.
func libraries(_ needed: [String], shared: [String]) -> [LinkerSetting] {
  #if canImport(Glibc)
  let folders = [
    "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib",
  ]
  let home = folders.first { folder in
    needed.allSatisfy { access("\(folder)/lib\($0).a", R_OK) == 0 }
  }
  if let home {
    let flags = needed.flatMap { ["-Xlinker", "\(home)/lib\($0).a"] }
    return [.unsafeFlags(flags, .when(configuration: .release))]
      + shared.map { .linkedLibrary($0, .when(configuration: .debug)) }
  }
  #endif
  return shared.map { .linkedLibrary($0) }
}

let libEdit = libraries(["edit", "bsd", "md", "tinfo"], shared: ["edit"])
let compression = libraries(["z", "zstd", "lz4"], shared: ["z", "zstd", "lz4"])

func module(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: Target.Dependency..., exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: strict)
}

let package = Package(
  name: "thr",
  products: [
    .library(name: "ThresholdEngine", targets: ["ThresholdEngine"]),
    // What is knowable of a program without running it, for anyone who builds a tool.
    .library(
      name: "ThrAnalysis", targets: ["ThrAnalysis", "ThrLibrary", "ThrModel", "ThrSyntax"]),
    .executable(name: "thr", targets: ["thr"]),
  ],
  dependencies: [
    // Flags, usage errors and shell completions of the command, which people expect to be regular.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Binary searches (`partitioningIndex`), stated once and with their complexity.
    .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
  ],
  targets: [
    // MARK: - Numbers and files
    // Optimised in debug builds too: the tests run the real kernels on real sizes.
    .target(
      name: "CKernels", cSettings: [.unsafeFlags(["-O3"])], cxxSettings: [.unsafeFlags(["-O3"])]),
    // Where the stack stands, which Swift cannot ask for.
    .target(name: "CStack"),
    // Access lists of files, which Swift's module of the C library leaves out.
    .target(name: "CFiles"),
    // zlib, zstd and lz4, and a decoder of snappy. Optimised in debug builds too, as the kernels are.
    .target(
      name: "CCompression", cSettings: [.unsafeFlags(["-O3"])], linkerSettings: compression),
    // The chapters of `scripts/tutorial`, embedded by C23's `#embed`.
    .target(name: "CTutorial", cSettings: [.unsafeFlags(["-std=c23"])]),
    module("NumberText"),
    module("ParallelWork"),
    module("ContentHash"),
    module("Secrets"),
    module("ThresholdEngine", "CKernels", "NumberText", "ParallelWork", algorithms),
    module(
      "TableIO", "CCompression", "CFiles", "CKernels", "JSONText", "NumberText", "ParallelWork",
      algorithms),
    module("JSONText", "NumberText"),
    // The C interfaces of ADBC and of Arrow's data; drivers are opened at run time.
    .target(name: "CADBC"),
    module(
      "Databases", "CADBC", "ThresholdEngine", "TableIO", "NumberText", "ParallelWork", "Secrets"),
    module("Drawing", "NumberText", "ContentHash", algorithms),

    // MARK: - Language
    module("ThrSyntax", "NumberText", "Secrets", algorithms),
    module(
      "ThrModel", "ThrSyntax", "ThresholdEngine", "TableIO", "Drawing", "NumberText",
      "ParallelWork"),
    module(
      "ThrLibrary", "ThrModel", "ThrSyntax", "ThresholdEngine", "TableIO", "Databases", "Drawing",
      "JSONText", "NumberText", "ContentHash", "ParallelWork", "Secrets", algorithms),
    module("ThrAnalysis", "ThrModel", "ThrSyntax", "JSONText", algorithms),
    .target(
      name: "ThrRuntime",
      dependencies: [
        "ThrModel", "ThrSyntax", "TableIO", "NumberText", "ParallelWork", "CStack",
      ], exclude: ["Compiled/README.md"], swiftSettings: strict),
    module("DocumentEvaluation", "ThrAnalysis", "ThrSyntax", "ParallelWork"),

    // MARK: - Terminal
    // Without `pkgConfig`, which would add the shared library to a binary that holds the archive.
    .systemLibrary(name: "CLibEdit"),
    .target(
      name: "LibEdit", dependencies: ["CLibEdit"], exclude: ["README.md"], swiftSettings: strict,
      linkerSettings: libEdit),
    module("TerminalOutput", "ThrModel", "ThrSyntax", "Drawing", "ParallelWork"),

    // MARK: - Front ends
    // What every front end needs beside its protocol or its terminal.
    module(
      "ThrFrontEnd", "DocumentEvaluation", "TerminalOutput", "ThrLibrary", "ThrAnalysis",
      "ThrRuntime", "ThrModel", "ThrSyntax", "JSONText", "TableIO", "Drawing", "CTutorial",
      "ParallelWork", "ContentHash"),
    module(
      "ThrREPL", "LibEdit", "TerminalOutput", "ThrAnalysis", "ThrRuntime", "ThrModel", "ThrSyntax",
      "Drawing", "TableIO", "NumberText", "ParallelWork", "Secrets"),
    module(
      "ThrLanguageServer", "DocumentEvaluation", "ThrAnalysis", "ThrModel", "ThrSyntax", "JSONText",
      "ContentHash", "ParallelWork", "Secrets", algorithms),

    // MARK: - Command
    .executableTarget(
      name: "thr",
      dependencies: [
        "ThrFrontEnd", "ThrREPL", "ThrLanguageServer", "TerminalOutput", "ThrLibrary",
        "ThrAnalysis", "ThrRuntime", "ThrModel", "ThrSyntax", "JSONText", "TableIO", "ParallelWork",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Linking"],
      swiftSettings: strict + [
        .unsafeFlags(staticRuntime, .when(platforms: [.linux], configuration: .release))
      ],
      // The argument parser is compiled without the flag, and so names FoundationEssentials but not
      // the archives that this one stands on.
      linkerSettings: [
        .unsafeFlags(
          staticRuntime + ["-l_FoundationCShims", "-l_FoundationCollections"] + quickStart,
          .when(platforms: [.linux], configuration: .release))
      ]),

    // MARK: - Tests
    // The evaluator that walks the tree: what the compiled programs of ThrRuntime are held against.
    .target(
      name: "TreeWalk",
      dependencies: ["ThrRuntime", "ThrModel", "ThrSyntax", "TableIO", "ParallelWork", "CStack"],
      path: "Tests/TreeWalk", exclude: ["README.md"],
      swiftSettings: [.enableUpcomingFeature("ExistentialAny")]),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    // The small languages that analysis, runtime and server are tested with.
    .target(
      name: "ToyLibrary",
      dependencies: ["ThrModel", "ThrSyntax", "ThresholdEngine", "TableIO", "ParallelWork"],
      path: "Tests/ToyLibrary", swiftSettings: strict),
    // Compiles the scanner of `grammar/tree-sitter` and runs it over texts.
    .target(name: "TreeSitterScanner", path: "Tests/TreeSitterScanner"),
    // Reads `grammar/thr.ebnf`. Optimised in debug builds too: the tests recognise whole corpora.
    .target(
      name: "GrammarReading", path: "Tests/GrammarReading",
      swiftSettings: strict + [.unsafeFlags(["-O"])]),
    // Writes the editors' grammars and the reference; `scripts/regenerate` runs it.
    .executableTarget(
      name: "generate",
      dependencies: [
        "GrammarReading", "ThrAnalysis", "ThrLibrary", "ThrModel", "ThrRuntime", "ThrSyntax",
      ],
      path: "scripts/generate", exclude: ["tree-sitter-json.js"], swiftSettings: strict),
    tests(
      "GrammarTests", "GrammarReading", "ThrSyntax", "TreeSitterScanner", "generate", "TestSupport"),
    tests("NumberTextTests", "NumberText"),
    tests(
      "ThresholdEngineTests", "ThresholdEngine", "ParallelWork", "CKernels", "JSONText",
      "TestSupport"),
    tests("ContentHashTests", "ContentHash"),
    tests("ParallelWorkTests", "ParallelWork"),
    tests("TableIOTests", "TableIO", "CFiles", "JSONText", "NumberText"),
    tests("JSONTextTests", "JSONText"),
    tests(
      "DatabasesTests", "Databases", "CADBC", "ThresholdEngine", "TableIO", "ParallelWork",
      "Secrets", "TestSupport"),
    tests("ThrModelTests", "ThrModel"),
    tests("DrawingTests", "Drawing"),
    tests("ThrSyntaxTests", "ThrSyntax", "TestSupport"),
    tests(
      "ThrAnalysisTests", "ThrAnalysis", "ThrModel", "ThrSyntax", "TestSupport", "ToyLibrary",
      exclude: ["Markers"]),
    tests(
      "ThrRuntimeTests", "ThrRuntime", "ThrAnalysis", "ThrModel", "ThrSyntax", "TableIO",
      "ThresholdEngine", "TreeWalk", "ToyLibrary"),
    tests(
      "ThrLibraryTests", "ThrLibrary", "ThrAnalysis", "ThrModel", "ThrRuntime", "ThrSyntax",
      "ThresholdEngine", "TableIO", "Drawing", "JSONText", "ParallelWork", "TreeWalk",
      "TestSupport"),
    tests(
      "ThrLanguageServerTests", "thr", "ThrFrontEnd", "ThrLanguageServer", "DocumentEvaluation",
      "ThrLibrary", "ThrREPL", "ThrAnalysis", "ThrModel", "ThrRuntime", "ThrSyntax", "TableIO",
      "ThresholdEngine", "JSONText", "TestSupport", "ToyLibrary", exclude: ["Markers"]),
    tests("LibEditTests", "LibEdit", "TestSupport"),
    tests("TerminalOutputTests", "TerminalOutput", "ThrModel", "Drawing"),
    tests(
      "ThrREPLTests", "ThrREPL", "LibEdit", "TerminalOutput", "ThrLibrary", "ThrAnalysis",
      "ThrModel", "ThrRuntime", "ThrSyntax", "Drawing", "TableIO", "TestSupport",
      exclude: ["Answers"]),
    // Scripts with what each line shows or reports.
    tests(
      "SpecTests", "ThrAnalysis", "ThrLibrary", "ThrModel", "ThrRuntime", "ThrSyntax", "TableIO",
      exclude: ["Specs"]),
    // Keys sent to the command in a terminal, and what the screen then shows.
    tests("TerminalTests", "thr", "TestSupport"),
    // Run the command itself.
    tests(
      "CommandTests", "thr", "ThrFrontEnd", "DocumentEvaluation", "ThrAnalysis",
      "ThrLanguageServer", "ThrLibrary", "ThrModel", "ThrSyntax", "TestSupport",
      exclude: ["Expected"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
