import ArgumentParser
import TableIO
import TerminalOutput
import ThrAnalysis
import ThrFrontEnd
import ThrREPL

/// `thr tutorial [CHAPTER]`: walks through a chapter at the prompt, or lists them.
struct TutorialCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tutorial", abstract: "Walks through a chapter; without a number, lists them.",
    discussion: """
      If standard input is not a terminal, the whole chapter is printed, with the solutions of its \
      tasks.
      """)

  @ArgumentParser.Argument(help: "The chapter's number.")
  var chapter: Int?

  func run() throws {
    let progress = WalkthroughProgress(files: LocalFileSystem())
    guard let number = chapter else { return Console.value(Self.list(progress)) }
    let chapters = Tutorial.chapters
    guard let chapter = chapters.first(where: { $0.number == number }) else {
      Console.message("thr: there is no chapter \(number); `thr tutorial` lists them")
      throw ExitStatus.usage
    }
    let next = chapters.first { $0.number == number + 1 }
    Conversation(isStrict: false, files: TutorialFiles())
      .walk(through: chapter, next: next, progress)
  }

  /// The chapters, with how far the learner is in each.
  private static func list(_ progress: WalkthroughProgress) -> String {
    let chapters = Tutorial.chapters
    let width = chapters.map(\.title.count).max() ?? 0
    let lines = chapters.map { chapter in
      let gap = String(repeating: " ", count: width - chapter.title.count)
      let line = "  \(chapter.number)  \(chapter.title)\(gap)  \(progress.text(of: chapter))"
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    let first = chapters.first { !progress.isDone($0) }?.number ?? 1
    return (lines + ["", "To continue: `thr tutorial \(first)`."]).joined(separator: "\n")
  }
}
