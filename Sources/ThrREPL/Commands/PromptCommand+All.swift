import Glibc
import LibEdit
import TerminalOutput
public import ThrAnalysis
import ThrModel
import ThrSyntax

extension PromptCommand {
  /// Every command of the prompt, in the order in which `.help` lists them.
  static let all: [PromptCommand] = [
    help, tutorial, vars, browse, time, save, load, edit, history, cd, reset, keys, brackets, quit,
  ]

  private static let help = PromptCommand(
    "help", .other("[NAME|shortcuts]"), "lists these commands; `.help NAME` is `?NAME`"
  ) { repl, argument in
    switch argument {
    case "": repl.show(overview)
    case "shortcuts": repl.show(EditCommand.overview(isVi: repl.prompt.usesViKeys))
    default: repl.reportHelp(argument)
    }
    return .goOn
  }

  private static let tutorial = PromptCommand(
    "tutorial", .other("[CHAPTER]"),
    "lists the chapters, or walks through one; your variables are kept"
  ) { _, chapter in
    guard chapter.allSatisfy(\.isNumber) else { return usage(".tutorial [CHAPTER]") }
    // A process of its own has names of its own.
    let line = "exec /proc/$PPID/exe tutorial" + (chapter.isEmpty ? "" : " \(chapter)")
    if ChildProcess.run(line) == nil { Messages.write("the tutorial cannot be started\n") }
    return .goOn
  }

  private static let vars = PromptCommand(
    "vars", .none, "lists your variables with type, rows and value"
  ) { repl, _ in
    let table = VariableTable(repl.checked.session, repl.environment.context.display)
    if table.isEmpty {
      Messages.write("no variables yet; `x = 1` makes one\n")
    } else {
      repl.show(table.text(width: Terminal().width))
    }
    return .goOn
  }

  private static let time = PromptCommand(
    "time", .code,
    "runs the code and prints the time it took; without code, the time of the last input"
  ) { repl, argument in
    if !argument.isEmpty { _ = repl.evaluate(argument) }
    repl.reportDuration()
    return .goOn
  }

  private static let save = PromptCommand(
    "save", .file, "writes a script that reproduces your current values"
  ) { repl, path in
    guard !path.isEmpty else { return usage(".save FILE") }
    repl.save(to: path)
    return .goOn
  }

  private static let load = PromptCommand(
    "load", .file, "runs a script as if it were typed here"
  ) { repl, path in
    guard !path.isEmpty else { return usage(".load FILE") }
    repl.load(path)
    return .goOn
  }

  private static let edit = PromptCommand(
    "edit", .fileOrNothing, "opens your editor with the last input, or with a script, then runs it"
  ) { repl, path in
    path.isEmpty ? repl.editLastInput() : repl.edit(path)
  }

  private static let reset = PromptCommand("reset", .none, "deletes all your variables") {
    repl, _ in
    repl.reset()
    return .goOn
  }

  private static let keys = PromptCommand(
    "keys", .word(["emacs", "vi"]), "switches to the keys of emacs or vi"
  ) { repl, word in
    switch word {
    case "vi": repl.prompt.usesViKeys = true
    case "emacs": repl.prompt.usesViKeys = false
    case "": Terminal.write(repl.prompt.usesViKeys ? "vi\n" : "emacs\n")
    default: return usage(".keys [emacs|vi]")
    }
    return .goOn
  }

  private static let browse = PromptCommand(
    "browse", .code,
    "shows a table on the whole screen: all rows, all columns, sorted by any of them"
  ) { repl, code in
    repl.browse(code)
    return .goOn
  }

  private static let history = PromptCommand(
    "history", .other("[TEXT|NUMBER]"),
    "lists the newest inputs that hold the text; a number fetches one"
  ) { repl, argument in repl.showHistory(argument) }

  private static let cd = PromptCommand(
    "cd", .folder, "changes the working folder; `cd FOLDER` does too, `cd -` goes back"
  ) { repl, folder in
    repl.changeFolder(to: folder)
    return .goOn
  }

  private static let brackets = PromptCommand(
    "brackets", .word(["on", "off"]), "closes brackets and quotes as you type, or not"
  ) { repl, word in
    switch word {
    case "on": repl.prompt.closesBrackets = true
    case "off": repl.prompt.closesBrackets = false
    case "": Terminal.write(repl.prompt.closesBrackets ? "on\n" : "off\n")
    default: return usage(".brackets [on|off]")
    }
    return .goOn
  }

  private static let quit = PromptCommand(
    "quit", .none, "leaves; so do `exit` and Ctrl-D", aliases: ["exit", "q"]
  ) { _, _ in .leave }

  private static func usage(_ text: String) -> REPL.Next {
    Messages.write("usage: \(text)\n")
    return .goOn
  }

  /// What `.help` shows.
  fileprivate static var overview: HelpDocument {
    HelpDocument([
      .heading("Inputs"),
      .definitions([
        .init("CODE", "runs the code and shows its value; `_` is the value shown last"),
        .init("|> CODE", "passes the value shown last to CODE"),
        .init(
          "?NAME, NAME?",
          "describes a function, metric, type, keyword, member or topic; `?` alone lists all"),
        .init("??NAME", "shows the statements that a name of yours comes from"),
        .init("!COMMAND", "runs a command of the shell"),
      ]),
      .heading("Commands"),
      .definitions(all.map { .init($0.usage, $0.summary) }),
      .paragraph("`.help shortcuts` lists the keys."),
    ])
  }
}

extension REPL {
  /// What the manual page says of the prompt: its inputs, its commands and its keys.
  public static var manual: [HelpDocument] {
    [PromptCommand.overview, EditCommand.overview(isVi: false)]
  }
}

extension EditCommand {
  /// What `.help shortcuts` shows.
  static func overview(isVi: Bool) -> HelpDocument {
    var document = HelpDocument()
    for group in Group.allCases {
      let bindings = all.filter { $0.group == group && !$0.summary.isEmpty }
      document.parts.append(.heading(group.rawValue))
      document.parts.append(
        .definitions(bindings.map { .init($0.labels(isVi: isVi), $0.summary) }))
    }
    return document
  }

  private func labels(isVi: Bool) -> String {
    let usable = chords.filter { !(isVi && $0.beginsWithEscape) } + (isVi ? viChords : [])
    var labels: [String] = []
    for chord in usable where !labels.contains(chord.label) { labels.append(chord.label) }
    return labels.joined(separator: ", ")
  }
}
