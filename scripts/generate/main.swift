import Foundation
import GrammarReading
import ThrLibrary

// generate [--check] ROOT: writes the files that follow from the grammar and the library, or
// reports which of them are stale.

let arguments = CommandLine.arguments.dropFirst()
let root = URL(filePath: arguments.last ?? ".")
let text = try String(
  contentsOf: root.appending(path: "grammar/thr.ebnf"), encoding: .utf8)
let files = try GeneratedFiles(Grammar(reading: text), text: text, .standard).all
let isCheck = arguments.first == "--check"

var stale: [String] = []
for (path, content) in files {
  let file = root.appending(path: "grammar").appending(path: path)
  if (try? String(contentsOf: file, encoding: .utf8)) == content { continue }
  stale.append("grammar/\(path)")
  guard !isCheck else { continue }
  try FileManager.default.createDirectory(
    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  try content.write(to: file, atomically: true, encoding: .utf8)
}
for path in stale { print(isCheck ? "\(path) is stale: run scripts/regenerate" : "wrote \(path)") }
exit(isCheck && !stale.isEmpty ? 1 : 0)
