import DocumentEvaluation
import JSONText

/// What a user can set, under `thr` in the client's settings or as initialization options.
///
/// A wrong value counts as not given: an editor without values is worse than one with the defaults.
struct Settings: Hashable, Sendable {
  /// Whether documents are run as they are edited.
  var liveValues = true
  /// What one such run may take.
  var budget = EvaluationRequest.Budget(seconds: 5, bytes: 1 << 30)
  /// Whether leaking rows are an error.
  var isStrict = false
  /// Whether “Run to here” stands above statements.
  var lenses = true
  /// Whether literal arguments show the names of their parameters.
  var parameterNames = true

  init() {}

  /// Reads the settings, bare or as the member `thr`.
  init(_ json: JSON) {
    let own = json["thr"] ?? json
    if let value = own["liveValues"]?.bool { liveValues = value }
    if let value = own["budget"]?["seconds"]?.number, value > 0 { budget.seconds = value }
    if let value = own["budget"]?["megabytes"]?.number, value > 0, value < 1e9 {
      budget.bytes = Int(value * 1_048_576)
    }
    if let value = own["strict"]?.bool { isStrict = value }
    if let value = own["lenses"]?.bool { lenses = value }
    if let value = own["parameterNames"]?.bool { parameterNames = value }
  }
}
