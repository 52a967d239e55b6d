extension Value {
  /// The names of a table's columns, by its type's own member; `nil` where it has none.
  public func columnNames(_ library: Library) -> [String]? {
    guard case .object(let object) = self,
      let member = library.type(object.typeName)?.member("columns"),
      case .list(let names)? = try? member.read(self)
    else { return nil }
    return names.compactMap { if case .text(let name) = $0 { name } else { nil } }
  }
}
