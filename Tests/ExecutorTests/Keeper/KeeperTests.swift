internal import Digest
internal import Foundation
internal import Glibc
internal import PlanModel
internal import Subprocess
internal import TestSupport
internal import Testing

@testable internal import Executor
@testable internal import Journal

/// The keeper as a process of its own, with the program that users have.
struct KeeperTests {
  typealias Change = (inout KeeperRequest) -> Void

  static let held = "touch ready; until [ -e go ]; do sleep 0.01; done"

  @Test func itKeepsOutputAndWritesDownTheEnd() throws {
    try KeptProgram.with("echo out; echo err >&2; \(Self.held); echo more; exit 3") { program in
      #expect(program.waitForFile("ready"))
      #expect(program.lock == .held(pid: Int(program.keeper.pid)))
      #expect(program.record == nil)
      let mark = try #require(program.mark)
      let record = try #require(ProcessRecord(pid: Int32(mark.pid)))
      #expect(mark.attempt == 1 && record.parent == program.keeper.pid && record.session == record.pid)
      #expect(ProcessRecord(pid: program.keeper.pid)?.session == program.keeper.pid)
      #expect(ProcessRecord(pid: program.keeper.pid)?.name == Keeper.name)
      try program.folder.write("go", "")
      #expect(program.wait() == .exited(0))
      let end = try #require(program.record)
      #expect(end.end == .ended(.exited(3)) && !end.isTimedOut && end.mismatch == nil)
      #expect(end.started <= end.ended && abs(end.endedAt - WallClock.now()) < 60_000)
      #expect(program.stdout == "out\nmore\n" && program.stderr == "err\n")
      #expect(program.lock == .free)
    }
  }

