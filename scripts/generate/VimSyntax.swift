/// The syntax file of Vim and Neovim.
struct VimSyntax {
  let content: String

  init(_ words: Words, _ pattern: Pattern) {
    func any(_ words: [String]) -> String { "\\v<%(\(words.joined(separator: "|")))>" }
    func list(_ words: [String]) -> String { words.joined(separator: " ") }
    let word = pattern("WORD")
    let signs = words.signs.map { sign in
      sign.map { "|+*^<>=%/".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
    content = """
      " \(GeneratedFiles.banner)
      if exists("b:current_syntax")
        finish
      endif

      " What is matched later wins where two begin at one place; keywords win always.
      syntax match thrOperator '\\v\(signs.joined(separator: "|"))'
      syntax match thrCall '\\v\(word)\\ze\\('
      syntax match thrFunction '\(any(words.functions))'
      syntax match thrMetric '\(any(words.metrics))'
      syntax match thrLabel '\\v\(word)\\ze\\s*\\=\\=@!' contains=NONE
      syntax match thrLabel '\\v\(word)\\ze\\s*:' contains=NONE
      syntax match thrMember '\\v\\.\\_s*\(word)'
      syntax match thrNumber '\\v<\(pattern("MAGNITUDE"))\\%?'
      syntax match thrDeclared '\\v<fn\\s+\\zs\(word)\\ze\\s*\\('
      syntax match thrKeyword '\\v<fn>\\ze\\s+\\w'

      syntax keyword thrConditional \(list(words.keywords.filter { ["if", "else"].contains($0) }))
      syntax keyword thrRepeat \(list(words.keywords.filter { $0 == "for" }))
      syntax keyword thrKeyword \(list(words.keywords.filter { !["if", "else", "for", "fn"].contains($0) }))
      syntax keyword thrWordOperator \(list(words.operators))
      syntax keyword thrConstant \(list(words.constants))

      syntax region thrText start=+"+ end=+"+ end=+$+ oneline contains=thrWrongEscape,thrEscape,thrInterpolation
      syntax match thrWrongEscape '\\\\.' contained
      syntax match thrEscape '\\v\(pattern("ESCAPE"))' contained
      syntax region thrInterpolation matchgroup=thrDelimiter start=+{+ end=+}+ contained oneline contains=@thrCode,thrFormat,thrFormatted
      syntax match thrFormatted '\\v\(word)\\ze:[^"{}]*\\}' contained
      syntax match thrFormat ':[^"{}]*\\ze}' contained
      syntax region thrBraces start=+{+ end=+}+ transparent contained contains=@thrCode

      syntax match thrComment '#.*$' contains=thrTask,@Spell
      syntax keyword thrTask TODO FIXME XXX contained
      syntax cluster thrCode contains=thrOperator,thrCall,thrFunction,thrMetric,thrLabel,thrMember,thrNumber
      syntax cluster thrCode add=thrConditional,thrRepeat,thrKeyword,thrWordOperator,thrConstant,thrText,thrBraces

      highlight default link thrOperator Operator
      highlight default link thrWordOperator Operator
      highlight default link thrCall Function
      highlight default link thrDeclared Function
      highlight default link thrFunction Function
      highlight default link thrMetric Constant
      highlight default link thrConstant Constant
      highlight default link thrLabel Identifier
      highlight default link thrMember Identifier
      highlight default link thrNumber Number
      highlight default link thrConditional Conditional
      highlight default link thrRepeat Repeat
      highlight default link thrKeyword Keyword
      highlight default link thrText String
      highlight default link thrEscape SpecialChar
      highlight default link thrWrongEscape Error
      highlight default link thrDelimiter Delimiter
      highlight default link thrFormat SpecialChar
      highlight default link thrComment Comment
      highlight default link thrTask Todo

      let b:current_syntax = "thr"

      """
  }
}
