internal import PlanModel
internal import Reporting
internal import Testing

struct ProgressTests {
  private let snapshot = ProgressSnapshot(
    elapsedMilliseconds: 185_000, total: 20, done: 3, skipped: 1, failed: 1,
    running: [
      .init(id: "fetch", elapsedMilliseconds: 1200, lastLine: "10% \u{1B}[2Jof 1 GB"),
      .init(id: "build", elapsedMilliseconds: 65_000, attempt: 2),
    ], retries: [.init(id: "push", attempt: 3, remainingMilliseconds: 4000, reason: "exit 75")])

  @Test func aFrameShowsCountsRunningStepsAndRetries() {
    #expect(
      ProgressFrame.frame(snapshot, width: 80, height: 24, style: .plain) == """
        [5/20] 3 min 05 s  2 running, 3 done, 1 skipped, 1 failed, 1 to retry
          fetch 1.2 s  10% ␛[2Jof 1 GB
          build 1 min 05 s (attempt 2)
          push attempt 3 in 4.0 s  exit 75
        """)
  }

  @Test func aFrameSaysWhatIsLeft() {
    var known = snapshot
    known.remaining = .init(milliseconds: 119_400)
    #expect(
      ProgressFrame.frame(known, width: 80, height: 1, style: .plain).hasPrefix(
        "[5/20] 3 min 05 s, about 2 min 00 s left  2 running, 3 done"))
    known.remaining = .init(milliseconds: 0, isLeast: true)
    #expect(
      ProgressFrame.frame(known, width: 40, height: 1, style: .plain).hasPrefix(
        "[5/20] 3 min 05 s, at least 1.0 s left"))
  }

  @Test func aFrameFitsTheTerminal() {
    var many = snapshot
    many.notice = "stopping: 2 steps have 8 s to end"
    many.running = (0..<100).map { .init(id: "step-\($0)-日本語", elapsedMilliseconds: 1, lastLine: "é") }
    for (width, height) in [(80, 24), (20, 5), (10, 3), (3, 2), (1, 1)] {
      for style in [Style.plain, .colored] {
        let lines = ProgressFrame.frame(many, width: width, height: height, style: style).split(separator: "\n")
        #expect(lines.count <= height)
        #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= width })
      }
    }
    #expect(
      ProgressFrame.frame(many, width: 40, height: 4, style: .plain) == """
        [5/20] 3 min 05 s  100 running, 3 done,…
        stopping: 2 steps have 8 s to end
          step-0-日本語 1 ms  é
          … 100 more
        """)
  }

  @Test func aRedrawTakesThePlaceOfTheFrameBefore() {
    var display = ProgressDisplay(style: .plain)
    var small = snapshot
    (small.running, small.retries) = ([], [])
    let first = display.redraw(snapshot, width: 80, height: 24)
    #expect(first.hasPrefix("\u{1B}[?25l\r[5/20]") && first.hasSuffix("exit 75\u{1B}[K\n\u{1B}[J"))
    let second = display.redraw(small, width: 80, height: 24, printing: ["done"])
    #expect(second.hasPrefix("\r\u{1B}[4Adone\u{1B}[K\n[5/20]") && second.hasSuffix("\u{1B}[K\n\u{1B}[J"))
    #expect(display.finish() == "\r\u{1B}[1A\u{1B}[J\u{1B}[?25h")
    #expect(display.finish() == "")
  }

  @Test func aDisplayThatWasNeverDrawnLeavesNothing() {
    var display = ProgressDisplay(style: .plain)
    #expect(display.finish() == "")
  }

  @Test func plainLinesHaveTimeAndDuration() {
    #expect(ProgressLines.started("fetch", at: 0) == "00:00:00Z fetch: started")
    #expect(ProgressLines.started("fetch", attempt: 2, at: 0) == "00:00:00Z fetch: started, attempt 2")
    #expect(
      ProgressLines.finished("fetch", .failed, durationMilliseconds: 1200, reason: "exit 2", at: 61_000)
        == "00:01:01Z fetch: failed in 1.2 s: exit 2")
    #expect(
      ProgressLines.finished("fetch", .skipped, durationMilliseconds: nil, reason: "up to date", at: 0)
        == "00:00:00Z fetch: skipped: up to date")
    #expect(
      ProgressLines.retry("fetch", attempt: 2, of: 3, inMilliseconds: 1000, reason: "exit 75", at: 0)
        == "00:00:00Z fetch: attempt 2 of 3 in 1.0 s: exit 75")
  }

  @Test func theSummaryNamesWhatFailedWhatItBlocksAndWhatToDo() {
    var summary = RunSummary(
      plan: "demo", run: 7, state: .failed, durationMilliseconds: 185_000, succeeded: 5, skipped: 2)
    summary.failures = [
      .init(
        id: "build", reason: "exit 2", lastLines: ["error: no", "\u{1B}[31mred"], logPath: ".execplan/logs/7/build.1")
    ]
    summary.inDoubt = [.init(id: "mail", reason: "no end recorded", commands: ["execplan resolve demo mail --as done"])]
    summary.waiting = [.init(id: "sign", reason: "a person does it", commands: ["execplan checkpoint demo sign"])]
    summary.blocked = [
      .init(id: "test", because: "build"), .init(id: "x", because: "mail"), .init(id: "ship", because: "build"),
    ]
    summary.notReached = ["docs"]
    summary.warnings = ["check \"rows\" of \"load\": 3 is not ge 5"]
    summary.nextCommands = ["execplan apply demo --resume", "execplan logs demo build"]
    #expect(
      summary.text(.plain) == """
        failed: build: exit 2
          | error: no
          | ␛[31mred
          log: .execplan/logs/7/build.1
        in doubt: mail: no end recorded
          execplan resolve demo mail --as done
        waiting: sign: a person does it
          execplan checkpoint demo sign
        blocked: test, ship (because of "build")
        blocked: x (because of "mail")
        not reached: docs
        warning: check "rows" of "load": 3 is not ge 5

        run 7 of demo failed after 3 min 05 s: 5 succeeded, 2 skipped, 1 failed, 1 in doubt, 1 waiting, 3 blocked, 1 not reached
        next: execplan apply demo --resume
          or: execplan logs demo build

        """)
    #expect(
      RunSummary(plan: "p", run: 1, state: .succeeded, durationMilliseconds: 900, succeeded: 2, skipped: 0).text(.plain)
        == "run 1 of p succeeded in 900 ms: 2 succeeded\n")
  }
}
