import ThrModel

struct TrackedRows: LanguageObject, RemembersRows {
  static let typeName: ObjectType.Name = "rows"
  let provenance: Provenance?
  var history: [PastUse] = []
}

struct TrackedModel: LanguageObject, RemembersRows {
  static let typeName: ObjectType.Name = "model"
  var provenance: Provenance? { nil }
  let history: [PastUse]
  let threshold: Double
}

extension [ObjectType] {
  static let trackingRows: [ObjectType] = [.trackedRows, .trackedModel]
}

extension ObjectType {
  fileprivate static let trackedRows = ObjectType(
    TrackedRows.self, "Rows.",
    members: [
      part("train", 0..<6, .train), part("val", 6..<8, .val), part("test", 8..<10, .test),
      MemberOf("role", "What they are for.") { $0.provenance?.role.rawValue },
    ],
    line: { "rows \($0.provenance?.role.rawValue ?? "")" }, text: { _ in "rows\nin full" })

  private static func part(_ name: String, _ rows: Range<Int>, _ role: Role) -> MemberOf<
    TrackedRows
  > {
    MemberOf(name, "A part.") { whole in
      TrackedRows(
        provenance: whole.provenance?.selecting(Array(rows), as: role), history: whole.history)
    }
  }

  fileprivate static let trackedModel = ObjectType(
    TrackedModel.self, "A model.",
    members: [
      MemberOf("threshold", .threshold, "Its threshold.") { $0.threshold },
      MemberOf("secret", "Never there.") { _ throws(CallError) -> Double in
        throw CallError(.toyFault, "this model has no secret", remedy: "ask another")
      },
    ],
    line: { "model at \($0.threshold)" }, text: { "a model at \($0.threshold)" })
}
