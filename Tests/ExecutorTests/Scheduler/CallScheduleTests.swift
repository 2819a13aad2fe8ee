internal import Testing

@testable internal import Executor

/// The steps at the end of called plans.
struct CallScheduleTests {
  /// 0 and 1 are the plan, 2 and 3 its end, 4 stands for all of it, 5 needs that, 6 stands beside.
  private static let plan = [ScheduleNode].graph([], [0], [], [2], [0, 1, 2, 3], [4], [], []).calling(
    ([0, 1], [2, 3]))

  private func nodes(beside: Bool = false, finally: Bool = false) -> [ScheduleNode] {
    var nodes = Self.plan
    nodes[4].isBarrier = true
    nodes[6].isBarrier = !beside
    nodes[7].isFinally = finally
    nodes[7].isBarrier = !finally
    return nodes
  }

  @Test func theyComeBeforeWhatNeedsThePlan() {
    var driver = SchedulerDriver(nodes())
    driver.runToEnd()
    #expect(driver.launched == [0, 1, 2, 3, 5] && driver.isFinished)
  }

  @Test(arguments: [SchedulerEvent.Ending.failed(retry: false), .cancelled, .inDoubt])
  func theyRunWhateverThePlanCameTo(_ ending: SchedulerEvent.Ending) {
    var driver = SchedulerDriver(nodes(finally: true))
    driver.settle()
    driver.finished(0, ending)
    driver.runToEnd()
    #expect(driver.launched == [0, 2, 3, 7] && driver.isFinished)
    #expect(driver.scheduler.status[5] == .blocked)
  }

  @Test func nothingIsEndedThatWasNotBegun() {
    var nodes = nodes(beside: true)
    nodes[6].priority = 1
    var driver = SchedulerDriver(nodes)
    driver.settle()
    driver.finished(6, .failed(retry: false))
    driver.runToEnd()
    #expect(driver.launched == [6] && driver.isFinished)
    // What an earlier leg has begun is.
    driver = SchedulerDriver(nodes, begun: [0])
    driver.settle()
    driver.finished(6, .failed(retry: false))
    driver.runToEnd()
    #expect(driver.launched == [6, 2, 3])
  }

  @Test func whatIsBlockedAsAWholeIsNotEnded() {
    var nodes = [ScheduleNode].graph([], [0], [], [1, 2]).calling(([1], [2]))
    nodes[3].isBarrier = true
    var driver = SchedulerDriver(nodes, keepGoing: true)
    driver.settle()
    driver.finished(0, .failed(retry: false))
    driver.runToEnd()
    #expect(driver.launched == [0] && driver.scheduler.status == [.failed, .blocked, .blocked, .blocked])
  }

  /// A stop lets them run beside what still runs of others.
  @Test func aStopStillRunsThem() {
    var driver = SchedulerDriver(nodes(beside: true, finally: true), jobs: 2)
    driver.settle()
    #expect(driver.running == [0, 6])
    driver.send(.stop)
    driver.settle()
    #expect(driver.running == [0, 6])
    driver.finished(0)
    driver.settle()
    #expect(driver.running == [6, 2])
    driver.runToEnd()
    #expect(driver.launched == [0, 6, 2, 3, 7] && driver.isFinished)
  }

  @Test func aStopWithinThemLetsTheRestRun() {
    var driver = SchedulerDriver(nodes())
    for node in [0, 1] {
      driver.settle()
      driver.finished(node)
    }
    driver.settle()
    #expect(driver.running == [2])
    driver.send(.stop)
    driver.runToEnd()
    #expect(driver.launched == [0, 1, 2, 3] && driver.isFinished)
    #expect(driver.scheduler.status[5] != .done)
  }

  @Test func aSecondSignalLeavesThemOut() {
    var driver = SchedulerDriver(nodes(finally: true))
    driver.settle()
    driver.send(.stop)
    driver.send(.halt)
    driver.finished(0, .cancelled)
    driver.settle()
    #expect(driver.launched == [0] && driver.isFinished)
  }

  @Test func aPauseLeavesThemOut() {
    var driver = SchedulerDriver(nodes())
    driver.settle()
    driver.finished(0)
    while driver.committing != nil { driver.committed() }
    driver.prepared(1, .wait)
    driver.runToEnd()
    #expect(driver.launched == [0] && driver.isFinished && driver.scheduler.isPaused)
  }

  /// The plan waits for a person when the leg ends with a failure beside it.
  @Test func aFailureElsewhereEndsWhatWaits() {
    var driver = SchedulerDriver(nodes(beside: true, finally: true), keepGoing: true)
    driver.settle()
    driver.finished(0)
    while driver.committing != nil { driver.committed() }
    driver.prepared(1, .wait)
    driver.settle()
    driver.finished(6, .failed(retry: false))
    driver.runToEnd()
    #expect(driver.launched == [0, 6, 2, 3, 7] && driver.isFinished)
  }

  @Test func aFailureThereKeepsWhatNeedsThePlanFromRunning() {
    var driver = SchedulerDriver(nodes(finally: true))
    for node in [0, 1] {
      driver.settle()
      driver.finished(node)
    }
    driver.settle()
    driver.finished(2, .failed(retry: false))
    driver.runToEnd()
    #expect(driver.launched == [0, 1, 2, 7])
    #expect(driver.scheduler.status[3] == .blocked && driver.scheduler.status[5] == .blocked)
  }

  @Test func aClaimIsGivenBackWhenItsNodeHasNothingToDoAnyMore() {
    var driver = SchedulerDriver(.graph([], [], []))
    driver.settle()
    driver.send(.reconsider([1, 2]))
    driver.finished(0, .allowedFailure)
    #expect(driver.preparing == [1])
    driver.prepared(1, .settle)
    while driver.committing != nil { driver.committed() }
    #expect(
      driver.log.contains { $0.hasSuffix("release 1") } && driver.log.contains("commit settle 1"), "\(driver.log)")
    driver.runToEnd()
    #expect(driver.launched == [0, 2] && driver.scheduler.status == [.done, .done, .done])
  }

  /// What is done already is not ended again.
  @Test func aPlanThatIsDoneStaysSo() {
    var driver = SchedulerDriver(nodes(), done: [0, 1, 2, 3], begun: [0])
    driver.runToEnd()
    #expect(driver.launched == [5])
    driver = SchedulerDriver(nodes(), done: [0, 1, 2], begun: [0])
    driver.runToEnd()
    #expect(driver.launched == [3, 5])
  }

  /// 0 is the inner plan, 1 its end, 2 stands for it, 3 is the end of the outer one, 4 stands for that.
  @Test func theInnerPlanEndsFirst() {
    var nodes = [ScheduleNode].graph([], [], [0, 1], [], [0, 1, 2, 3]).calling(([0], [1]), ([0, 1, 2], [3]))
    nodes[2].isBarrier = true
    nodes[4].isBarrier = true
    for isStopped in [false, true] {
      var driver = SchedulerDriver(nodes)
      driver.settle()
      if isStopped { driver.send(.stop) }
      driver.finished(0)
      driver.runToEnd()
      #expect(driver.launched == [0, 1, 3] && driver.isFinished)
    }
  }
}
