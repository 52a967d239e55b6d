/// Queries over the Tree-sitter tree, beside colours: what Helix and Zed indent, select and list.
enum TreeQueries {
  static let helixIndents = query(
    """
    [(block) (record) (list) (comprehension) (arguments) (parameters) (group)] @indent
    ["}" "]" ")"] @outdent
    """)

  static let zedIndents = query(
    """
    (_ "{" "}" @end) @indent
    (_ "[" "]" @end) @indent
    (_ "(" ")" @end) @indent
    """)

  static let textObjects = query(
    """
    (function (block) @function.inside) @function.around
    (function (parameters (_) @parameter.inside))
    (arguments (_) @parameter.inside)
    (field) @entry.around
    (comment) @comment.inside
    (comment)+ @comment.around
    """)

  static let brackets = query(
    """
    ("{" @open "}" @close)
    ("[" @open "]" @close)
    ("(" @open ")" @close)
    ("\"" @open "\"" @close)
    """)

  static let outline = query(
    """
    (program (function "fn" @context (name) @name) @item)
    (program (assignment (name) @name) @item)
    """)

  private static func query(_ text: String) -> String { "; \(GeneratedFiles.banner)\n\n\(text)\n" }
}
