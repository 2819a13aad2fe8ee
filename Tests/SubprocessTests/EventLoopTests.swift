internal import Glibc
internal import Subprocess
internal import Synchronization
internal import TestSupport
internal import Testing

@Suite struct EventLoopTests {
  @Test func endsAreToldUnderTheirTokens() throws {
    let loop = try EventLoop()
    for code in 0..<200 { try loop.watch(try Child.spawn(shell("exit \(code)")), token: code) }
    #expect(loop.watchedCount == 200)
    var ended: [Int: Int] = [:]
    while ended.count < 200 {
      for case .exited(let token, .exited(let code), _) in try loop.wait() { ended[token] = code }
    }
    #expect(loop.watchedCount == 0)
    #expect(ended.allSatisfy { $0 == $1 })
  }

  @Test func slotsAreUsedAgain() throws {
    let loop = try EventLoop()
    for round in 0..<100 {
      try loop.watch(try Child.spawn(program("/bin/true")), token: round)
      let events = try loop.wait()
      #expect(events.count == 1)
      guard case .exited(round, .exited(0), _)? = events.first else {
        Issue.record("round \(round): \(events)")
        return
      }
    }
  }

  @Test func deadlineEndsTheWait() throws {
    let loop = try EventLoop()
    let start = BootClock.now()
    #expect(try loop.wait(until: start + .milliseconds(30)) == [.timeout])
    #expect(BootClock.now() >= start + .milliseconds(30))
    #expect(try loop.wait(until: start) == [.timeout])
    #expect(try loop.wait(until: start) == [.timeout])
    #expect(try loop.wait(until: BootInstant(nanoseconds: 0)) == [.timeout])
  }

  @Test func laterDeadlineReplacesAnEarlierOne() throws {
    let loop = try EventLoop()
    loop.wakeup.signal()
    #expect(try loop.wait(until: BootClock.now() + .milliseconds(60)) == [.posted])
    let child = try Child.spawn(shell("sleep 0.2"))
    try loop.watch(child, token: 5)
    let events = try loop.wait(until: BootClock.now() + .seconds(60))
    #expect(events.count == 1)
    #expect(!events.contains(.timeout))
  }

  @Test func mailFromOtherThreadsArrivesOnceAndInOrder() throws {
    let loop = try EventLoop()
    let mailbox = Mailbox<Int>(loop.wakeup)
    let threads = try (0..<4).map { thread in
      try WorkerThread(name: "poster") { for number in 0..<1000 { mailbox.post(thread * 1000 + number) } }
    }
    var received: [Int] = []
    while received.count < 4000 {
      #expect(try loop.wait() == [.posted])
      received += mailbox.takeAll()
    }
    for thread in threads { thread.join() }
    for thread in 0..<4 {
      #expect(received.filter { $0 / 1000 == thread } == Array(thread * 1000..<thread * 1000 + 1000))
    }
    #expect(mailbox.takeAll().isEmpty)
  }

  @Test func signalsAreEvents() throws {
    // In a thread of its own: the signal mask is the thread's, and the threads of the tests are shared.
    let seen = Mutex<[LoopEvent]>([])
    let thread = try WorkerThread(name: "signals") {
      guard let loop = try? EventLoop(signals: [SIGUSR1, SIGUSR2]) else { return }
      pthread_kill(pthread_self(), SIGUSR2)
      pthread_kill(pthread_self(), SIGUSR1)
      let events = try? loop.wait(until: BootClock.now() + .seconds(10))
      seen.withLock { $0 = events ?? [] }
    }
    thread.join()
    #expect(seen.withLock { Set($0) } == [.signal(SIGUSR1), .signal(SIGUSR2)])
  }

  @Test func poolDoesAllJobsOnAFewThreads() throws {
    let pool = try WorkerPool(name: "pool", limit: 3)
    let sum = Mutex(0)
    let running = Mutex((now: 0, most: 0))
    for number in 1...5000 {
      try pool.submit {
        running.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        sum.withLock { $0 += number }
        running.withLock { $0.now -= 1 }
      }
    }
    pool.finish()
    #expect(sum.withLock { $0 } == 5000 * 5001 / 2)
    #expect(running.withLock { $0.most } <= 3)
  }

  @Test func poolWorksAtOnce() throws {
    // Each job waits for the other: one thread alone would never end.
    let pool = try WorkerPool(name: "pool", limit: 2)
    let arrived = Mutex(0)
    let met = Mutex(0)
    for _ in 0..<2 {
      try pool.submit {
        arrived.withLock { $0 += 1 }
        if becomesTrue({ arrived.withLock { $0 == 2 } }) { met.withLock { $0 += 1 } }
      }
    }
    pool.finish()
    #expect(met.withLock { $0 } == 2)
  }
}