  @Test func theProgramHasItsOwnDescriptorsAndEnvironmentOnly() throws {
    let script = """
      for fd in /proc/self/fd/*; do readlink $fd; done > fds
      tr '\\0' '\\n' < /proc/$PPID/environ > environ 2> /dev/null; tr '\\0' ' ' < /proc/$PPID/cmdline > words; env > env
      """
    let change: Change = { $0.environment.append(Array("TOKEN=hunter2hunter2".utf8)) }
    try KeptProgram.with(script, change) { program in
      #expect(program.wait() == .exited(0))
      // Those of the script: the shell's own are the folder that it lists and the file that it writes.
      let descriptors = (program.folder.read("fds") ?? "").split(separator: "\n").map(String.init)
      #expect(
        descriptors.filter { !$0.hasPrefix("/proc/") && !$0.hasSuffix("/fds") && !$0.hasPrefix("pipe:") }.sorted()
          == ["/dev/null", program.folder.path("1.err")])
      #expect(program.folder.read("env")?.contains("TOKEN=hunter2hunter2") == true)
      #expect(program.folder.read("words") == "execplan __keep test ")
      // Nobody can look into the keeper, and there is nothing to see either.
      #expect((program.folder.read("environ") ?? "") == "")
      #expect(program.folder.read("1.keeper") == "\(program.keeper.pid)\n")
    }
  }

  @Test func aProgramThatCannotStartIsWrittenDown() throws {
    let change: Change = { $0.executable = "/nowhere/x" }
    try KeptProgram.with("", change) { program in
      #expect(program.wait() == .exited(0))
      guard case .notStarted(let why, 127)? = program.record?.end else {
        Issue.record("\(String(describing: program.record))")
        return
      }
      #expect(why.contains("\"/nowhere/x\" not found"))
    }
  }

  @Test func whatTheKernelDoesNotKnowIsGivenToAShell() throws {
    let change: Change = { request in
      let script = request.directory + "/script"
      _ = FileManager.default.createFile(
        atPath: script, contents: Data("echo $1 $$".utf8), attributes: [.posixPermissions: 0o700])
      request.executable = script
      request.arguments = ["script", "one"].map { Array($0.utf8) }
      request.fallsBackToShell = true
    }
    try KeptProgram.with("", change) { program in
      #expect(program.wait() == .exited(0))
      #expect(program.record?.end == .ended(.exited(0)))
      #expect(program.stdout == "one \(program.mark?.pid ?? 0)\n")
    }
  }

  @Test func terminalSignalsAreNotForItAndSIGTERMIsHandedOn() throws {
    try KeptProgram.with("trap 'echo asked; exit 4' TERM; \(Self.held)") { program in
      #expect(program.waitForFile("ready"))
      for signal in [SIGINT, SIGHUP] { kill(program.keeper.pid, signal) }
      kill(program.keeper.pid, SIGTERM)
      #expect(program.wait() == .exited(0))
      #expect(program.record?.end == .ended(.exited(4)) && program.stdout == "asked\n")
    }
    try KeptProgram.with("trap '' TERM; \(Self.held)") { program in
      #expect(program.waitForFile("ready"))
      kill(program.keeper.pid, SIGTERM)
      #expect(program.wait() == .exited(0))
      #expect(program.record?.end == .ended(.signalled(Int(SIGKILL))))
    }
  }

  @Test func whatNobodyWatchesIsEndedAtLast() throws {
    let change: Change = { $0.timeout = 100_000_000 }
    try KeptProgram.with("trap '' TERM; \(Self.held)", change) { program in
      #expect(program.wait() == .exited(0))
      #expect(program.record?.isTimedOut == true && program.record?.end == .ended(.signalled(Int(SIGKILL))))
    }
  }

  /// A keeper that is killed writes nothing, and its lock is free.
  @Test func aKilledKeeperLeavesNoRecord() throws {
    try KeptProgram.with(Self.held) { program in
      #expect(program.waitForFile("ready"))
      let mark = try #require(program.mark)
      kill(program.keeper.pid, SIGKILL)
      #expect(program.wait() == .signalled(Int(SIGKILL)))
      #expect(program.record == nil && program.lock == .free)
      #expect(ProcessRecord(pid: Int32(mark.pid))?.isAlive == true)
      kill(-Int32(mark.pid), SIGKILL)
    }
  }

  // MARK: Masking

  static let secret = "s3cr3t-0123456789"
  static func masks(_ request: inout KeeperRequest) {
    request.masks = true
    request.secrets = [Array(secret.utf8)]
  }

  /// Every byte below the folder.
  static func everything(below folder: TemporaryFolder) -> String {
    (FileManager.default.subpaths(atPath: folder.path) ?? []).map { name in
      String(decoding: FileManager.default.contents(atPath: folder.path(name)) ?? Data(), as: UTF8.self)
    }.joined(separator: "\n")
  }

  @Test func secretsReachNoFileAlsoWhenTheyComeInPieces() throws {
    let script =
      "printf 'a s3cr3t-01234'; touch ready; until [ -e go ]; do sleep 0.01; done; "
      + "echo 56789 b; echo x s3cr3t-0123456789 >&2"
    try KeptProgram.with(script, Self.masks) { program in
      #expect(program.waitForFile("ready"))
      #expect(program.waits { program.stdout == "a " })
      try program.folder.write("go", "")
      #expect(program.wait() == .exited(0))
      #expect(program.stdout == "a *** b\n" && program.stderr == "x ***\n")
      #expect(!Self.everything(below: program.folder).contains("s3cr3t"))
    }
  }

  @Test func expectationsAreAboutTheProgramsOwnWords() throws {
    func expecting(_ text: String) throws -> [UInt8] {
      var expect = Expectation()
      expect.stdout = [Comparison(.contains, .value(.string(text)))]
      expect.stderr = [Comparison(.matches, .value(.string("^x?$")))]
      return try OutputExpectations(expect, in: TestScope()).bytes
    }
    for (wanted, mismatch) in [
      ("token s3cr3t-0123456789", nil),
      ("token ***", "the output is not as expected, where it holds a secret"),
      ("other", "stdout is \"token *** end…\", expected something that contains \"other\""),
    ] as [(String, String?)] {
      let bytes = try expecting(wanted)
      let change: Change = { request in
        Self.masks(&request)
        request.expectations = bytes
      }
      try KeptProgram.with("echo token s3cr3t-0123456789 end", change) { program in
        #expect(program.wait() == .exited(0))
        #expect(program.record?.mismatch == mismatch)
        #expect(!Self.everything(below: program.folder).contains("s3cr3t"))
      }
    }
  }

  @Test func muchOutputIsKeptWithinItsLimits() throws {
    let change: Change = { request in
      Self.masks(&request)
      request.limits = CaptureLimits(total: 256 << 10, head: 64 << 10)
    }
    try KeptProgram.with("for i in {1..40}; do printf '%0100000d\\n' $i; done", change) { program in
      #expect(program.wait() == .exited(0))
      var reader = try OutputReader(path: program.folder.path("1.out"))
      #expect(reader.size == 40 * 100_001)
      let text = String(decoding: try reader.rest(), as: UTF8.self)
      #expect(text.contains("bytes cut here]") && text.utf8.count < 300 << 10 && text.hasSuffix("40\n"))
    }
  }

  /// What the program left running keeps its pipe, and the end is told all the same.
  @Test func daemonsWriteOnAfterTheEndOfTheirProgram() throws {
    let script = "(until [ -e go ]; do sleep 0.01; done; echo late s3cr3t-0123456789; touch done) & echo first"
    try KeptProgram.with(script, Self.masks) { program in
      #expect(program.wait() == .exited(0))
      #expect(program.record?.end == .ended(.exited(0)) && program.lock == .free)
      #expect(program.stdout == "first\n")
      try program.folder.write("go", "")
      #expect(program.waitForFile("done"))
      #expect(program.waits { program.stdout == "first\nlate ***\n" })
    }
  }

  @Test func byHandItIsNoCommand() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for input in ["", "EXPKEEP1"] {
      let result = try Execplan.run(["__keep", "x"], in: folder, stdin: input)
      #expect(result.exit == 64 && result.stdout.isEmpty)
      #expect(result.stderr.hasPrefix("error: \"__keep\" is how execplan starts the keeper of a step"))
    }
    #expect(!(try Execplan.run(["help"], in: folder).stdout.contains("__keep")))
    #expect(!(try Execplan.run(["completions", "bash"], in: folder).stdout.contains("__keep")))
    #expect(!(try Execplan.run(["man"], in: folder).stdout.contains("__keep")))
  }
}

/// Nothing is asked of it.
private struct TestScope: EvaluationScope {
  func value(of reference: Reference) throws(EvaluationError) -> Value? { nil }
  func fileExists(matching glob: String) throws(EvaluationError) -> Bool { false }
  func hashFiles(_ globs: [String]) throws(EvaluationError) -> String { "" }
  func secretExists(_ name: String) throws(EvaluationError) -> Bool { false }
  func hasFailed() throws(EvaluationError) -> Bool { false }
  func hasSucceeded() throws(EvaluationError) -> Bool { true }
  func isSkipped(_ step: String) throws(EvaluationError) -> Bool { false }
}
