/// The program in the one style of the language.
///
/// Meaning and comments stay: the tree is the same apart from places, and so are the faults.
/// Formatting once more changes nothing.
///
/// A statement in which a fault lies stays as it is, and so do those on the same line. If the fault
/// lies in a block of it, only the broken statement in there does: its lines move with the block,
/// all by the same. Where that could change what the parser makes of it, as if a line is further
/// out than the first or a brace stands on the line, the statement around it stays. Sound blocks in
/// a broken statement are formatted where their braces end a line and begin one. A text that has so
/// many errors that it is no program stays as it is.
///
/// - All lines end as the first one does, with LF or CR LF, and a byte order mark stays.
/// - Lines hold at most 100 columns where their words allow it, and are indented by 2.
/// - Arguments, elements and fields stand on one line or one a line; a comma after the last keeps
///   them apart. A list of plain values fills its lines.
/// - A pipe that breaks breaks before each `|>`, and stays broken where the author broke it. Other
///   operators end a line.
/// - A block that was written on one line stays there if it fits; so do statements joined by `;`.
/// - A product within a sum stands close, `40*tp - 5*fp`; a named argument too, `step=0.001`,
///   unless its value has operators of its own, `where = precision >= 0.9`.
/// - Empty lines are kept, one at a time; comments on lines that follow each other stand below each
///   other. Literals and comments stay as written.
///
/// - Complexity: O(n) in the length of the text.
public func formatted(_ parse: Parse) -> String {
  String(decoding: FormattedProgram(parse).bytes, as: UTF8.self)
}
