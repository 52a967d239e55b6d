/// The syntax file of Kate, KWrite and everything on KSyntaxHighlighting.
struct KateSyntax {
  let content: String

  init(_ words: Words, _ pattern: Pattern) {
    func list(_ name: String, _ words: [String]) -> String {
      let items = words.map { "      <item>\($0)</item>" }.joined(separator: "\n")
      return "    <list name=\"\(name)\">\n\(items)\n    </list>"
    }
    func escape(_ text: String) -> String {
      text.map { ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"][$0] ?? String($0) }
        .joined()
    }
    let word = pattern("WORD")
    let code = """
              <DetectChar char="#" attribute="Comment" context="Comment"/>
              <DetectChar char="&quot;" attribute="Text" context="Text"/>
              <DetectChar char="{" context="Braces"/>
              <RegExpr String="\\.\\s*\(escape(word))" attribute="Member"/>
              <RegExpr String="\\bfn(?=\\s+\\w+\\s*\\()" attribute="Keyword" context="Declaration"/>
              <RegExpr String="\(escape(word))(?=\\s*(=(?!=)|:))" attribute="Label"/>
              <keyword String="keywords" attribute="Keyword"/>
              <keyword String="operators" attribute="Keyword"/>
              <keyword String="constants" attribute="Constant"/>
              <keyword String="functions" attribute="Function"/>
              <keyword String="metrics" attribute="Constant"/>
              <RegExpr String="\\b\(escape(pattern("MAGNITUDE")))%?" attribute="Number"/>
              <RegExpr String="\(escape(word))" attribute="Name"/>
              <AnyChar String="=!&lt;&gt;+-*/%^|" attribute="Operator"/>
      """
    content = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE language>
      <!-- \(GeneratedFiles.banner) -->
      <language name="thr" section="Scripts" extensions="*.thr" version="1" kateversion="5.0" license="Apache-2.0">
        <highlighting>
      \(list("keywords", words.keywords.filter { $0 != "fn" }))
      \(list("operators", words.operators))
      \(list("constants", words.constants))
      \(list("functions", words.functions))
      \(list("metrics", words.metrics))
          <contexts>
            <context name="Normal" attribute="Name" lineEndContext="#stay">
      \(code)
            </context>
            <context name="Braces" attribute="Name" lineEndContext="#stay">
              <DetectChar char="}" context="#pop"/>
      \(code)
            </context>
            <context name="Declaration" attribute="Name" lineEndContext="#pop">
              <DetectSpaces/>
              <RegExpr String="\(escape(word))" attribute="Function" context="#pop"/>
            </context>
            <context name="Text" attribute="Text" lineEndContext="#pop">
              <DetectChar char="&quot;" attribute="Text" context="#pop"/>
              <RegExpr String="\(escape(pattern("ESCAPE")))" attribute="Escape"/>
              <DetectChar char="{" attribute="Escape" context="Interpolation"/>
            </context>
            <context name="Interpolation" attribute="Name" lineEndContext="#pop">
              <DetectChar char="}" attribute="Escape" context="#pop"/>
              <RegExpr String="\(escape(pattern("FORMAT")))(?=\\})" attribute="Escape"/>
      \(code)
            </context>
            <context name="Comment" attribute="Comment" lineEndContext="#pop"/>
          </contexts>
          <itemDatas>
            <itemData name="Name" defStyleNum="dsNormal"/>
            <itemData name="Keyword" defStyleNum="dsKeyword"/>
            <itemData name="Constant" defStyleNum="dsConstant"/>
            <itemData name="Function" defStyleNum="dsFunction"/>
            <itemData name="Label" defStyleNum="dsVariable"/>
            <itemData name="Member" defStyleNum="dsAttribute"/>
            <itemData name="Number" defStyleNum="dsDecVal"/>
            <itemData name="Operator" defStyleNum="dsOperator"/>
            <itemData name="Text" defStyleNum="dsString"/>
            <itemData name="Escape" defStyleNum="dsSpecialChar"/>
            <itemData name="Comment" defStyleNum="dsComment"/>
          </itemDatas>
        </highlighting>
        <general>
          <comments>
            <comment name="singleLine" start="#"/>
          </comments>
        </general>
      </language>

      """
  }
}
