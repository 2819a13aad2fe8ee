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
  /// What the saved plan that is applied says of each node; nil: none is.
  var promises: [Decision?]?
}
