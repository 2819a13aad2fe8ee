/// What a simulation came through.
package struct Coverage: Sendable {
  package var schedules = 0
  package var invocations = 0
  package var launches = 0
  package var probes = 0
  package var runs = 0
  package var resumes = 0
  package var retries = 0
  package var finallySteps = 0
  package var callEnds = 0
  package var carriedOver = 0
  package var skips = 0
  package var givenUp = 0
  package var edits = 0
  package var rollbacks = 0
  package var undos = 0
  /// Attempts in doubt, by the class of their step.
  package var doubts: [String: Int] = [:]
  package var answers: [String: Int] = [:]
  package var exits: [String: Int] = [:]
  var faults: [Scenario.Fault.Kind: Int] = [:]

  package init() {}

  package mutating func add(_ other: Coverage) {
    schedules += other.schedules
    invocations += other.invocations
    launches += other.launches
    probes += other.probes
    runs += other.runs
    resumes += other.resumes
    retries += other.retries
    finallySteps += other.finallySteps
    callEnds += other.callEnds
    carriedOver += other.carriedOver
    skips += other.skips
    givenUp += other.givenUp
    edits += other.edits
    rollbacks += other.rollbacks
    undos += other.undos
    doubts.merge(other.doubts, uniquingKeysWith: +)
    answers.merge(other.answers, uniquingKeysWith: +)
    exits.merge(other.exits, uniquingKeysWith: +)
    faults.merge(other.faults, uniquingKeysWith: +)
  }

  package var text: String {
    func list(_ counts: [String: Int]) -> String {
      counts.isEmpty
        ? "none" : counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
    let named = Dictionary(faults.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: +)
    return """
      schedules    \(schedules)
      invocations  \(invocations), of them going on with a run \(resumes); runs begun \(runs), given up \(givenUp)
      exit codes   \(list(exits))
      launches     \(launches), again after a failure \(retries), under finally \(finallySteps), of called plans \(callEnds); probes \(probes)
      no launch    carried over \(carriedOver), skipped \(skips)
      taken back   runs \(rollbacks), programs for that \(undos)
      faults       \(list(named))
      in doubt     \(list(doubts))
      people       plans edited under way \(edits), \(list(answers))
      """
  }
}
