internal import Foundation
internal import TestSupport
internal import Testing

/// The roll-out of `plans/rollout.execplan.yaml`, against the service that it starts.
struct RunRolloutTests {
  private func withRollout(_ body: (TemporaryFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try FileManager.default.copyItem(atPath: MarkdownPage.root + "/plans", toPath: folder.path("plans"))
      _ = try Execplan.runOther("/usr/bin/env", ["git", "init", "-q"], in: folder)
      defer {
        if let text = folder.read("work/run/pid"), let pid = Int32(text.dropLast()) { kill(pid, SIGKILL) }
      }
      try body(folder)
    }
  }

  private func apply(_ folder: TemporaryFolder, _ more: String...) throws -> Execplan.Result {
    try Execplan.run(["apply", "rollout", "-p", "dir=work"] + more, in: folder)
  }

  private func state(_ folder: TemporaryFolder) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data((folder.read("work/state.json") ?? "").utf8)) as? [String: Any])
  }

  @Test func aVersionIsRolledOutAndThenTheNext() throws {
    try withRollout { folder in
      let first = try apply(folder)
      #expect(first.exit == 0 && first.stdout.contains("14 succeeded"), "\(first)")
      #expect(try state(folder)["traffic"] as? [String: Int] == ["green": 100])
      #expect(folder.read("work/artifacts/app-2.0.0") == "the program app-2.0.0\n")
      let second = try apply(folder, "-p", "version=2.1.0")
      #expect(second.exit == 0 && second.stderr.contains("start: skipped: guard holds"), "\(second)")
      let slots = try state(folder)["slots"] as? [String: [String: Any]]
      #expect(slots?["green"]?["version"] as? String == "2.1.0")
    }
  }

  @Test func aBrokenVersionGetsNoTraffic() throws {
    try withRollout { folder in
      let result = try apply(folder, "-p", "healthy=false")
      #expect(
        result.exit == 7 && result.stderr.contains("\"/status\" is \"broken\", expected exactly \"ok\""), "\(result)")
      #expect(try state(folder)["traffic"] as? [String: Int] == ["blue": 100])
    }
  }

  /// The traffic goes back before the slot is emptied, and the service that the plan started ends last.
  @Test func aRolloutIsTakenBack() throws {
    try withRollout { folder in
      #expect(try apply(folder).exit == 0)
      let part = try Execplan.run(["rollback", "rollout", "--yes", "--to", "warm"], in: folder)
      #expect(part.exit == 0, "\(part)")
      #expect(try state(folder)["traffic"] as? [String: Int] == ["blue": 100])
      #expect((try state(folder)["slots"] as? [String: Any])?["green"] != nil)
      let pid = try #require(folder.read("work/run/pid").flatMap { Int32($0.dropLast()) })
      let all = try Execplan.run(["rollback", "rollout", "--yes"], in: folder)
      #expect(all.exit == 0, "\(all)")
      #expect((try state(folder)["slots"] as? [String: Any])?["green"] as? [String: Any] == nil)
      #expect(!FileManager.default.fileExists(atPath: folder.path("work/artifacts")))
      for _ in 0..<3000 where kill(pid, 0) == 0 { usleep(10_000) }
      #expect(kill(pid, 0) != 0)
    }
  }

  /// The service was asked, and execplan dies before it can record the answer: the key of the request makes it count
  /// once.
  @Test(arguments: ["tenth", "all"]) func aKillAfterTheTrafficWasShiftedShiftsItOnce(step: String) throws {
    try withRollout { folder in
      // Counted are the actions of this process: waits, requests, downloads and checks.
      let number = step == "tenth" ? 7 : 10
      let killed = try Execplan.run(
        ["apply", "rollout", "-p", "dir=work"], in: folder, env: ["EXECPLAN_FAULT": "afterAction:\(number)"])
      #expect(killed.exit == 137, "\(killed)")
      #expect(
        killed.stderr.contains(" \(step): started") && !killed.stderr.contains(" \(step): succeeded"), "\(killed)")
      let resumed = try Execplan.run(["apply", "rollout", "--resume"], in: folder)
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(try state(folder)["changes"] as? Int == 2)
      #expect(try state(folder)["traffic"] as? [String: Int] == ["green": 100])
    }
  }
}
