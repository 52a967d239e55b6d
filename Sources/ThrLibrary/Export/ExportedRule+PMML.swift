import NumberText
import ThresholdEngine

extension ExportedRule {
  /// The rule as a tree of PMML 4.4: of `score` the class 1 or 0, of a missing one no class.
  var pmml: String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
      <Header description="\(comment.replacing(">", with: "&gt;"))"><Application name="thr"/></Header>
      <DataDictionary numberOfFields="2">
        <DataField name="score" optype="continuous" dataType="double"/>
        <DataField name="decision" optype="categorical" dataType="integer">
          <Value value="0"/>
          <Value value="1"/>
        </DataField>
      </DataDictionary>
      <TreeModel modelName="decision" functionName="classification" \
    missingValueStrategy="nullPrediction" noTrueChildStrategy="returnNullPrediction" \
    splitCharacteristic="multiSplit">
        <MiningSchema>
          <MiningField name="score"/>
          <MiningField name="decision" usageType="target"/>
        </MiningSchema>
        <Node id="root">
          <True/>
    \(nodes)    </Node>
      </TreeModel>
    </PMML>

    """
  }

  /// The classes; infinite thresholds are said without a number, for which readers differ.
  private var nodes: String {
    let greatest = Double.greatestFiniteMagnitude.shortestText
    return switch decision.threshold {
    case nil: node("rest", 0, "isNotMissing")
    case -Double.infinity: node("flagged", 1, "isNotMissing")
    case Double.infinity:
      node("flagged", 1, "greaterThan", greatest) + node("rest", 0, "lessOrEqual", greatest)
    case let threshold?:
      node("flagged", 1, "greaterOrEqual", threshold.shortestText)
        + node("rest", 0, "lessThan", threshold.shortestText)
    }
  }

  private func node(
    _ id: String, _ decision: Int, _ operation: String, _ value: String? = nil
  ) -> String {
    let number = value.map { " value=\"\($0)\"" } ?? ""
    return """
            <Node id="\(id)" score="\(decision)">
              <SimplePredicate field="score" operator="\(operation)"\(number)/>
            </Node>

      """
  }
}
