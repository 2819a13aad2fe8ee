internal import Foundation
internal import TestSupport
internal import Testing

/// What `doctor` says of a state directory that has been used.
struct DoctorStateTests {
  private struct Report: Decodable {
    struct Check: Decodable {
      let subject: String
      let status: String
      let detail: String
      let advice: String?
    }
    let healthy: Bool
    let checks: [Check]

    func of(_ subject: String) throws -> Check { try #require(checks.first { $0.subject == subject }) }
  }

  private func doctor(_ arguments: [String] = [], in folder: TemporaryFolder) throws -> Report {
    let result = try Execplan.run(["doctor", "--format", "json"] + arguments, in: folder)
    let report = try JSONDecoder().decode(Report.self, from: Data(result.stdout.utf8))
    #expect(result.exit == (report.healthy ? 0 : 1))
    return report
  }

  private func apply(_ script: String, in folder: TemporaryFolder) throws {
    try folder.write(
      "p.execplan.yaml", "execplan: 1\ntitle: P\nid: p\nsteps:\n  - id: one\n    run: |\n      \(script)\n")
    let result = try Execplan.run(["apply", "p.execplan.yaml"], in: folder)
    try #require(result.exit == 0, "\(result.stderr)")
  }

  /// Every file below a folder with its bytes.
  private func content(of folder: TemporaryFolder) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      files[name] = FileManager.default.contents(atPath: folder.path(name)) ?? Data()
    }
    return files
  }

  @Test func aGoodJournalIsDescribedAndLeftAlone() throws {
    try withTemporaryFolder { folder in
      try apply("true", in: folder)
      let before = try content(of: folder)
      let report = try doctor(in: folder)
      let journal = try report.of("journal")
      #expect(report.healthy && journal.status == "ok")
      #expect(journal.detail.hasPrefix(folder.path(".execplan/journal.db") + ": format 6, "))
      #expect(journal.detail.hasSuffix(" KiB, write-ahead log, integrity ok"))
      #expect(try report.of("locks").detail == "no plan is being applied")
      #expect(try report.of("orphans").detail == "no step runs without its execplan")
      #expect(try report.of("sqlite").status == "ok")
      #expect(try content(of: folder) == before)
    }
  }

  @Test func withoutAJournalThereIsNothingToSay() throws {
    try withTemporaryFolder { folder in
      let journal = try doctor(in: folder).of("journal")
      #expect(journal.detail == "there is none yet; the first apply makes it")
    }
  }

  @Test func whatIsNoJournalFails() throws {
    try withTemporaryFolder { folder in
      try folder.write(".execplan/journal.db", String(repeating: "no database\n", count: 1000))
      let report = try doctor(in: folder)
      #expect(try !report.healthy && report.of("journal").status == "fail")
      #expect(try report.of("journal").advice == "execplan doctor --repair")
      #expect(try report.of("locks").status == "warn")
    }
  }

  @Test func aDamagedPageFails() throws {
    try withTemporaryFolder { folder in
      try apply("true", in: folder)
      let path = folder.path(".execplan/journal.db")
      let file = try #require(FileHandle(forUpdatingAtPath: path))
      let size = try file.seekToEnd()
      // All but the first pages, which hold the schema and the uuid.
      for page in stride(from: UInt64(4096 * 8), to: size, by: 4096) {
        try file.seek(toOffset: page)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 2048))
      }
      try file.close()
      let journal = try doctor(in: folder).of("journal")
      #expect(journal.status == "fail" && journal.detail.hasPrefix(path + ": "))
    }
  }

  @Test func aPlanThatIsBeingAppliedIsNamedWithItsProcess() throws {
    try withTemporaryFolder { folder in
      try folder.write(
        "p.execplan.yaml",
        """
        execplan: 1
        title: P
        id: long-one
        steps:
          - id: one
            run: |
              touch started
              while [ ! -e go ]; do sleep 0.05; done
        """)
      let program = try Execplan.start(["apply", "p.execplan.yaml"], in: folder)
      defer {
        try? folder.write("go", "")
        _ = program.wait()
      }
      for _ in 0..<2000 where folder.read("started") == nil { usleep(10_000) }
      let lock = try doctor(in: folder).of("lock")
      #expect(lock.status == "ok")
      #expect(lock.detail.hasPrefix("\"long-one\" is being applied by process \(program.pid) on "))
      #expect(lock.detail.hasSuffix(", run 1"))
    }
  }

  @Test func aStateDirectoryFurtherUpIsNamed() throws {
    try withTemporaryFolder { folder in
      try folder.write(".execplan/.gitignore", "*\n")
      try folder.write("sub/.execplan/.gitignore", "*\n")
      let shadow = try doctor(["-C", "sub"], in: folder).of("other state")
      #expect(shadow.status == "warn" && shadow.advice?.contains("--state-dir") == true)
      #expect(
        shadow.detail
          == "\(folder.path(".execplan")) is not used, because \(folder.path("sub/.execplan")) is nearer")
      let named = try doctor(["--state-dir", folder.path("elsewhere")], in: folder).of("other state")
      #expect(named.status == "ok" && named.detail.hasPrefix(folder.path(".execplan")))
    }
  }

  @Test func theStateDirectoryOfAFolderAboveIsUsed() throws {
    try withTemporaryFolder { folder in
      try folder.write(".execplan/.gitignore", "*\n")
      try folder.write("sub/deep/x", "")
      let report = try doctor(["-C", "sub/deep"], in: folder)
      #expect(try report.of("state directory").detail == folder.path(".execplan"))
    }
  }
}
