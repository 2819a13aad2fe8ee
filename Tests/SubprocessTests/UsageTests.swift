internal import Subprocess
internal import TestSupport
internal import Testing

/// What is said of memory, CPU time and I/O is about the program, and not about the process that started it.
@Suite struct UsageTests {
  private func used(_ script: String) throws -> ResourceUsage {
    try Completion.run(shell(script)).usage
  }

  /// A child shares the memory of its parent until its program begins, and the kernel counts that in.
  @Test func theMemoryOfExecplanIsNotThatOfASmallProgram() throws {
    let usage = try used("exit 0")
    #expect(usage.maxResidentKiB == nil)
  }

  /// Uses more memory, in KiB, than this process has ever had; other tests let it grow meanwhile, and then it is done
  /// again.
  private func withLargeProgram<Answer>(
    _ body: (_ script: String) throws -> Answer
  ) throws -> (Int64, Answer) {
    while true {
      let wanted = try #require(ProcessMemory.peak()) + (100 << 10)
      let answer = try body("exec dd bs=\(wanted << 10) count=1 if=/dev/zero of=/dev/null 2>&1")
      if try #require(ProcessMemory.peak()) < wanted { return (wanted, answer) }
    }
  }

  @Test func theMemoryOfALargeProgramIsCounted() throws {
    let (wanted, usage) = try withLargeProgram { try used($0) }
    let resident = try #require(usage.maxResidentKiB)
    #expect(resident >= wanted && resident < 2 * wanted)
  }

  @Test func aThreadIsChargedWithItsOwnTimeAndWithTheProgramsThatItRan() throws {
    let idle = try #require(ThreadUsage.measuring {}.usage)
    let (sum, busy) = ThreadUsage.measuring { (0..<3_000_000).reduce(0) { $0 ^ $1 &* 31 } }
    let spent = try #require(busy)
    #expect(sum != 1 && spent.userTime + spent.systemTime > idle.userTime + idle.systemTime)
    #expect(spent.maxResidentKiB == nil)
    let (_, asked) = try withLargeProgram { script in
      ThreadUsage.measuring { (0..<2).map { _ in try? used(script) } }
    }
    let programs = asked.result.compactMap(\.self)
    #expect(programs.count == 2)
    let total = try #require(asked.usage)
    #expect(total.systemTime >= programs.map(\.systemTime).reduce(.zero, +))
    #expect(total.maxResidentKiB == programs.compactMap(\.maxResidentKiB).max())
  }

  @Test func programsOutsideOfAMeasurementAreNotCounted() throws {
    _ = try used("exit 0")
    #expect(ThreadUsage.measuring {}.usage?.maxResidentKiB == nil)
  }
}
