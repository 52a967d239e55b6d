import ThrModel
import ThresholdEngine

/// The state of `explore`: which labelling of each of the scores is looked at.
struct Explorer: ScreenProgram {
  static let standardMetrics: [Metric] = [.f1, .precision, .recall]

  let scores: [ExploredScores]
  let metrics: [Metric]
  /// How many distinct scores are flagged, of each of the scores.
  private(set) var places: [Int]
  /// Which of the scores the keys move.
  private(set) var active = 0
  private(set) var curve = ExploredCurve.roc
  /// The metric that `m` went to last, while nothing has moved since.
  private(set) var bestMetric: Int?
  /// What the scores that do not move have in common with the one that does.
  private(set) var link = Link.share

  enum Link: Sendable {
    case share, threshold
  }

  /// One per cent of the rows.
  private static let far = 0.01

  init(_ scores: [ExploredScores], _ metrics: [Metric]) {
    self.scores = scores
    self.metrics = metrics
    places = scores.map { $0.place(of: 0.5) }
    goToBest(by: metrics.indices.first { scores[0].bestPlaces[$0] != nil })
  }

  /// The threshold that is looked at; `nil` where nothing is flagged.
  var threshold: Double? { scores[active].threshold(at: places[active]) }

  // MARK: - Keys

  mutating func take(_ key: ScreenKey, on surface: Surface) -> ScreenReaction {
    let (present, place) = (scores[active], places[active])
    switch key {
    // To the right the threshold rises and fewer rows are flagged.
    case .left, .down: move(to: place + 1)
    case .right, .up: move(to: place - 1)
    case .farLeft, .pageDown: move(to: present.place(Self.far, beyond: place))
    case .farRight, .pageUp: move(to: present.place(-Self.far, beyond: place))
    case .home: move(to: present.count)
    case .end: move(to: 0)
    case .character("m"): goToBest(by: nextMetric)
    case .character("c"): curve = curve == .roc ? .precisionRecall : .roc
    case .character("f") where scores.count > 1:
      link = link == .share ? .threshold : .share
      move(to: place)
    case .tab: active = (active + 1) % scores.count
    case .mouse(let column, let row):
      if let share = Slider(on: surface).share(column: column, row: row) {
        move(to: present.place(flagging: share))
      }
    case .enter: return .accept
    case .character("s"): return .write
    case .escape, .character("q"): return .leave
    default: break
    }
    return .goOn
  }

  private mutating func move(to place: Int) {
    bestMetric = nil
    places[active] = scores[active].clamped(place)
    let share = scores[active].share(at: places[active])
    for other in scores.indices where other != active {
      places[other] =
        link == .share
        ? scores[other].place(flagging: share) : scores[other].place(of: threshold)
    }
  }

  private var nextMetric: Int? {
    let places = scores[active].bestPlaces
    let first = bestMetric.map { $0 + 1 } ?? 0
    return places.indices.map { ($0 + first) % places.count }.first { places[$0] != nil }
  }

  /// The metric that `m` goes to next.
  var announcedMetric: Metric? { nextMetric.map { metrics[$0] } }

  private mutating func goToBest(by metric: Int?) {
    guard let metric, let place = scores[active].bestPlaces[metric] else { return }
    move(to: place)
    bestMetric = metric
  }

  // MARK: - The statement

  func statement(naming name: (Value) -> String?) -> String? {
    let present = scores[active]
    if let bestMetric, let name = name(present.rows.value) {
      return "t = tune(\(name), \(metrics[bestMetric]))"
    }
    let decision = present.decision(at: places[active])
    return "t = \(decision.text(on: present.plateau(at: places[active])) ?? "none")"
  }
}
