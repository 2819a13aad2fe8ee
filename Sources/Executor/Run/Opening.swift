internal import Digest
package import Journal
package import PlanModel
package import Planner
internal import SourceText
internal import Subprocess

/// What `apply` would do over what is recorded of a plan: start a run, go on with one, or refuse, and why.
///
/// It only reads, so `plan` and `status` ask it too.
package struct Opening: Sendable {
  package enum Decision: Sendable {
    case start
    case goOn(Run)
    case nothing(String)
    case refuse(Refusal)
  }

  package var decision: Decision
  package var position: RunPosition
  package var history: [String: StepMemory]
  package var state: [String: Value]
  package var latest: Run?
  /// Attempts of the run that is gone on with, by step, released ones not among them.
  package var attempts: [String: [Attempt]]
  /// Claims of dead legs that were never launched.
  package var unlaunched: [Attempt]
  /// Attempts of dead legs whose outcome nobody recorded.
  package var doubtful: [String: Attempt]
  /// How the commands of messages are written.
  package var command = CommandWords(plan: "")
  /// Attempts of dead legs whose result can be taken from their keepers, by step.
  package var kept: [String: KeptAttempt] = [:]
  /// What was found, a line each.
  package var notes: [String]
  /// What is there already, and is not the plan's.
  package var claims = PathClaims()
  /// The finished run of which a part is repeated; what is done before that part is in `position`.
  package var rerunOf: Int64?
  /// The run whose process was killed before its `finally` steps ran, when a new run takes its place.
  package var owesFinally: Run?
  /// What people have said, by the step that asks.
  package var standings: [String: ApprovalStanding] = [:]

  /// How conflicts with what is there are settled.
  func conflictTerms(_ options: ExecutionOptions, _ plan: Plan, _ site: ExecutionSite) -> ConflictTerms {
    var terms = ConflictTerms()
    terms.claims = claims
    terms.wish = options.onConflict
    terms.answersYes = options.answersYes
    for conflict in position.run?.conflicts ?? [] { terms.settled[conflict.step] = conflict }
    terms.answers = options.answers
    terms.loss = { path, step in FileWriter.loss(of: path, by: step, site) }
    terms.isGreenfield = plan.strategy == .greenfield
    terms.coversPrograms = options.coversPrograms(of: plan)
    return terms
  }

  /// - Parameter callsServers: whether servers may be asked what became of transactions.
  package static func read(
    _ journal: any JournalReading, planned: PlannedPlan, site: ExecutionSite, options: ExecutionOptions,
    command: CommandWords, callsServers: Bool = false
  ) throws(JournalError) -> Opening {
    var reader = OpeningReader(
      journal: journal, planned: planned, site: site, options: options, command: command)
    reader.callsServers = callsServers
    return try reader.read()
  }

  /// What is recorded of a run that is given up, for running the `finally` steps that it owes.
  static func ofAbandoned(
    _ run: Run, _ journal: any JournalReading, planned: PlannedPlan, site: ExecutionSite, options: ExecutionOptions,
    command: CommandWords
  ) throws(JournalError) -> Opening {
    var reader = OpeningReader(
      journal: journal, planned: planned, site: site, options: options, command: command)
    return try reader.readAbandoned(run)
  }
}

/// How the commands of messages are written: the plan as the person named it.
package struct CommandWords: Sendable {
  /// The plan's argument, quoted for a shell if it must be.
  package var plan: String
  /// `--param k=v` of this invocation, quoted, for commands that start anew.
  package var parameters: String

  package init(plan: String, parameters: String = "") {
    self.plan = plan
    self.parameters = parameters
  }

  package func resume(_ more: String = "") -> String {
    "apply \(plan) --resume" + (more.isEmpty ? "" : " \(more)")
  }

  package var fresh: String { "apply \(plan) --fresh" + (parameters.isEmpty ? "" : " \(parameters)") }

  package func rollback(_ goal: RollbackGoal = .everything) -> String {
    "rollback \(plan)" + (goal.step.map { " --to \(CommandWords.word($0))" } ?? "")
  }

  package func adopt(_ run: Int64) -> String { "apply \(plan) --adopt-run \(run)" }

  package func resolve(_ step: String) -> [String] {
    ["done", "failed", "rerun"].map { "resolve \(plan) \(CommandWords.word(step)) --as \($0)" }
  }

  /// The id of a step as a shell takes it: that of an item holds brackets.
  package static func word(_ step: String) -> String { ShellQuoting.quoted(step) }
}
