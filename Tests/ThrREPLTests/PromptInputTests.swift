import Testing

@testable import ThrREPL

@Suite struct PromptInputTests {
  @Test(arguments: [
    ("!ls -l", PromptInput.shell("ls -l")), ("!", .shell("")),
    ("!cd data", .command(name: "cd", argument: "data")),
    ("cd", .command(name: "cd", argument: "")), ("cd -", .command(name: "cd", argument: "-")),
    ("cd ~/data", .command(name: "cd", argument: "~/data")),
    (".cd ..", .command(name: "cd", argument: "..")),
    ("cd = 5", .code("cd = 5", shift: 0)), ("cd(2)", .code("cd(2)", shift: 0)),
    ("cd + 1", .code("cd + 1", shift: 0)), ("cd |> sum", .code("cd |> sum", shift: 0)),
    ("cd and true", .code("cd and true", shift: 0)), ("cdf", .code("cdf", shift: 0)),
    ("??m", .source("m")), ("?m", .help("m")), ("m?", .help("m")),
    (".5 + 1", .code(".5 + 1", shift: 0)),
  ])
  func isReadAs(text: String, input: PromptInput) { #expect(PromptInput(text) == input) }

  @Test(arguments: [
    ("thr> x = 1", "x = 1"), ("thr> x = 1\nx = 1\nthr> x + 1\n2\nthr> ", "x = 1\nx + 1\n"),
    ("thr> for i in [1] {\n ...   i\n ... }\n1", "for i in [1] {\n  i\n}"),
    ("  thr> f(1)", "f(1)"), ("x = 1\nthr> y", "x = 1\nthr> y"), ("threshold > 1", "threshold > 1"),
    ("\nthr> a\n", "a"),
  ])
  func stripsThePromptsOfATranscript(text: String, inputs: String) {
    #expect(PastedTranscript.inputs(text) == inputs)
  }

  @Test(arguments: [
    ("|", "(", "(|)"), ("f|", "(", "f(|)"), ("|x", "(", "(|x"), ("f(|)", ")", "f()|"),
    ("|", "\"", "\"|\""), ("\"a|\"", "\"", "\"a\"|"), ("a|", "\"", "a\"|"), ("[|]", "[", "[[|]]"),
    ("\"it is (|", "(", "\"it is ((|)"), ("{|}", "}", "{}|"),
  ])
  func closesBrackets(before: String, typed: String, after: String) {
    let old = EditBuffer(marked: before)
    var new = old
    new.insert(typed)
    #expect((BracketPairs.adjusted(old, new) ?? new).marked == after)
  }

  @Test(arguments: [("f(|)", "f|"), ("\"|\"", "|"), ("(|x)", "|x)"), ("(a|)", "(|)")])
  func deletesAPairAtOnce(before: String, after: String) {
    let old = EditBuffer(marked: before)
    var new = old
    new.remove(old.previousCharacter..<old.cursor)
    #expect((BracketPairs.adjusted(old, new) ?? new).marked == after)
  }

  @Test func splitsTheStartupFile() {
    let text = "# mine\n.keys vi\n\n.brackets on\nlimit = 0.9\n.5 + 1\n"
    let parts = REPL.parts(ofStartup: text)
    #expect(parts.commands == [".keys vi", ".brackets on"])
    #expect(parts.code == "# mine\n\n\n\nlimit = 0.9\n.5 + 1\n")
  }

  @Test(arguments: [
    (["HOME": "/h"], "/h/.config/thr/startup.thr"),
    (["HOME": "/h", "XDG_CONFIG_HOME": "/c"], "/c/thr/startup.thr"),
    (["HOME": "/h", "XDG_CONFIG_HOME": "c"], "/h/.config/thr/startup.thr"),
    (["HOME": "/h", "THR_STARTUP": "/s.thr"], "/s.thr"), (["HOME": "/h", "THR_STARTUP": ""], nil),
    ([:], nil),
  ])
  func findsTheStartupFile(variables: [String: String], path: String?) {
    #expect(REPL.startupPath { variables[$0] } == path)
  }
}
