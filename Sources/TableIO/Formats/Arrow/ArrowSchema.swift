/// The columns of Arrow data (format/Schema.fbs).
struct ArrowSchema {
  let fields: [ArrowField]

  private static let mostFields = 1_000_000

  init(_ table: FlatTable, of source: BinarySource) throws(TableError) {
    guard table.number(0, Int16.self) == 0 else {
      throw TableError(
        .unsupported(
          reason: "its numbers are big-endian, which is not read",
          remedy: "write it on a machine with little-endian numbers"))
    }
    guard let fields = table.tables(1), fields.count <= Self.mostFields else {
      throw source.damaged("its schema is broken")
    }
    var read: [ArrowField] = []
    // Offsets may lead to one table again and again, which would make fields without end.
    var left = Self.mostFields
    for field in fields {
      guard let field = ArrowField(field, depth: 0, left: &left) else {
        throw source.damaged("field \(read.count) of its schema is broken")
      }
      read.append(field)
    }
    self.fields = read
  }
}

struct ArrowField {
  let name: String
  let type: ArrowType
  /// Of values that are kept once: what names them, and how they are numbered.
  let dictionary: (id: Int64, index: ArrowType)?
  /// What it takes in a record batch, with its children.
  let nodes: Int
  let buffers: Int
  /// How many of the buffers belong to arrays with a varying number of them, such as views.
  let views: Int

  private static let deepest = 64

  /// - Parameter left: how many more fields there may be.
  init?(_ table: FlatTable, depth: Int, left: inout Int) {
    left -= 1
    guard left > 0, depth < Self.deepest, let children = table.tables(5) else { return nil }
    name = table.text(0) ?? ""
    type = ArrowType(table.number(2, UInt8.self), table.table(3))
    if let encoding = table.table(4) {
      let index = encoding.table(1).map { ArrowType(2, $0) } ?? .integer(bits: 32, isSigned: true)
      dictionary = (encoding.number(0, Int64.self), index)
      (nodes, buffers, views) = (1, 2, 0)
      return
    }
    dictionary = nil
    var (nodes, buffers, views) = (1, type.buffers, type.isView ? 1 : 0)
    for child in children {
      guard let child = ArrowField(child, depth: depth + 1, left: &left) else { return nil }
      nodes += child.nodes
      buffers += child.buffers
      views += child.views
    }
    (self.nodes, self.buffers, self.views) = (nodes, buffers, views)
  }

  /// The values of a dictionary, as a field of their own.
  var valuesOnly: ArrowField { ArrowField(name: name, type: type) }

  private init(name: String, type: ArrowType) {
    (self.name, self.type, dictionary) = (name, type, nil)
    (nodes, buffers, views) = (1, type.buffers, type.isView ? 1 : 0)
  }

  /// Why the column is not read; `nil` where it is.
  var refusal: String? {
    if case .other(let name, _) = type { return name }
    guard let dictionary else { return nil }
    if case .integer = dictionary.index { return nil }
    return "a dictionary without numbers"
  }

  var holdsTexts: Bool {
    switch type {
    case .text, .textView: true
    case .values(_, let meaning): meaning.isText
    case .decimal, .integer, .float, .null, .other: false
    case .boolean: true
    }
  }
}

/// What the values of a column are (format/Schema.fbs, `Type`).
enum ArrowType {
  case null
  case integer(bits: Int, isSigned: Bool)
  case float(bytes: Int)
  case boolean
  /// With offsets of 4 or of 8 bytes.
  case text(isLarge: Bool)
  case textView
  case decimal(scale: Int)
  /// Integers that stand for dates or times.
  case values(bytes: Int, CellMeaning)
  /// What is not read, with the number of its buffers.
  case other(String, buffers: Int)

  init(_ number: UInt8, _ table: FlatTable?) {
    func field(_ place: Int, default value: Int = 0) -> Int {
      table.map { Int($0.number(place, Int32.self, default: Int32(truncatingIfNeeded: value))) }
        ?? value
    }
    func small(_ place: Int, default value: Int) -> Int {
      table.map { Int($0.number(place, Int16.self, default: Int16(truncatingIfNeeded: value))) }
        ?? value
    }
    switch number {
    case 1: self = .null
    case 2:
      let bits = field(0)
      let isSigned = table?.boolean(1) ?? false
      self =
        [8, 16, 32, 64].contains(bits)
        ? .integer(bits: bits, isSigned: isSigned) : .other("integers of \(bits) bits", buffers: 2)
    case 3: self = .float(bytes: [2, 4, 8][min(max(small(0, default: 0), 0), 2)])
    case 4: self = .text(isLarge: false)
    case 5: self = .text(isLarge: false)
    case 6: self = .boolean
    case 7:
      let (scale, bits) = (field(1), field(2, default: 128))
      self =
        bits == 128 && (-38...38).contains(scale)
        ? .decimal(scale: scale) : .other("decimals of \(bits) bits and scale \(scale)", buffers: 2)
    case 8:
      let isDays = small(0, default: 1) == 0
      self =
        isDays
        ? .values(bytes: 4, .date(perDay: 1)) : .values(bytes: 8, .date(perDay: 86_400_000))
    case 9:
      let perSecond = Self.perSecond(small(0, default: 1))
      self = .values(bytes: perSecond > 1_000 ? 8 : 4, .time(perSecond: perSecond))
    case 10:
      let zone = table?.text(1) ?? ""
      self = .values(
        bytes: 8,
        .timestamp(perSecond: Self.perSecond(small(0, default: 0)), isUTC: !zone.isEmpty))
    case 11: self = .other("intervals", buffers: 2)
    case 12: self = .other("lists", buffers: 2)
    case 13: self = .other("structures", buffers: 1)
    case 14:
      // Their validity is in the children's type numbers; version 5 of the format keeps no bitmap.
      self = .other("unions", buffers: small(0, default: 0) == 1 ? 2 : 1)
    case 15: self = .other("bytes of a fixed number", buffers: 2)
    case 16: self = .other("lists of a fixed length", buffers: 1)
    case 17: self = .other("maps", buffers: 2)
    case 18: self = .values(bytes: 8, .integer)
    case 19, 20: self = .text(isLarge: true)
    case 21: self = .other("lists", buffers: 2)
    case 22: self = .other("run-end encoded values", buffers: 0)
    case 23, 24: self = .textView
    case 25, 26: self = .other("views of lists", buffers: 3)
    default: self = .other("values of the unknown type \(number)", buffers: 2)
    }
  }

  private static func perSecond(_ unit: Int) -> Int64 {
    [1, 1_000, 1_000_000, 1_000_000_000][min(max(unit, 0), 3)]
  }

  var buffers: Int {
    switch self {
    case .null: 0
    case .text: 3
    case .integer, .float, .boolean, .textView, .decimal, .values: 2
    case .other(_, let buffers): buffers
    }
  }

  var isView: Bool {
    switch self {
    case .textView: true
    default: false
    }
  }
}
