internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText

/// An external action that was cut off: it says itself whether repeating it is safe, or whether it is done.
enum ExternalDoubt {
  case rerun(String)
  case done(String, [Value.Entry])
  case ask(String)

  /// Asks the action.
  static func ask(_ uses: UsesAction, _ context: StepContext) -> ExternalDoubt {
    let action = ExternalAction(uses, context)
    do {
      let description = try action.describe()
      switch description.idempotence {
      case .convergent: return .rerun("its action only changes what differs")
      case .transactional: return .rerun("its action takes effect once for one idempotency key")
      case .declared: return .rerun("its action says that repeating it does no harm")
      case .none, .guarded, .waits: break
      }
      guard description.probes else { return .ask("its action says nothing of repeating it, and has no probe") }
      let reply = try action.probe(try action.input(for: description))
      let why = reply.reason.map { ": \($0)" } ?? ""
      switch reply.isDone {
      case true?: return .done("its probe says that it is done\(why)", reply.publishedValues)
      case false?: return .rerun("its probe says that it is not done\(why)")
      case nil: return .ask("its probe can't tell whether it is done\(why)")
      }
    } catch {
      return .ask("its action can't be asked: \(context.site.secrets.masked(EvaluationError.message(of: error)))")
    }
  }
}
