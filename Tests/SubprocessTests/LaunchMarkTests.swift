internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

@Suite struct LaunchMarkTests {
  @Test func childWritesItsOwnPidBeforeTheProgram() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let marks = unsafe open(folder.path("marks"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(marks) }
    #expect(ftruncate(marks, 72) == 0)
    var request = shell("echo $$")
    request.mark = MarkSlot(descriptor: marks, offset: 24, attempt: 0xFEDC_BA98_7654_3210)
    let before = BootClock.now()
    let result = try Completion.run(request)
    let after = BootClock.now()

    var bytes = [UInt8](repeating: 0xAA, count: 80)
    #expect(unsafe pread(marks, &bytes, 80, 0) == 72)
    let mark = try #require(LaunchMark(slot: bytes[24..<48]))
    #expect(mark.attempt == 0xFEDC_BA98_7654_3210)
    #expect("\(mark.pid)\n" == result.text)
    #expect(before <= mark.started && mark.started <= after)
    #expect(LaunchMark(slot: bytes[0..<24]) == nil)
    #expect(LaunchMark(slot: bytes[48..<72]) == nil)
    #expect(LaunchMark(slot: bytes[24..<47]) == nil)
  }

  @Test func programDoesNotStartWithoutItsMark() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let marks = unsafe open("/dev/full", O_RDONLY | O_CLOEXEC)
    defer { close(marks) }
    var request = shell("touch \(folder.path("ran"))")
    request.mark = MarkSlot(descriptor: marks, offset: 0, attempt: 1)
    #expect(throws: SpawnError.mark(code: EBADF)) { try Completion.run(request) }
    #expect(folder.read("ran") == nil)
  }

  @Test func markAgreesWithTheKernelsStartTime() throws {
    let loop = try EventLoop()
    let child = try Child.spawn(shell("sleep 60"))
    defer { child.group.send(SIGKILL) }
    let now = BootClock.now()
    let record = try #require(ProcessRecord(pid: child.pid))
    #expect(record.isAlive)
    #expect(record.group == child.pid && record.session == child.pid && record.parent == getpid())
    #expect(now - record.started < .seconds(10) && record.started <= now)
    let mark = LaunchMark(attempt: 1, pid: child.pid, started: now)
    #expect(mark.isRunning)
    // The same id, but a process that began after the mark.
    let other = BootInstant(nanoseconds: record.started.nanoseconds - 1_000_000_000)
    #expect(!LaunchMark(attempt: 1, pid: child.pid, started: other).isRunning)
    child.group.send(SIGKILL)
    #expect(becomesTrue { !mark.isRunning })
    try loop.watch(child, token: 0)
  }

  @Test func processesOfAnAttemptAreFoundByTheirVariables() throws {
    var environment = ProcessEnvironment.inherited()
    let id = "EXECPLAN_TEST_ID=\(BootClock.now().nanoseconds)"
    environment["EXECPLAN_TEST_ID"] = String(id.dropFirst(17))
    environment["EXECPLAN_TEST_STEP"] = "a"
    var request = shell("setsid sleep 300 & exit 0")
    request.environment = environment.block
    #expect(try Completion.run(request).isSuccess)
    var found: [Int32] = []
    #expect(
      becomesTrue {
        found = ProcessTable.pids(startedWith: [id, "EXECPLAN_TEST_STEP=a"])
        return found.count == 1
      })
    #expect(ProcessTable.pids(startedWith: [id, "EXECPLAN_TEST_STEP=b"]).isEmpty)
    for pid in found { kill(pid, SIGKILL) }
    #expect(becomesTrue { ProcessTable.pids(startedWith: [id]).isEmpty })
  }
}
