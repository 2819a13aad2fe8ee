internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

@Suite struct CompletionTests {
  @Test func bothStreamsAreTakenAndBounded() throws {
    // 10 MB on each stream at once: neither may wait for the other.
    let result = try Completion.run(
      shell("yes out | head -c 10000000 & yes err | head -c 10000000 >&2; wait"))
    #expect(result.isSuccess)
    #expect(result.output.count == 1 << 20 && result.isOutputCut)
    #expect(result.errorOutput.count == 1 << 20 && result.isErrorOutputCut)
    #expect(result.output.starts(with: Array("out\nout\n".utf8)))
    #expect(result.errorOutput.starts(with: Array("err\nerr\n".utf8)))
  }

  @Test func shortOutputIsWhole() throws {
    let result = try Completion.run(shell("echo a; echo b >&2; exit 3"))
    #expect(result.status == .exited(3) && !result.isSuccess && result.outcome == .ended)
    #expect(result.text == "a\n" && result.errorOutput == Array("b\n".utf8))
    #expect(!result.isOutputCut && !result.isErrorOutputCut)
  }

  @Test func inputIsGiven() throws {
    let input = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)
    #expect(try Completion.run(program("/usr/bin/wc", "-c"), CompletionOptions(input: input)).text == "3000000\n")
    #expect(try Completion.run(program("/bin/true"), CompletionOptions(input: input)).isSuccess)
  }

  @Test func timeoutEndsTheGroup() throws {
    let didBegin = try withGrowingTimes { time in
      let result = try Completion.run(
        shell("sleep 300 & echo $!; wait"), CompletionOptions(timeout: .milliseconds(time)))
      #expect(result.outcome == .timedOut && result.status == .signalled(Int(SIGTERM)) && result.isGroupGone)
      guard let grandchild = Int32(result.lines.first ?? "") else { return false }
      #expect(becomesTrue { !(ProcessRecord(pid: grandchild)?.isAlive ?? false) })
      return true
    }
    #expect(didBegin)
  }

  @Test func programThatIgnoresTermIsKilled() throws {
    let didBegin = try withGrowingTimes { time in
      let result = try Completion.run(
        shell("trap '' TERM; echo ready; while :; do sleep 0.02; done"),
        CompletionOptions(timeout: .milliseconds(time), grace: .milliseconds(100)))
      #expect(result.outcome == .timedOut && result.isGroupGone)
      guard result.text == "ready\n" else { return false }
      #expect(result.status == .signalled(Int(SIGKILL)))
      return true
    }
    #expect(didBegin)
  }

  @Test func leftOverGroupIsKilledWhenItsLeaderObeys() throws {
    let didBegin = try withGrowingTimes { time in
      let result = try Completion.run(
        shell("(trap '' TERM; while :; do sleep 0.02; done) & echo $!; wait"),
        CompletionOptions(timeout: .milliseconds(time), grace: .milliseconds(100)))
      #expect(result.outcome == .timedOut && result.isGroupGone)
      guard let grandchild = Int32(result.lines.first ?? "") else { return false }
      #expect(becomesTrue { !(ProcessRecord(pid: grandchild)?.isAlive ?? false) })
      return true
    }
    #expect(didBegin)
  }

  @Test func cancellationEndsIt() throws {
    let cancellation = try Wakeup()
    cancellation.signal()
    for _ in 0..<2 {
      let result = try Completion.run(shell("sleep 300"), CompletionOptions(cancellation: cancellation))
      #expect(result.outcome == .cancelled && result.isGroupGone)
    }
  }

  @Test func daemonOfASuccessIsNeitherWaitedForNorEnded() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let result = try Completion.run(shell("setsid sleep 300 & echo $!"))
    #expect(result.isSuccess)
    let daemon = try #require(Int32(result.lines.first ?? ""))
    #expect(becomesTrue { ProcessRecord(pid: daemon).map { $0.session == daemon && $0.isAlive } ?? false })
    kill(daemon, SIGKILL)
  }

  @Test func usageIsCounted() throws {
    let result = try Completion.run(shell("for ((i = 0; i < 200000; i++)); do :; done"))
    #expect(result.usage.userTime > .zero)
  }
}
