/// An array of a .npy file: where the elements of its columns lie.
struct NumPyArray {
  struct Field {
    let name: String
    let type: NumPyType
    /// The first element, from the start of the file.
    let offset: Int
  }

  let rows: Int
  let fields: [Field]

  /// Bytes from one element of a column to the next.
  let stride: Int

  private static let mark: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let mostFields = 100_000

  /// Reads the header.
  ///
  /// - Parameter name: what columns without a name are called: `x1`, `x2`, …
  init(of source: BinarySource, name: String = "x") throws(TableError) {
    let (header, start) = try Self.header(of: source)
    guard case .dictionary(let members)? = PythonLiteral(parsing: header),
      let description = members["descr"], let shape = members["shape"]?.integers,
      case .boolean(let isColumnMajor)? = members["fortran_order"]
    else { throw source.damaged("the header is not the dictionary that numpy writes") }
    guard shape.allSatisfy({ $0 >= 0 }) else { throw source.damaged("its shape is negative") }
    guard shape.count <= 2 else {
      throw TableError(
        .unsupported(
          reason: "an array of \(shape.count) dimensions is no table",
          remedy: "save it with two: `np.save(\"new.npy\", array.reshape(len(array), -1))`"))
    }
    rows = shape.first ?? 1
    let width = shape.count == 2 ? shape[1] : 1
    if case .text(let text) = description {
      let type = try Self.type(text, of: nil)
      let step = (isColumnMajor ? rows : 1).multipliedReportingOverflow(by: type.size)
      guard width <= Self.mostFields, !step.overflow, step.partialValue <= source.size || rows == 0
      else { throw source.damaged("its shape is \(shape), which its size does not fit") }
      let isSingle = shape.count < 2 && name != "x"
      fields = (0..<width).map {
        Field(
          name: isSingle ? name : "\(name)\($0 + 1)", type: type,
          offset: start + $0 * step.partialValue)
      }
      stride = isColumnMajor ? type.size : type.size * width
    } else {
      guard shape.count < 2 else {
        throw TableError(
          .unsupported(
            reason: "an array of records with \(shape.count) dimensions is no table",
            remedy: "save it with one: `np.save(\"new.npy\", array.ravel())`"))
      }
      (fields, stride) = try Self.fields(description, from: start, of: source)
    }
    try check(source, start: start, isColumnMajor: isColumnMajor && width > 1)
  }

  private func check(
    _ source: BinarySource, start: Int, isColumnMajor: Bool
  ) throws(TableError) {
    let columns = isColumnMajor ? fields.count : 1
    let column = rows.multipliedReportingOverflow(by: stride)
    let total = column.partialValue.multipliedReportingOverflow(by: columns)
    guard !column.overflow, !total.overflow, total.partialValue <= source.size - start else {
      throw source.damaged(
        "\(rows) rows do not fit into the \(source.size - start) bytes after the header")
    }
    // Elements without bytes take none however many there are.
    guard stride > 0 || rows <= 1 << 24 else {
      throw source.damaged("\(rows) elements take no bytes")
    }
  }

  private static func header(
    of source: BinarySource
  ) throws(TableError) -> (bytes: [UInt8], end: Int) {
    guard source.size >= 10 else { throw source.damaged("it ends within its header") }
    let start = try source.read(0..<10, for: "the header")
    defer { withExtendedLifetime(start) {} }
    var reader = ByteReader(start.bytes)
    guard let mark = reader.take(6), mark.elementsEqual(Self.mark),
      let version = reader.take(UInt8.self), let _ = reader.take(UInt8.self)
    else { throw source.damaged("it does not begin with the mark of a .npy file") }
    guard (1...3).contains(version) else {
      throw source.damaged("its version is \(version), and 1 to 3 are known")
    }
    let isShort = version == 1
    let length: Int
    if isShort {
      length = Int(reader.take(UInt16.self) ?? 0)
    } else {
      let field = try source.read(at: 8, count: 4, for: "the header")
      var reader = ByteReader(field.bytes)
      length = Int(reader.take(UInt32.self) ?? 0)
      withExtendedLifetime(field) {}
    }
    let begin = isShort ? 10 : 12
    guard length <= 1 << 24 else { throw source.damaged("its header is \(length) bytes long") }
    let header = try source.read(at: begin, count: length, for: "the header")
    defer { withExtendedLifetime(header) {} }
    return (Array(header.bytes), begin + length)
  }

  private static func type(_ text: String, of field: String?) throws(TableError) -> NumPyType {
    let place = field.map { "the field `\(printable($0))`" } ?? "the array"
    do throws(NumPyType.Refusal) { return try NumPyType(text) } catch {
      switch error {
      case .objects:
        throw TableError(
          .unsupported(
            reason: "\(place) holds Python objects, which only Python can read",
            remedy: "save it with a type of its own: `np.save(\"new.npy\", array.astype(float))`"
              + " or `.astype(str)`"))
      case .unknown(let text), .unsupported(let text):
        throw TableError(
          .unsupported(
            reason: "\(place) has the type `\(printable(text))`, which is not read",
            remedy: "save numbers, booleans or texts, such as `array.astype(float)`"))
      }
    }
  }

  /// The fields of records, one after the other.
  private static func fields(
    _ description: PythonLiteral, from start: Int, of source: BinarySource
  ) throws(TableError) -> (fields: [Field], size: Int) {
    guard case .list(let elements) = description, elements.count <= mostFields else {
      throw source.damaged("its type is not one that numpy writes")
    }
    var fields: [Field] = []
    var offset = start
    for element in elements {
      guard case .list(let parts) = element, case .text(let name)? = parts.first, parts.count >= 2
      else { throw source.damaged("its type is not one that numpy writes") }
      // A padding between fields has no name.
      if name.isEmpty, case .text(let text) = parts[1], text.hasPrefix("|V") {
        offset += min(max(Int(text.dropFirst(2)) ?? 0, 0), 1 << 24)
        continue
      }
      guard case .text(let text) = parts[1], parts.count == 2 else {
        throw TableError(
          .unsupported(
            reason: "the field `\(printable(name))` holds records or arrays",
            remedy: "save its parts as fields of their own"))
      }
      let type = try type(text, of: name)
      fields.append(Field(name: name, type: type, offset: offset))
      offset += type.size
    }
    return (fields, offset - start)
  }
}
