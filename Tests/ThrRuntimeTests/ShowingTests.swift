import Testing
import ThrModel
import ThrRuntime

@Suite struct ShowingTests {
  @Test(arguments: [
    // At top level, and in a top-level `for` or `if`.
    (
      "1\nif true { 2 }\nfor x in [3, 4] { x; if x == 4 { \"four\" } }",
      ["1", "2", "3", "4", "four"]
    ),
    ("x = 5\nfn f() { 1; 2 }\ny = f()", []),
    ("fn f() { 1; 2 }\nf()", ["2"]),
    ("(if true { 1; 2 })", ["2"]),
    ("[if true { 1; 2 }]", ["[2]"]),
    // `none` is shown where it is an answer, not where something was done for its effect.
    ("none; {a: none}.a", ["none", "none"]),
    ("print(1)\nsave(1)\n1 |> print", ["print: 1", "print: 1"]),
    (
      "fn f(x) { print(x) }\nf(1)\nfn g() { f(2) }\ng()\nfn h() { y = 1 }\nh()",
      ["print: 1", "print: 2"]
    ),
    ("fn f(x) = if x > 0 { print(x) } else { save(x) }\nf(1); f(0)", ["print: 1"]),
    ("fn find(x) = if x { 1 } else { none }\nfind(false)", ["none"]),
    ("fn f() = g()\nfn g() = f2()\nfn f2() = none\nf()", ["none"]),
    ("if false { 1 }", []),
    // However the function was reached, what counts is how the call ended.
    ("fn f(x) { print(x) }\nfs = [f, print]\nfs[0](2); fs[1](3)", ["print: 2", "print: 3"]),
    ("fn go(x) = print(x)\nr = {go: go, p: print}\nr.go(4); 5 |> r.p()", ["print: 4", "print: 5"]),
    ("fn f(x) = if x { print(x) } else { none }\nf(true); f(false)", ["print: true", "none"]),
    ("fn f(x) = if x { print(x) }\nf(false)\nfn g(x) = if x { 1 }\ng(false)", []),
    ("fn f() { print(1); none }\nf()", ["print: 1", "none"]),
    ("{a: print(1)}.a; [print(2)][0]", ["print: 1", "none", "print: 2", "none"]),
    ("fn f(x) { for y in x { y } }\n(f([1])); if true { f([1]) }", []),
  ])
  func shows(source: String, values: [String]) {
    #expect(shown(source) == values)
  }

  @Test func reportsAssignmentsAtTopLevelOnly() {
    let run = Run()
    run("x = 1\nfor i in [1] { y = 2 }\nfn f() { z = 3 }\nf()\nx = 4")
    let names = run.events.compactMap { event in
      if case .assigned(let name, let value, _) = event {
        "\(name) = \(run.display.line(value))"
      } else {
        nil
      }
    }
    #expect(names == ["x = 1", "x = 4"])
  }
}
