import DocumentEvaluation
import ParallelWork

/// What the evaluation thread reports to the server's thread.
struct EvaluationEvent: Sendable {
  enum What: Sendable {
    case statement(EvaluatedStatement)
    case ended(EvaluationOutcome)
  }

  /// Which run it belongs to.
  let run: Int
  let what: What
}

/// The thread that documents are evaluated on, one after the other.
final class EvaluationWorker: Sendable {
  private enum Job {
    case run(Int, EvaluationRequest)
    case forget(String)
    case stop
  }

  private let jobs = Inbox<Job>()

  init(_ evaluator: any DocumentEvaluator, _ inbox: Inbox<ServerEvent>) {
    SystemThread.detach(stackSize: 8 << 20) { [jobs] in
      while let job = jobs.take() {
        switch job {
        case .stop: return
        case .forget(let document): evaluator.forget(document)
        case .run(let run, let request):
          let outcome = evaluator.evaluate(request) { statement in
            inbox.post(.evaluation(EvaluationEvent(run: run, what: .statement(statement))))
          }
          inbox.post(.evaluation(EvaluationEvent(run: run, what: .ended(outcome))))
        }
      }
    }
  }

  func evaluate(_ request: EvaluationRequest, run: Int) { jobs.post(.run(run, request)) }
  func forget(_ document: String) { jobs.post(.forget(document)) }
  func stop() { jobs.post(.stop) }
}
