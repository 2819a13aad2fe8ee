import Journal
import PlanModel
import TestSupport
import Testing

@Test func tenThousandStepsOfSeveralRunsAreReadAtOnce() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let journal = try Journal(state)
  let steps = 10_000
  var last: [Int64] = []
  for _ in 0..<2 {
    let run = try journal.nextRunID()
    let leg = try journal.nextLegID()
    try journal.commit([.beginRun(sampleRun(run)), .beginLeg(sampleLeg(leg, run: run))])
    last = []
    for first in stride(from: 0, to: steps, by: 500) {
      var writes: [JournalWrite] = []
      for index in first..<first + 500 {
        let id = try journal.nextAttemptID()
        last.append(id)
        var attempt = sampleAttempt(id, run: run, leg: leg, step: "step-\(index)")
        writes.append(.claim(attempt))
        attempt.state = .succeeded
        writes.append(.endAttempt(attempt))
        writes.append(.checkpoint(sampleCheckpoint(run: run, step: "step-\(index)", attempt: id)))
      }
      try journal.commit(writes)
    }
    try journal.commit([.setRunState(run: run, .succeeded, finishedAt: 9)])
  }
  try journal.close()
  let reader = JournalReader(state)
  let history = try reader.read { journal throws(JournalError) in try journal.history(plan: "p") }
  #expect(history.count == steps)
  for (index, id) in last.enumerated() {
    let step = try #require(history["step-\(index)"])
    #expect(step.latestAttempt?.id == id)
    #expect(step.lastSuccess?.attempt == id)
  }
  let runs = try reader.read { journal throws(JournalError) in try journal.runs(plan: "p", limit: 2) }
  #expect(runs.map(\.run.id) == [2, 1])
  #expect(runs.map(\.succeeded) == [steps, steps])
}
