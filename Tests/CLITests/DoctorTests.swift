internal import Foundation
internal import TestSupport
internal import Testing

struct DoctorTests {
  private struct Report: Decodable {
    struct Check: Decodable {
      let check: String
      let subject: String
      let status: String
      let detail: String
      let advice: String?
    }
    let formatVersion: String
    let healthy: Bool
    let checks: [Check]

    func of(_ subject: String) -> Check? { checks.first { $0.subject == subject } }
  }

  private func report(_ arguments: [String], in folder: TemporaryFolder, env: [String: String] = [:]) throws -> (
    Report, Int32
  ) {
    let result = try Execplan.run(["doctor", "--format", "json"] + arguments, in: folder, env: env)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return (try decoder.decode(Report.self, from: Data(result.stdout.utf8)), result.exit)
  }

  @Test func aGoodMachineIsHealthyAndNothingIsChanged() throws {
    try withTemporaryFolder { folder in
      let (report, exit) = try report([], in: folder)
      #expect(report.healthy && exit == 0 && report.formatVersion == "1.0")
      #expect(report.of("sh")?.detail.hasSuffix("/sh") == true)
      #expect(report.of("state directory")?.detail == folder.path(".execplan") + ", made by the first apply")
      #expect(report.of("file system") != nil && report.of("terminal") != nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func missingProgramsAreNamedBySeverity() throws {
    try withTemporaryFolder { folder in
      try folder.write("bin/git", "")
      let (report, exit) = try report([], in: folder, env: ["PATH": folder.path("bin") + ":relative:"])
      #expect(!report.healthy && exit == 1)
      #expect(report.of("sh")?.status == "fail" && report.of("sh")?.advice != nil)
      // Not executable, so not found.
      #expect(report.of("git")?.status == "warn")
      #expect(report.of("psql")?.status == "ok")
    }
  }

  @Test func theStateDirectoryComesFromOptionThenEnvironment() throws {
    try withTemporaryFolder { folder in
      let env = ["EXECPLAN_STATE_DIR": folder.path("e")]
      #expect(try report([], in: folder, env: env).0.of("state directory")?.detail.hasPrefix(folder.path("e")) == true)
      let option = try report(["--state-dir", folder.path("o/p")], in: folder, env: env).0
      #expect(option.of("state directory")?.detail.hasPrefix(folder.path("o/p")) == true)
    }
  }

  @Test func aFileInTheWayOfTheStateDirectoryFails() throws {
    try withTemporaryFolder { folder in
      try folder.write(".execplan", "")
      let (report, exit) = try report([], in: folder)
      #expect(exit == 1)
      #expect(report.of("state directory")?.detail == folder.path(".execplan") + " is not a folder")
    }
  }

  @Test func anExistingStateDirectoryIsFine() throws {
    try withTemporaryFolder { folder in
      try folder.write(".execplan/.gitignore", "*\n")
      let (report, exit) = try report([], in: folder)
      #expect(exit == 0)
      #expect(report.of("state directory")?.detail == folder.path(".execplan"))
    }
  }

  @Test func adviceStandsBelowItsLine() throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.run(["doctor"], in: folder, env: ["PATH": folder.path])
      let lines = result.stdout.split(separator: "\n")
      let index = try #require(lines.firstIndex { $0.hasPrefix("fail  sh ") })
      #expect(lines[index + 1].contains("install sh, or put its folder into PATH"))
    }
  }
}
