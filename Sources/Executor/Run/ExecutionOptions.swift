package import PlanGraph
package import PlanModel

/// What an invocation of `apply` asks for.
package struct ExecutionOptions: Sendable {
  package enum Mode: Hashable, Sendable {
    /// Goes on with an unfinished run if that is safe, else starts a new one.
    case plain
    case resume
    case fresh
  }

  package enum ChangedSteps: Hashable, Sendable {
    case refuse
    case rerun
    /// Accept the old result under the new definition.
    case keep
  }

  package var mode = Mode.plain
  package var jobs = 1
  package var keepGoing = false
  package var failFast = false
  /// Run what is selected even if it is up to date.
  package var force = false
  /// Ids of steps to run even if they are done.
  package var rerun: Set<String> = []
  /// What `--rerun` was given, as it was given.
  package var named: [String] = []
  /// A finished run is repeated from these steps on, in a new one that takes the rest from it.
  package var rerunFrom: [String] = []
  package var changed = ChangedSteps.refuse
  package var selection = Selection()
  package var resetRetries = false
  /// The run of a plan that was renamed, to go on with.
  package var adoptRun: Int64?
  package var trustEffects = false
  /// What is done about what is there already and is not the plan's; nil: nothing is said.
  package var onConflict: OnConflict?
  /// Conflicts without another answer are settled by overwriting (`--yes`).
  package var answersYes = false
  /// What somebody has answered at the terminal, by step.
  package var answers: [String: SettledConflict] = [:]
  package var skipFinally = false
  /// Whether the leg waits where people are asked.
  package var approvalWait = ApprovalWait.none
  /// What is done about processes that a dead leg left running.
  package var orphans = OrphanPolicy.refuse
  /// How long running steps may go on after a first signal.
  package var drain = Duration.seconds(10)
  /// How long a process group may take after SIGTERM.
  package var grace = Duration.seconds(10)

  package init() {}

  /// The same for the rest of a run that has begun with them.
  package var goingOn: ExecutionOptions {
    var options = self
    options.mode = .resume
    options.force = false
    options.rerun = []
    options.resetRetries = false
    options.adoptRun = nil
    return options
  }

  /// Whether what the programs of a plan declare to make can be in conflict with what is there.
  func coversPrograms(of plan: Plan) -> Bool { plan.strategy != nil || onConflict != nil }

  /// Whether a step is to run even if it is done; `*` means every one.
  func reruns(_ id: String) -> Bool { rerun.contains(id) || rerun.contains("*") }
}
