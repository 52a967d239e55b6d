import Foundation
import Testing
import ThrLibrary
import ThrModel

/// The manual page and the completions, made from the declarations.
@Suite struct ManualTests {
  @Test func namesEveryCommandFunctionAndMetric() throws {
    let page = try Command.thr("manual")
    #expect(page.status == 0)
    let terms = page.output.split(separator: "\n").filter { $0.hasPrefix(".B ") }
      .map { String($0.dropFirst(3).replacing("\\-", with: "-")) }
    let names = Library.standard.vocabulary.names
    #expect(names.count > 80)
    for name in names { #expect(terms.contains(name), "\(name)") }
    for command in ["check", "format", "help", "explain", "tutorial", "lsp"] {
      #expect(terms.contains("thr \(command)"))
    }
    for command in [".browse [CODE]", ".save FILE", "!COMMAND"] {
      #expect(terms.contains { $0.replacing("\\&", with: "") == command }, "\(command)")
    }
  }

  /// troff takes a line that begins with a point for a macro.
  @Test func usesNoOtherMacros() throws {
    let lines = try Command.thr("manual").output.split(separator: "\n")
    let macros = Set(lines.filter { $0.hasPrefix(".") }.map { $0.prefix { $0 != " " } })
    #expect(macros == [".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".nf", ".fi"])
    #expect(!lines.contains { $0.hasPrefix("'") })
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completes(shell: String) throws {
    let script = try Command.thr("--generate-completion-script", shell)
    #expect(script.status == 0)
    for word in ["check", "format", "explain", "tutorial", "strict", "sarif"] {
      #expect(script.output.contains(word), "\(word)")
    }
  }
}
