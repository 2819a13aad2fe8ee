package import SourceText

/// A whole plan, decoded and with its parameters bound.
package struct Plan: Sendable {
  package enum Strategy: String, Hashable, Sendable, CaseIterable {
    case greenfield, brownfield
  }

  package enum Order: String, Hashable, Sendable, CaseIterable {
    /// Each step needs the one above it.
    case listed
    /// Only `needs` and file edges order the steps.
    case graph
  }

  /// What people must agree to before it is carried out.
  package enum Approval: String, Hashable, Sendable, CaseIterable {
    case none
    /// The whole plan, before anything of it.
    case plan
    /// Each phase, before the first of its steps.
    case phases
  }

  package var title: String
  /// The declared `id`, if there is one.
  package var id: Located<String>?
  /// Relative to the project root, with `/` between folders.
  package var path: String
  package var strategy: Strategy?
  package var order: Order = .graph
  package var approval: Approval = .none
  /// Whether the author wrote `order`.
  package var hasExplicitOrder = false
  package var parameters: [Parameter] = []
  package var env: [Step.Variable] = []
  /// Below `env` in the environment of every step.
  package var dotenv = Dotenv()
  package var secrets: [Secret] = []
  package var requirements = Requirements()
  /// Those that have a name; steps hold what it stands for.
  package var databases: [NamedDatabase] = []
  package var pools: [Pool] = []
  package var phases: [Phase] = []
  package var steps: [Step] = []
  package var finally: [Step] = []
  /// What task tables list; with `tasks: manual` there is a step of the same id for each.
  package var tasks: [PlanTask] = []
  /// Whether the tasks are steps too.
  package var hasManualTasks = false
  /// What it says about other plans.
  package var relations: [PlanRelation] = []
  /// Parameters whose values make a run, a lock and a history of their own.
  package var runKey: [Located<String>] = []
  /// A bound on the whole run.
  package var timeout: Duration?
  package var profile: String?
  package var calendar = WorkCalendar()
  /// Who is told how a run ended.
  package var notices = Notices()
  package var notes = PlanNotes()
  /// Parameters whose values already stand in paths and items of the plan.
  package var parametersInPaths: Set<String> = []
  /// Where steps stand that `foreach` makes several of, in order: what is wrong there is said once.
  package var repeatedRanges: [SourceRange] = []

  /// What the plan shows to one that calls it.
  package var values: [Step.Variable] = []
  /// Where other plans are called; what is only a warning there is said of the plan that is called.
  package var calledRanges: [SourceRange] = []
  /// How many of the secrets the plan itself declares; they come first.
  package var ownSecretCount = 0

  /// More steps than this are refused, those that a run finds included.
  package static let stepLimit = 200_000

  package init(title: String, path: String) {
    self.title = title
    self.path = path
  }

  /// The plan's identity: its `id`, else its path (SPEC §1), with the values of its `run_key`.
  package var key: String {
    let base = id?.value ?? path
    if runKey.isEmpty { return base }
    let values = runKey.map { name in
      "\(name.value)=\(parameters.first { $0.name.value == name.value }?.value?.text ?? "")"
    }
    return base + "?" + values.joined(separator: "&")
  }

  /// Looks at the steps of the main part, then at those under `finally`, where they stand: a step is a large value.
  package func eachStep(_ body: (borrowing Step) -> Void) {
    let main = steps.span
    for index in main.indices { body(main[index]) }
    let last = finally.span
    for index in last.indices { body(last[index]) }
  }

  package func value(ofParameter name: String) -> Value? {
    parameters.first { $0.name.value == name }?.value
  }
}
