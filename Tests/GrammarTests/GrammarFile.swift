import Foundation
import GrammarReading

/// `grammar/thr.ebnf` as it stands in the repository.
enum GrammarFile {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let grammar: Grammar = {
    do {
      let file = root.appending(path: "grammar/thr.ebnf")
      return try Grammar(reading: String(contentsOf: file, encoding: .utf8))
    } catch {
      fatalError("grammar/thr.ebnf: \(error)")
    }
  }()

  /// The texts of the example scripts and of the tutorial.
  static func scripts() throws -> [String] {
    try ["scripts/tutorial", "scripts/examples"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(
        at: root.appending(path: folder), includingPropertiesForKeys: nil)
    }.filter { $0.pathExtension == "thr" }.map { try String(contentsOf: $0, encoding: .utf8) }
  }

  static let recogniser = Recogniser(grammar)
}

/// A small seeded generator, so that a failure can be repeated (SplitMix64, Steele 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
