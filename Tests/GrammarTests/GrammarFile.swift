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
