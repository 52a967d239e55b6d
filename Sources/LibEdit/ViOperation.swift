/// An operator of vi's with the object that it acts on, which libedit does not know: `diw`, `ci(`,
/// `dd`; or a put of what such an operator took.
public struct ViOperation: Hashable, Sendable {
  /// What is done; the raw value is libedit's name of it.
  public enum Action: String, Sendable, CaseIterable {
    case change = "vi-change-meta"
    case delete = "vi-delete-meta"
    case yank = "vi-yank"
    case putAfter = "vi-paste-next"
    case putBefore = "vi-paste-prev"
  }

  public let action: Action
  /// How often; 1 where no number was typed.
  public let count: Int
  /// The keys after the operator: `iw`, `a(`, the operator's own for lines.
  public let object: String

  public init(_ action: Action, count: Int = 1, object: String = "") {
    self.action = action
    self.count = count
    self.object = object
  }
}

extension ViOperation.Action {
  /// The key in vi's command mode.
  public var key: Character {
    switch self {
    case .change: "c"
    case .delete: "d"
    case .yank: "y"
    case .putAfter: "p"
    case .putBefore: "P"
    }
  }

  /// By what name `~/.editrc` may bind it.
  var name: String {
    switch self {
    case .change: "thr-vi-change"
    case .delete: "thr-vi-delete"
    case .yank: "thr-vi-yank"
    case .putAfter: "thr-vi-put-after"
    case .putBefore: "thr-vi-put-before"
    }
  }

  var waitsForObject: Bool { self != .putAfter && self != .putBefore }

  /// Whether libedit lacks the object that begins with a key, or takes it for the whole line.
  func takes(_ first: Character) -> Bool { first == key || "iagGjkhl ".contains(first) }
}
