/// A document for paper: its parts in order, not yet laid out.
///
/// It knows nothing of what its texts and figures stand for. Texts may hold anything: control
/// characters are replaced, as in pictures.
public struct PagedDocument: Hashable, Sendable {
  /// The title of the reader's window and at the foot of each page.
  public var title: String
  /// What the document says, for its metadata; may be empty.
  public var subject: String
  public var blocks: [Block]

  public enum Block: Hashable, Sendable {
    /// A heading from level 1, listed in the outline.
    case heading(Int, String)
    /// A paragraph that stands out.
    case lead(String)
    case paragraph(String)
    /// Lines in a face of one width, with their spaces; those too long for the page are continued
    /// on the next line.
    case lines(String)
    case table(PageTable)
    case figure(Figure)
  }

  public init(title: String, subject: String = "", blocks: [Block]) {
    self.title = title
    self.subject = subject
    self.blocks = blocks
  }
}

/// A table for paper: its header is repeated on each page that it takes.
public struct PageTable: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public var name: String
    /// Whether its cells are numbers, which stand to the right and are not broken.
    public var isNumeric: Bool

    public init(_ name: String, isNumeric: Bool = false) {
      self.name = name
      self.isNumeric = isNumeric
    }
  }

  public let columns: [Column]
  public let rows: [[String]]

  /// - Parameter rows: A cell for each column; cells that are missing are empty, further ones are
  ///   left out.
  public init(_ columns: [Column], rows: [[String]]) {
    self.columns = columns
    self.rows = rows.map { row in
      columns.indices.map { $0 < row.count ? row[$0] : "" }
    }
  }
}
