/// One reason for a decision: a kind that machines may rely on, and a detail for people.
package struct Reason: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    // Why a step runs.
    case firstRun = "first_run"
    case definitionChanged = "definition_changed"
    case valueChanged = "value_changed"
    case inputChanged = "input_changed"
    case outputMissing = "output_missing"
    case outputAltered = "output_altered"
    case outputLost = "output_lost_since_restart"
    case upstreamRan = "upstream_ran"
    case rewritten = "rewritten_after"
    case forced
    case always
    case everyRun = "runs_in_every_run"
    case failedBefore = "failed_before"
    case cutOff = "cut_off"
    case neverStarted = "never_started"
    case stillRuns = "result_is_taken"
    case guardFails = "guard_does_not_hold"
    case differs
    /// What is there already is not the plan's, and is replaced by request.
    case overwrites
    /// It takes back what a step did.
    case rollback
    /// It finds items, for each of which there will be a step.
    case findsItems = "finds_items"
    // Why a step is skipped.
    case checkpointed
    case upToDate = "up_to_date"
    case once
    case guardHolds = "guard_holds"
    case asDesired = "already_as_desired"
    case approved
    /// What is there already is not the plan's, and is taken as it is.
    case adopted
    case conditionFalse = "condition_false"
    case noValue = "no_value"
    case skippedByUser = "skipped_by_user"
    case notSelected = "not_selected"
    // Why it waits, is blocked, in doubt or unknown.
    case person = "waits_for_person"
    case agent = "waits_for_agent"
    case approval = "waits_for_approval"
    case rejected
    case blockedBy = "blocked_by"
    case failedForGood = "failed_for_good"
    /// What it would make is there already, and is not the plan's.
    case existsAlready = "exists_already"
    /// What is there is of another kind, and nothing but a person can move it away.
    case inTheWay = "in_the_way"
    /// Somebody changed a file since the step wrote it.
    case changedByHand = "changed_by_hand"
    case inDoubt = "in_doubt"
    case unknownUntil = "unknown_until"
    case probeNotRun = "probe_not_run"
    case error
  }

  package var kind: Kind
  package var detail: String

  package init(_ kind: Kind, _ detail: String = "") {
    self.kind = kind
    self.detail = detail
  }

  /// One line for people.
  package var text: String {
    let plain =
      switch kind {
      case .firstRun: "first run"
      case .definitionChanged: "definition changed"
      case .valueChanged: "upstream value changed"
      case .inputChanged: "input changed"
      case .outputMissing: "output missing"
      case .outputAltered: "output altered"
      case .outputLost: "output lost since the restart of the machine"
      case .upstreamRan: "upstream ran"
      case .rewritten: "must rewrite"
      case .forced: "forced"
      case .always: "always runs"
      case .everyRun: "runs in every new run"
      case .failedBefore: "failed before"
      case .cutOff: "was cut off"
      case .neverStarted: "not started yet"
      case .stillRuns: "its result is taken"
      case .guardFails: "guard does not hold"
      case .differs: "differs"
      case .overwrites: "overwrites"
      case .rollback: "rollback"
      case .findsItems: "finds the items"
      case .checkpointed: "checkpointed"
      case .upToDate: "up to date"
      case .once: "runs once, and did"
      case .guardHolds: "guard holds"
      case .asDesired: "already as desired"
      case .approved: "approved"
      case .adopted: "adopted"
      case .conditionFalse: "condition is false"
      case .noValue: "no value"
      case .skippedByUser: "skipped by request"
      case .notSelected: "not selected"
      case .person: "waits for a person"
      case .agent: "waits for an agent"
      case .approval: "waits for approval"
      case .rejected: "rejected"
      case .blockedBy: "blocked by"
      case .failedForGood: "failed for good"
      case .existsAlready: "exists already"
      case .inTheWay: "in the way"
      case .changedByHand: "changed by hand"
      case .inDoubt: "in doubt"
      case .unknownUntil: "unknown until"
      case .probeNotRun: "probe not run"
      case .error: "error"
      }
    if detail.isEmpty { return plain }
    switch kind {
    case .blockedBy, .unknownUntil, .upToDate, .checkpointed, .approved, .rejected: return "\(plain) \(detail)"
    default: return "\(plain): \(detail)"
    }
  }
}
