internal import Testing

@testable internal import Executor

/// Nodes that one finds while the leg goes on: node 0 finds them, node 1 stands for them.
struct SchedulerExpansionTests {
  private static func found(
    _ count: Int, excluded: Bool = false, gone: [Int] = [], _ change: (inout ScheduleNode) -> Void = { _ in }
  ) -> SchedulerEvent {
    var node = ScheduleNode()
    change(&node)
    return .expanded(
      0,
      .init(group: 1, added: Array(repeating: node, count: count), areExcluded: excluded, gone: gone))
  }

  private static var nodes: [ScheduleNode] {
    var nodes = [ScheduleNode].graph([], [0], [1])
    nodes[1].isBarrier = true
    return nodes
  }

  @Test func whatIsFoundIsClaimedAfterTheRecordOfItAndBeforeWhatWaitsForAll() {
    var driver = SchedulerDriver(Self.nodes, jobs: 2)
    #expect(driver.preparing == [0])
    driver.send(Self.found(2))
    driver.prepared(0, .settle)
    driver.runToEnd()
    #expect(
      driver.log == [
        "prepare 0", "prepare 3", "prepare 4", "commit settle 0", "commit claim 3!, claim 4!", "launch 3", "launch 4",
        "commit end 3", "commit end 4", "prepare 2", "commit claim 2!", "launch 2", "commit end 2", "finish",
      ])
    #expect(driver.finishCount == 1)
  }

  @Test func nothingFoundIsDoneAtOnce() {
    var driver = SchedulerDriver(Self.nodes)
    driver.send(Self.found(0))
    driver.prepared(0, .settle)
    driver.runToEnd()
    #expect(driver.launched == [2])
    #expect(driver.isFinished)
  }

  @Test func aFailureOfOneBlocksWhatWaitsForAll() {
    var driver = SchedulerDriver(Self.nodes, jobs: 2, keepGoing: true)
    driver.send(Self.found(2))
    driver.prepared(0, .settle)
    driver.settle()
    driver.finished(3, .failed(retry: false))
    driver.settle()
    driver.finished(4)
    driver.settle()
    #expect(driver.scheduler.status == [.done, .blocked, .blocked, .failed, .done])
    #expect(driver.isFinished)
  }

  @Test func poolsHoldWhatIsFound() {
    var driver = SchedulerDriver(Self.nodes, jobs: 4, pools: [1])
    driver.send(Self.found(3) { $0.pool = 0 })
    driver.prepared(0, .settle)
    driver.settle()
    #expect(driver.running == [3])
    driver.runToEnd()
    #expect(driver.launched == [3, 4, 5, 2])
  }

  @Test func whatIsLeftAloneHoldsBackWhatWaitsForAll() {
    var driver = SchedulerDriver(Self.nodes, excluded: [1: .blocked, 2: .blocked])
    driver.send(Self.found(2, excluded: true))
    driver.prepared(0, .settle)
    driver.runToEnd()
    #expect(driver.launched.isEmpty)
    #expect(driver.isFinished)
  }

  /// Node 2 was found in an earlier leg, and is not found again.
  @Test func whatIsGoneIsWaitedForByNobody() {
    var nodes = [ScheduleNode].graph([], [0, 2], [0], [1])
    nodes[1].isBarrier = true
    var driver = SchedulerDriver(nodes)
    driver.send(Self.found(1, gone: [2]))
    driver.prepared(0, .settle)
    driver.runToEnd()
    #expect(driver.launched == [4, 3])
    #expect(driver.isFinished)
  }

  @Test func afterAStopWhatIsFoundDoesNotStart() {
    var driver = SchedulerDriver(Self.nodes)
    driver.send(.stop)
    driver.send(Self.found(2))
    driver.prepared(0, .settle)
    driver.settle()
    #expect(driver.launched.isEmpty)
    #expect(driver.isFinished)
  }

  @Test func whatFinallyFindsRunsAtTheEnd() {
    var nodes = [ScheduleNode].graph([], [0], [], finally: [0, 1])
    nodes[1].isBarrier = true
    var driver = SchedulerDriver(nodes)
    driver.settle()
    #expect(driver.running == [2])
    driver.finished(2)
    driver.committed()
    #expect(driver.preparing == [0])
    driver.send(Self.found(1) { $0.isFinally = true })
    driver.prepared(0, .settle)
    driver.runToEnd()
    #expect(driver.launched == [2, 3])
    #expect(driver.isFinished)
  }
}
