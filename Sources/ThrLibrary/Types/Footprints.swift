import Drawing
import TableIO
public import ThrModel
import ThresholdEngine

// How much the types of many rows hold, so that nobody keeps more of them than fits.

extension DatasetRows: HoldsMemory {
  public var footprint: Int {
    let own = content.rows * (8 * content.featureNames.count + 1)
    return 256 + own + 8 * (rowNumbers?.count ?? 0) * 2
      + parts.values.reduce(0) { $0 + $1.footprint }
  }
}

extension ScoredRows: HoldsMemory {
  public var footprint: Int {
    256 + content.rows * (9 + (content.weights == nil ? 0 : 8) + (groups == nil ? 0 : 8))
  }
}

extension DataTable: HoldsMemory {
  public var footprint: Int { 256 + content.rows * (8 * content.columns.count + 8) }
}

extension CurveResult: HoldsMemory {
  public var footprint: Int { 256 + 48 * content.x.count }
}

extension SweepResult: HoldsMemory {
  public var footprint: Int { 256 + 48 * content.count }
}

extension FigureResult: HoldsMemory {
  public var footprint: Int { content.series.reduce(1_024) { $0 + 16 * $1.x.count } }
}
