internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

@Suite struct TeardownTests {
  private func end(_ child: Child, _ loop: EventLoop, grace: Duration) throws -> (
    Subprocess.ExitStatus?, Teardown.Status
  ) {
    var teardown = Teardown(child.group, grace: grace)
    var status: Subprocess.ExitStatus?
    while true {
      let outcome = teardown.advance()
      guard case .waiting(let until) = outcome else { return (status, outcome) }
      for case .exited(_, let ended, _) in try loop.wait(until: until) { status = ended }
    }
  }

  @Test func groupThatObeysGetsItsTime() throws {
    let loop = try EventLoop()
    let child = try Child.spawn(shell("trap 'sleep 0.1; exit 9' TERM; while :; do sleep 0.01; done"))
    try loop.watch(child, token: 0)
    // The trap must be set before the signal comes.
    #expect(becomesTrue { hasChild(child.pid) })
    let (status, outcome) = try end(child, loop, grace: .seconds(60))
    #expect(status == .exited(9) && outcome == .gone)
    #expect(child.group.isGone)
  }

  @Test func stoppedGroupIsEnded() throws {
    let loop = try EventLoop()
    let child = try Child.spawn(program("/bin/sleep", "300"))
    try loop.watch(child, token: 0)
    child.group.send(SIGSTOP)
    #expect(becomesTrue { ProcessRecord(pid: child.pid)?.state == UInt8(ascii: "T") })
    let (status, outcome) = try end(child, loop, grace: .seconds(60))
    #expect(status == .signalled(Int(SIGTERM)) && outcome == .gone)
  }

  @Test func secondWishKillsAtOnce() throws {
    let loop = try EventLoop()
    let child = try Child.spawn(shell("trap '' TERM; while :; do sleep 0.01; done"))
    try loop.watch(child, token: 0)
    #expect(becomesTrue { hasChild(child.pid) })
    var teardown = Teardown(child.group, grace: .seconds(3600))
    guard case .waiting = teardown.advance() else {
      Issue.record("a group that ignores SIGTERM was gone")
      return
    }
    teardown.kill()
    _ = teardown.advance()
    guard case .exited(0, .signalled(Int(SIGKILL)), _)? = try loop.wait().first else {
      Issue.record("not killed")
      return
    }
    #expect(becomesTrue { teardown.advance() == .gone })
  }

  @Test func groupOutlivesItsLeaderUntilItIsEnded() throws {
    let loop = try EventLoop()
    let child = try Child.spawn(shell("sleep 300 & exit 0"))
    try loop.watch(child, token: 0)
    _ = try loop.wait()
    #expect(!child.group.isGone && child.group.hasLivingMember())
    let (_, outcome) = try end(child, loop, grace: .seconds(60))
    #expect(outcome == .gone)
    #expect(!child.group.hasLivingMember())
  }

  private func hasChild(_ pid: Int32) -> Bool {
    let result = try? Completion.run(program("/bin/ps", "-o", "pid=", "--ppid", "\(pid)"))
    return !(result?.output.isEmpty ?? true)
  }
}
