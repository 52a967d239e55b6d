/// The word lists of the Emacs mode.
struct EmacsWords {
  let content: String

  init(_ words: Words) {
    func list(_ name: String, _ words: [String], _ documentation: String) -> String {
      var lines = [""]
      for word in words {
        let next = " \"\(word)\""
        if lines[lines.count - 1].count + next.count > 76 { lines.append("  ") }
        lines[lines.count - 1] += next
      }
      let text = lines.joined(separator: "\n").drop { $0 == " " }
      return "(defconst thr-\(name)\n  '(\(text))\n  \"\(documentation)\")\n"
    }
    content = """
      ;;; thr-words.el --- The words of thr  -*- lexical-binding: t; -*-
      ;; \(GeneratedFiles.banner)

      ;;; Code:

      \(list("keywords", words.keywords, "What begins or joins statements."))
      \(list("operator-words", words.operators, "Operators that are words."))
      \(list("constants", words.constants, "Words that are values."))
      \(list("functions", words.functions, "The functions of the library."))
      \(list("metrics", words.metrics, "The metrics of the library."))
      (provide 'thr-words)
      ;;; thr-words.el ends here

      """
  }
}
