import ThrModel
import ThrSyntax

/// `if`, with the branch whose condition holds; `none` where none does.
final class Conditional: Node {
  struct Branch {
    let condition: Node
    let span: Span
    let body: Node
    let ending: Ending
  }

  private let branches: [Branch]
  private let otherwise: (body: Node, ending: Ending)?

  init(_ branches: [Branch], otherwise: (body: Node, ending: Ending)?) {
    self.branches = branches
    self.otherwise = otherwise
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    for branch in branches {
      let condition = try branch.condition.evaluate(run, frame)
      guard case .boolean(let holds) = condition else {
        throw run.failure(.notACondition(condition.type), at: branch.span)
      }
      if holds {
        let value = try branch.body.evaluate(run, frame)
        run.end(branch.ending)
        return value
      }
    }
    let value = try otherwise?.body.evaluate(run, frame)
    run.end(otherwise?.ending ?? .procedure)
    return value ?? .none
  }
}
