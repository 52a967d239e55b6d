import Foundation
import TableIO
import Testing
import ThrAnalysis
import ThrSyntax

@testable import ThrREPL

/// Answers to the tasks of the chapters, each with what a teacher would say: right, wrong with a
/// reply, or a look around, of which nothing is said.
@Suite struct TaskAnswersTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
  private static let tutorial = root.appending(path: "../../scripts/tutorial").standardizedFileURL

  private struct Answer {
    let verdict: Substring
    let code: String
    let reply: String
  }

  private static func answers(_ chapter: Int, task: Int) throws -> [Answer] {
    let name = "chapter\(chapter < 10 ? "0" : "")\(chapter)-task\(task).txt"
    let text = try String(contentsOf: root.appending(path: "Answers/\(name)"), encoding: .utf8)
    return text.split(separator: "\n").map { line in
      let parts = line.dropFirst(7).components(separatedBy: " => ")
      return Answer(
        verdict: line.prefix { $0 != " " }, code: parts[0], reply: parts.count > 1 ? parts[1] : "")
    }
  }

  @Test(arguments: 1...18) func areJudgedAsATeacherWould(number: Int) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.tutorial.path)
    let prefix = "\(number < 10 ? "0" : "")\(number)-"
    let name = try #require(names.first { $0.hasPrefix(prefix) })
    let bytes = try Data(contentsOf: Self.tutorial.appending(path: name))
    let chapter = try #require(Chapter(parse(Array(bytes))))
    var data: [String: String] = [:]
    for file in ["data/scores.csv", "data/new.csv"] {
      data[file] = try String(contentsOf: Self.tutorial.appending(path: file), encoding: .utf8)
    }
    let stage = PlayedStage(files: MemoryFileSystem(texts: data))
    let walk = Walkthrough(chapter, next: nil, on: stage, progress: nil)
    var task = 0
    for step in chapter.steps {
      switch step {
      case .prose: break
      case .code(let code):
        _ = stage.runQuietly(code)
        walk.remember(code)
      case .task(let found):
        task += 1
        for answer in try Self.answers(number, task: task) { judge(answer, found, walk, stage) }
        _ = stage.runQuietly(found.solution)
        walk.remember(found.solution)
      }
    }
    #expect(task > 0)
  }

  private func judge(
    _ answer: Answer, _ task: Chapter.Task, _ walk: Walkthrough, _ stage: PlayedStage
  ) {
    let result = stage.run(answer.code)
    #expect(result.outcome == .finished, "\(answer.code): \(result.outcome)")
    walk.note(result)
    let verdict = walk.verdict(on: result, task)
    switch answer.verdict {
    case "right": #expect(verdict?.isRight == true, "\(answer.code): \(verdict?.words ?? "")")
    case "look": #expect(verdict == nil, "\(answer.code): \(verdict?.words ?? "")")
    default:
      #expect(
        verdict?.isRight == false && verdict?.words.contains(answer.reply) == true,
        "\(answer.code): \(verdict?.words ?? "nothing")")
    }
    walk.restoreNames()
  }
}
