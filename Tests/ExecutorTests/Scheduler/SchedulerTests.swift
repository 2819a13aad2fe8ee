internal import Testing

@testable internal import Executor

struct SchedulerTests {
  @Test func aChainSharesOneCommitBetweenAnEndAndTheNextClaim() {
    var driver = SchedulerDriver(.graph([], [0]), atOnce: { _ in .claim })
    driver.runToEnd()
    #expect(
      driver.log == [
        "prepare 0", "commit claim 0!", "launch 0", "prepare 1", "commit end 0, claim 1!", "launch 1", "commit end 1",
        "finish",
      ])
  }

  @Test func nothingIsLaunchedBeforeItsClaimIsDurable() {
    var driver = SchedulerDriver(.graph([], []), jobs: 2)
    driver.prepared(0)
    driver.prepared(1)
    #expect(driver.running.isEmpty)
    driver.committed()
    #expect(driver.running == [0] || driver.running == [0, 1])
  }

  @Test func noMoreThanTheJobsAreClaimedAheadOfTheirLaunch() {
    var driver = SchedulerDriver(.graph(all: Array(repeating: [], count: 20)), jobs: 3)
    #expect(driver.preparing == [0, 1, 2])
    for node in driver.preparing { driver.prepared(node) }
    driver.settle()
    #expect(driver.running == [0, 1, 2])
    // As many are claimed ahead, so that a slot is filled without waiting for a commit.
    driver.finished(1)
    #expect(driver.running == [0, 2, 3])
  }

  @Test func aStepThatProbesIsNotPreparedBeforeThereIsASlot() {
    var nodes = [ScheduleNode].graph([], [])
    nodes[1].probes = true
    var driver = SchedulerDriver(nodes)
    driver.settle()
    #expect(driver.running == [0])
    #expect(!driver.log.contains("prepare 1"))
    driver.finished(0)
    #expect(driver.preparing == [1])
  }

  @Test func aProbeWithProgramsWaitsUntilItsNeedsAreDurable() {
    var nodes = [ScheduleNode].graph([], [0])
    nodes[1].probes = true
    nodes[1].probesWithPrograms = true
    var driver = SchedulerDriver(nodes)
    driver.settle()
    driver.finished(0)
    #expect(driver.preparing.isEmpty)
    #expect(driver.committing == [.end(0)])
    driver.committed()
    #expect(driver.preparing == [1])
  }

  @Test func whatAnEarlierLegStartedTakesASlotAndIsNotStartedAgain() {
    var scheduler = Scheduler(nodes: .graph([], [0], []), pools: [], options: .init(jobs: 1), running: [0])
    scheduler.handle(.start)
    #expect(scheduler.takeCommands(mayCommit: true) == [.prepare(2)])
    scheduler.handle(.prepared(2, .claim))
    #expect(scheduler.takeCommands(mayCommit: true) == [.commit([.claim(2, starts: false)])])
    scheduler.handle(.committed)
    #expect(scheduler.takeCommands(mayCommit: true).isEmpty)
    scheduler.handle(.finished(0, .succeeded))
    #expect(scheduler.status[0] == .done)
    #expect(scheduler.takeCommands(mayCommit: false) == [.launch(2), .prepare(1)])
  }

  /// More may go on than there are slots; nothing new is started until that is over.
  @Test func whatGoesOnMayBeMoreThanTheJobsAndThePoolAllow() {
    var nodes = [ScheduleNode].graph([], [], [])
    for node in nodes.indices { nodes[node].pool = 0 }
    var scheduler = Scheduler(nodes: nodes, pools: [1], options: .init(jobs: 1), running: [0, 1])
    scheduler.handle(.start)
    #expect(scheduler.takeCommands(mayCommit: true).isEmpty)
    scheduler.handle(.finished(0, .succeeded))
    #expect(scheduler.takeCommands(mayCommit: false).isEmpty)
    scheduler.handle(.finished(1, .succeeded))
    #expect(scheduler.takeCommands(mayCommit: false) == [.prepare(2)])
  }

  @Test func priorityGoesBeforeTheOrderOfThePlan() {
    var nodes = [ScheduleNode].graph([], [], [])
    nodes[2].priority = 5
    nodes[1].priority = 1
    var driver = SchedulerDriver(nodes)
    driver.runToEnd()
    #expect(driver.launched == [2, 1, 0])
  }

  @Test func aPoolHoldsItsStepsBackAndLetsOthersPass() {
    var nodes = [ScheduleNode].graph([], [], [])
    nodes[0].pool = 0
    nodes[1].pool = 0
    var driver = SchedulerDriver(nodes, jobs: 3, pools: [1])
    driver.settle()
    #expect(driver.running == [0, 2])
    driver.finished(0)
    driver.settle()
    #expect(driver.running == [2, 1])
  }

  @Test func aBackOffFreesTheSlotAndThePool() {
    var nodes = [ScheduleNode].graph([], [])
    nodes[0].pool = 0
    nodes[1].pool = 0
    var driver = SchedulerDriver(nodes, pools: [1])
    driver.settle()
    driver.finished(0, .failed(retry: true))
    driver.settle()
    #expect(driver.backingOff == [0])
    #expect(driver.running == [1])
    driver.finished(1)
    driver.settle()
    #expect(!driver.isFinished)
    driver.retryDue(0)
    driver.runToEnd()
    #expect(driver.launched == [0, 1, 0])
    #expect(driver.scheduler.status == [.done, .done])
  }

  @Test func aBackOffOfAnEarlierLegGoesOn() {
    var driver = SchedulerDriver(.graph([], [0]), delayed: [0])
    #expect(driver.log == ["back off 0"])
    driver.retryDue(0)
    driver.runToEnd()
    #expect(driver.launched == [0, 1])
  }

  @Test func aStopEndsABackOff() {
    var driver = SchedulerDriver(.graph([]), delayed: [0])
    driver.send(.stop)
    driver.settle()
    #expect(driver.isFinished)
    #expect(driver.scheduler.status == [.failed])
    driver.retryDue(0)
    #expect(driver.launched.isEmpty)
  }

  @Test func afterAFailureNothingNewStartsAndRunningStepsEnd() {
    var driver = SchedulerDriver(.graph([], [], [], [], [0]), jobs: 2)
    driver.settle()
    #expect(driver.running == [0, 1])
    driver.finished(0, .failed(retry: false))
    driver.settle()
    #expect(driver.running == [1])
    #expect(!driver.isFinished)
    driver.finished(1)
    driver.settle()
    #expect(driver.isFinished)
    #expect(driver.launched == [0, 1])
    #expect(driver.scheduler.status[4] == .blocked)
    #expect(driver.log.contains { $0.contains("release 2") })
  }

  @Test func keepGoingRunsAllThatIsNotDownstream() {
    var driver = SchedulerDriver(.graph([], [0], [1], []), keepGoing: true)
    driver.settle()
    driver.finished(0, .failed(retry: false))
    driver.runToEnd()
    #expect(driver.scheduler.status == [.failed, .blocked, .blocked, .done])
  }

  @Test func failFastCancelsWhatRuns() {
    var driver = SchedulerDriver(.graph([], []), jobs: 2, failFast: true)
    driver.settle()
    driver.finished(0, .failed(retry: false))
    #expect(driver.cancellations == 1)
    driver.finished(1, .cancelled)
    driver.settle()
    #expect(driver.isFinished)
    #expect(driver.scheduler.status == [.failed, .cancelled])
  }

  @Test(arguments: [SchedulerEvent.Ending.succeeded, .failed(retry: false), .cancelled, .inDoubt])
  func finallyRunsHoweverTheMainPartEnds(_ ending: SchedulerEvent.Ending) {
    var driver = SchedulerDriver(.graph([], [0], [], finally: [2]))
    driver.settle()
    driver.finished(0, ending)
    driver.runToEnd()
    #expect(driver.launched.last == 2)
    #expect(driver.scheduler.status[2] == .done)
    #expect(driver.finishCount == 1)
  }

  @Test func whatAStopLeftDoesNotStartBesideFinally() {
    // 1 to 4 are ready when 0 fails; two of them are parked at a pool that `finally` uses, too.
    var nodes = [ScheduleNode].graph([], [], [], [], [], [], [5], finally: [5, 6])
    for node in [0, 1, 2, 3, 5, 6] { nodes[node].pool = 0 }
    var driver = SchedulerDriver(nodes, jobs: 2, pools: [1])
    driver.settle()
    #expect(driver.running == [0, 4])
    driver.finished(4)
    driver.finished(0, .failed(retry: false))
    driver.runToEnd()
    #expect(driver.launched == [0, 4, 5, 6])
  }

  @Test func aFailureInFinallyKeepsNoneOfTheOthersFromRunning() {
    var driver = SchedulerDriver(.graph([], [], [], [1], finally: [1, 2, 3]))
    driver.settle()
    driver.finished(0)
    driver.settle()
    driver.finished(1, .failed(retry: false))
    driver.runToEnd()
    #expect(driver.launched == [0, 1, 2])
    #expect(driver.scheduler.status == [.done, .failed, .done, .blocked])
  }

  @Test func aPauseLeavesFinallyOut() {
    var driver = SchedulerDriver(.graph([], [0], [], [], finally: [3]))
    driver.prepared(0, .wait)
    driver.runToEnd()
    #expect(driver.isFinished)
    #expect(driver.scheduler.isPaused)
    #expect(driver.launched == [2])
    #expect(driver.scheduler.status == [.waiting, .idle, .done, .idle])
  }

  @Test func aRefusalLeavesFinallyOut() {
    var driver = SchedulerDriver(.graph([], [0], [], finally: [2]), keepGoing: true, excluded: [0: .refused])
    driver.runToEnd()
    #expect(driver.isFinished)
    #expect(driver.launched.isEmpty)
    #expect(driver.scheduler.status == [.refused, .blocked, .idle])
  }

  @Test func aNodeThatMayNotBeStartedIsRecordedAndStopsWhatIsNew() {
    for keepGoing in [false, true] {
      var driver = SchedulerDriver(.graph([], [0], [], [], finally: [3]), keepGoing: keepGoing)
      driver.prepared(0, .refuse)
      driver.runToEnd()
      #expect(driver.isFinished)
      #expect(driver.log.contains { $0.contains("refuse 0") })
      #expect(driver.launched == (keepGoing ? [2] : []))
      #expect(driver.scheduler.status[0] == .refused)
      #expect(driver.scheduler.status[1] == .blocked)
    }
  }

  @Test func aStopReleasesClaimsAndStillRunsFinally() {
    var driver = SchedulerDriver(.graph([], [], [], finally: [2]))
    driver.settle()
    driver.send(.stop)
    driver.settle()
    #expect(driver.log.contains { $0.contains("release 1") })
    driver.finished(0)
    driver.runToEnd()
    #expect(driver.launched == [0, 2])
    #expect(driver.isFinished)
  }

  /// `finally` is what a first signal leaves to be done, also when it comes while that is done.
  @Test func aStopWithinFinallyStillRunsAllOfIt() {
    var driver = SchedulerDriver(.graph([], [], [1], finally: [1, 2]))
    driver.settle()
    driver.finished(0)
    driver.settle()
    driver.send(.stop)
    driver.runToEnd()
    #expect(driver.launched == [0, 1, 2])
    #expect(driver.isFinished)
  }

  @Test func aSecondSignalLeavesFinallyOut() {
    var driver = SchedulerDriver(.graph([], [], finally: [1]))
    driver.settle()
    driver.send(.stop)
    driver.send(.halt)
    driver.finished(0, .cancelled)
    driver.settle()
    #expect(driver.isFinished)
    #expect(driver.launched == [0])
  }

  @Test func aStopWhileAStepIsPreparedStartsItNot() {
    var driver = SchedulerDriver(.graph([]))
    driver.send(.stop)
    driver.prepared(0)
    driver.settle()
    #expect(driver.isFinished)
    #expect(driver.launched.isEmpty)
    #expect(driver.scheduler.status == [.cancelled])
  }

  @Test func aDoubtStopsWhatDoesNotKeepGoing() {
    for keepGoing in [false, true] {
      var driver = SchedulerDriver(.graph([], [0], [], []), keepGoing: keepGoing)
      driver.settle()
      driver.finished(0, .inDoubt)
      driver.runToEnd()
      #expect(driver.isFinished)
      #expect(driver.launched == (keepGoing ? [0, 2, 3] : [0]))
      #expect(driver.scheduler.status[1] == .blocked)
    }
  }

  @Test func aSettledStepSatisfiesItsDependentsInTheSameCommit() {
    let driver = SchedulerDriver(.graph([], [0]), atOnce: { $0 == 0 ? .settle : .claim })
    #expect(driver.committing == [.settle(0), .claim(1, starts: true)])
  }

  @Test func anAllowedFailureBeforeTheStartSatisfiesItsDependents() {
    for probes in [false, true] {
      var nodes = [ScheduleNode].graph([], [0])
      nodes[1].probesWithPrograms = probes
      var driver = SchedulerDriver(nodes)
      driver.prepared(0, .allowedFailure)
      driver.runToEnd()
      #expect(driver.scheduler.status == [.done, .done])
      #expect(driver.launched == [1])
    }
  }

  @Test func aFailureBeforeTheStartBlocksAndStops() {
    var driver = SchedulerDriver(.graph([], [0], []))
    driver.prepared(0, .fail)
    driver.runToEnd()
    #expect(driver.scheduler.status[0] == .failed)
    #expect(driver.scheduler.status[1] == .blocked)
    #expect(driver.launched.isEmpty)
  }

  @Test func aBarrierWaitsForDurableNeedsAndPassesOnAtOnce() {
    var nodes = [ScheduleNode].graph([], [], [0, 1], [2], [2])
    nodes[2].isBarrier = true
    nodes[3].probesWithPrograms = true
    var driver = SchedulerDriver(nodes, jobs: 2)
    driver.settle()
    driver.finished(0)
    driver.finished(1)
    #expect(driver.preparing.isEmpty)
    driver.settle()
    #expect(Set(driver.running) == [3, 4])
    driver.runToEnd()
    #expect(driver.isFinished)
    #expect(driver.scheduler.status.allSatisfy { $0 == .done })
  }

  @Test func whatIsDoneBeforeTheLegCountsAsDone() {
    var driver = SchedulerDriver(.graph([], [0], [1]), done: [0, 1])
    driver.runToEnd()
    #expect(driver.launched == [2])
  }

  @Test func aLegWithNothingToDoEndsAtOnce() {
    #expect(SchedulerDriver(.graph([], [0]), done: [0, 1]).isFinished)
    #expect(SchedulerDriver([]).isFinished)
  }

  @Test func excludedStepsSatisfyNothing() {
    var driver = SchedulerDriver(.graph([], [0], []), excluded: [0: .blocked])
    driver.runToEnd()
    #expect(driver.isFinished)
    #expect(driver.launched == [2])
    #expect(driver.scheduler.status[1] == .idle)
  }
}
