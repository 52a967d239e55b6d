/// A column of a Parquet file, as its schema describes it.
struct ParquetColumn: Sendable {
  enum Physical: Int, Sendable {
    case boolean, int32, int64, int96, float, double, bytes, fixed
  }

  /// What the values stand for.
  enum Values: Hashable, Sendable {
    case integers(CellMeaning)
    case floats
    case half
    /// Big-endian integers of so many bytes, or of as many as each says.
    case decimals(scale: Int)
    case texts
    case uuid
    /// Days and nanoseconds of the day, of 12 bytes.
    case oldTimestamp
    case null
  }

  let name: String
  /// Where its chunk stands in each row group.
  let leaf: Int
  let physical: Physical
  /// Of values of a fixed number of bytes.
  let length: Int
  let isOptional: Bool
  let values: Values

  var holdsTexts: Bool {
    switch values {
    case .integers(let meaning): meaning.isText
    case .texts, .uuid, .oldTimestamp: true
    case .floats, .half, .decimals, .null: false
    }
  }
}

/// A column at the top of the schema: one that is read, or why it is not.
struct ParquetField {
  let name: String
  let column: ParquetColumn?
  let refusal: String?

  /// The columns of a schema; `nil` where it is no tree.
  static func all(of elements: [ParquetMetadata.Element]) -> [ParquetField]? {
    guard let root = elements.first, root.children >= 0 else { return nil }
    var fields: [ParquetField] = []
    var (place, leaf) = (1, 0)
    while place < elements.count {
      let element = elements[place]
      let firstLeaf = leaf
      guard let end = Self.end(of: place, in: elements, leaves: &leaf) else { return nil }
      fields.append(ParquetField(element, leaf: firstLeaf))
      place = end
    }
    return fields.count == root.children ? fields : nil
  }

  /// Where the next element of the same level stands.
  private static func end(
    of place: Int, in elements: [ParquetMetadata.Element], leaves: inout Int
  ) -> Int? {
    var pending = 1
    var place = place
    while pending > 0 {
      guard place < elements.count, elements[place].children >= 0,
        elements[place].children <= elements.count
      else { return nil }
      pending += elements[place].children - 1
      if elements[place].children == 0 { leaves += 1 }
      place += 1
    }
    return place
  }

  private init(_ element: ParquetMetadata.Element, leaf: Int) {
    name = element.name
    let physical = element.physical.flatMap { ParquetColumn.Physical(rawValue: $0) }
    let meaning = Self.meaning(of: element, physical)
    guard let physical, case .success(let values) = meaning else {
      column = nil
      if case .failure(let refusal) = meaning { self.refusal = refusal.kind } else { refusal = nil }
      return
    }
    refusal = nil
    column = ParquetColumn(
      name: name, leaf: leaf, physical: physical, length: element.length,
      isOptional: element.repetition == 1, values: values)
  }

  private struct Refusal: Error {
    let kind: String

    init(_ kind: String) { self.kind = kind }
  }

  private static func meaning(
    of element: ParquetMetadata.Element, _ physical: ParquetColumn.Physical?
  ) -> Result<ParquetColumn.Values, Refusal> {
    guard element.children == 0 else {
      let isList = element.converted == 3
      let isMap = element.converted == 1 || element.converted == 2
      return .failure(Refusal(isList ? "lists" : isMap ? "maps" : "structures"))
    }
    guard element.repetition != 2 else { return .failure(Refusal("lists")) }
    guard let physical else { return .failure(Refusal("values of an unknown type")) }
    if case .other(let kind) = element.logical { return .failure(Refusal(kind)) }
    switch physical {
    case .boolean: return .success(.integers(.boolean))
    case .float, .double: return .success(.floats)
    case .int96: return .success(.oldTimestamp)
    case .int32, .int64: return integers(element)
    case .bytes: return bytes(element)
    case .fixed: return fixed(element)
    }
  }

  private static func integers(
    _ element: ParquetMetadata.Element
  ) -> Result<ParquetColumn.Values, Refusal> {
    switch element.logical {
    case .decimal(let scale): return decimal(scale) { .integers(.decimal(scale: $0)) }
    case .date: return .success(.integers(.date(perDay: 1)))
    case .time(let perSecond): return .success(.integers(.time(perSecond: perSecond)))
    case .timestamp(let perSecond, let isUTC):
      return .success(.integers(.timestamp(perSecond: perSecond, isUTC: isUTC)))
    case .integer(let isSigned): return .success(.integers(isSigned ? .integer : .unsigned))
    case .null: return .success(.null)
    default: break
    }
    switch element.converted {
    case 5: return decimal(element.scale) { .integers(.decimal(scale: $0)) }
    case 6: return .success(.integers(.date(perDay: 1)))
    case 7: return .success(.integers(.time(perSecond: 1_000)))
    case 8: return .success(.integers(.time(perSecond: 1_000_000)))
    case 9: return .success(.integers(.timestamp(perSecond: 1_000, isUTC: true)))
    case 10: return .success(.integers(.timestamp(perSecond: 1_000_000, isUTC: true)))
    case 11, 12, 13, 14: return .success(.integers(.unsigned))
    default: return .success(.integers(.integer))
    }
  }

  private static func decimal(
    _ scale: Int, _ values: (Int) -> ParquetColumn.Values
  ) -> Result<ParquetColumn.Values, Refusal> {
    (0...38).contains(scale)
      ? .success(values(scale)) : .failure(Refusal("decimals of scale \(scale)"))
  }

  private static func bytes(
    _ element: ParquetMetadata.Element
  ) -> Result<ParquetColumn.Values, Refusal> {
    if case .decimal(let scale) = element.logical { return decimal(scale) { .decimals(scale: $0) } }
    if element.converted == 5 { return decimal(element.scale) { .decimals(scale: $0) } }
    if case .null = element.logical { return .success(.null) }
    return element.converted == 20 ? .failure(Refusal("BSON")) : .success(.texts)
  }

  private static func fixed(
    _ element: ParquetMetadata.Element
  ) -> Result<ParquetColumn.Values, Refusal> {
    guard element.length > 0, element.length <= 1 << 24 else {
      return .failure(Refusal("bytes of the fixed number \(element.length)"))
    }
    switch element.logical {
    case .decimal(let scale): return wideDecimal(scale, element.length)
    case .uuid where element.length == 16: return .success(.uuid)
    case .half where element.length == 2: return .success(.half)
    default: break
    }
    switch element.converted {
    case 5: return wideDecimal(element.scale, element.length)
    case 21: return .failure(Refusal("intervals"))
    default: return .success(.texts)
    }
  }

  private static func wideDecimal(
    _ scale: Int, _ length: Int
  ) -> Result<ParquetColumn.Values, Refusal> {
    length > 16
      ? .failure(Refusal("decimals of \(8 * length) bits"))
      : decimal(scale) { .decimals(scale: $0) }
  }
}
