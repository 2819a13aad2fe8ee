internal import Journal
internal import PlanModel
internal import Planner
internal import Subprocess

/// What a leg starts with.
struct SupervisorParts {
  var planned: PlannedPlan
  var site: ExecutionSite
  var options: ExecutionOptions
  var journal: any JournalStore
  var run: Run
  var leg: Leg
  var world: any LegWorld
  var state: [String: Value]
  var runMembers: [Reference.RunMember: Value]
  var records: [NodeRecord]
  var scheduleNodes: [ScheduleNode]
  var done: Set<Int>
  var excluded: [Int: SchedulerStatus]
  var delayed: Set<Int>
  /// Whether the run is given up when the leg has ended.
  var givesUp: Bool
  /// What dead legs left under keepers, by node.
  var takenOver: [Int: KeptAttempt]
  /// Set if the leg takes the run back.
  var rollback: RollbackLeg?
  /// Called plans of which an earlier leg has begun something.
  var begunCalls: Set<Int>
  /// Of groups whose items are not known any more, the items that are done.
  var strays: [String: [String]]
  /// What is known of an item when it is found, and of the step that found it.
  var recordOfFound: (_ item: PlannedNode, _ template: String) -> NodeRecord
  /// What the saved plan that is applied says of each step; nil: none is.
  var promises: [String: Decision]?
  /// What is there already, and what is done about it.
  var conflicts = ConflictTerms()
}
