internal import Foundation
internal import TestSupport
internal import Testing

/// A journal that is gone, too new, or cannot be written.
struct RunJournalTests {
  static let plan = """
    execplan: 1
    title: Journal
    id: journal
    steps:
      - {id: a, run: "sh $OUT/block.sh; echo a >> $OUT/ledger"}
      - {id: b, needs: [a], run: "echo b >> $OUT/ledger"}

    """

  @Test(arguments: [".execplan", ".execplan/journal.db"])
  func aJournalThatIsRemovedUnderARunStopsIt(what: String) throws {
    try withRunProject(Self.plan) { project in
      let program = try project.start("apply")
      _ = try #require(project.waitForBlock(of: program))
      try FileManager.default.removeItem(atPath: project.folder.path(what))
      try project.release()
      let result = program.wait()
      #expect(result.exit == 74, "\(result)")
      #expect(result.stderr.contains("journal"), "\(result)")
      #expect(project.ledger == ["a"])
      #expect(!result.stdout.contains("succeeded"))
    }
  }

  @Test func aJournalOfANewerVersionIsRefused() throws {
    try withRunProject(Self.plan) { project in
      try project.release()
      #expect(try project.run("apply").exit == 0)
      _ = try project.query("pragma user_version = 999")
      for command in [["apply"], ["status", "journal"], ["runs"], ["plan"], ["logs", "journal", "a"]] {
        let result = try Execplan.run(command, in: project.folder)
        #expect(result.exit == 74, "\(command) \(result)")
        #expect(result.stderr.contains("newer"), "\(result)")
      }
      #expect(project.ledger == ["a", "b"])
    }
  }

  @Test func aFileThatIsNoJournalIsRefusedAndKept() throws {
    try withRunProject(Self.plan) { project in
      try project.release()
      try project.folder.write(".execplan/journal.db", String(repeating: "no database ", count: 1000))
      for command in [["apply"], ["status", "journal"], ["plan"]] {
        let result = try Execplan.run(command, in: project.folder)
        #expect(result.exit == 74, "\(command) \(result)")
        #expect(result.stderr.hasPrefix("error: the journal is damaged: file is not a database\n"), "\(result)")
      }
      #expect(project.folder.read(".execplan/journal.db")?.hasPrefix("no database") == true)
      #expect(project.ledger == [])
    }
  }

  @Test func aStateDirectoryElsewhereKeepsTheProjectClean() throws {
    try withRunProject(Self.plan) { project in
      try project.release()
      let state = project.outside.path("state")
      #expect(try project.run("apply", "--state-dir", state).exit == 0)
      #expect(!FileManager.default.fileExists(atPath: project.folder.path(".execplan")))
      #expect(
        try project.run("status", "journal", env: ["EXECPLAN_STATE_DIR": state]).stdout.contains("run 1 succeeded"))
      #expect(try project.run("apply", "--state-dir", "relative").exit == 0)
      #expect(FileManager.default.fileExists(atPath: project.folder.path("relative/journal.db")))
      // What is missing above it is made, for its owner alone.
      #expect(try project.run("apply", "--state-dir", "one/two/three").exit == 0)
      let mode = try FileManager.default.attributesOfItem(atPath: project.folder.path("one"))[.posixPermissions]
      #expect(mode as? Int == 0o700)
      #expect(try project.run("status", "journal", "--state-dir", "one/two/three").stdout.contains("run 1 succeeded"))
      let taken = try project.run("apply", "--state-dir", "p.execplan.yaml")
      #expect(taken.exit == 74, "\(taken)")
    }
  }

  @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
  func aStateDirectoryThatCannotBeWrittenIsSaidClearly() throws {
    try withRunProject(Self.plan) { project in
      try project.release()
      #expect(try project.run("apply").exit == 0)
      _ = try Execplan.runOther("/bin/chmod", ["-R", "a-w", ".execplan"], in: project.folder)
      let result = try project.run("apply")
      _ = try Execplan.runOther("/bin/chmod", ["-R", "u+w", ".execplan"], in: project.folder)
      #expect(result.exit == 74, "\(result)")
      #expect(result.stderr.contains(".execplan"))
      #expect(project.ledger == ["a", "b"])
    }
  }
}
