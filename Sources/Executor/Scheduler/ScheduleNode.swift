/// What the scheduler knows of a node of the graph: how it is ordered, never what it does.
package struct ScheduleNode: Sendable {
  /// How many nodes must be done before it.
  package var needs: Int
  package var dependents: [Int]
  package var pool: Int?
  /// Higher goes first among ready nodes; equal ones go in the order of the plan.
  package var priority: Int
  /// A gate without checks: done as soon as what it needs is done.
  package var isBarrier: Bool
  package var isFinally: Bool
  /// The called plans of whose main part it is, those around others, too.
  package var calls: [Int] = []
  /// The called plan at whose end it runs.
  package var closes: Int?
  /// Its preparation looks at the world, so it is not prepared before there is a slot for it.
  package var probes: Bool
  /// Its preparation runs programs, so it is not prepared before what it needs is durable.
  package var probesWithPrograms: Bool

  package init(
    needs: Int = 0, dependents: [Int] = [], pool: Int? = nil, priority: Int = 0, isBarrier: Bool = false,
    isFinally: Bool = false, probes: Bool = false, probesWithPrograms: Bool = false
  ) {
    self.needs = needs
    self.dependents = dependents
    self.pool = pool
    self.priority = priority
    self.isBarrier = isBarrier
    self.isFinally = isFinally
    self.probes = probes
    self.probesWithPrograms = probesWithPrograms
  }
}
