internal import Foundation
internal import TestSupport
internal import Testing

/// What `file` and `edit` steps change is kept before they do.
struct RunUndoTests {
  private func records(_ project: RunProject, run: Int) throws -> [String] {
    let folder = project.folder.path(".execplan/undo/\(run)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().compactMap { project.folder.read(".execplan/undo/\(run)/\($0)") }
  }

  private func plan(_ text: String) -> String {
    "execplan: 1\ntitle: Undo\nid: undo\ndefaults: {on_conflict: overwrite}\nsteps:\n  - {id: a, file: {path: a.txt, content: \"\(text)\"}}\n"
  }

  @Test func theLastRunsOfAPlanAreKeptAndPruningRemovesTheirRecords() throws {
    try withRunProject(plan("0")) { project in
      try project.folder.write("a.txt", "mine")
      for number in 0...7 {
        try project.write(plan("\(number)"))
        #expect(try project.run("apply", "-q").exit == 0)
      }
      let runs = try FileManager.default.contentsOfDirectory(atPath: project.folder.path(".execplan/undo")).sorted()
      #expect(runs == ["4", "5", "6", "7", "8"])
      let last = try #require(try records(project, run: 8).first)
      #expect(last.hasPrefix("{\"undo\":1,\"run\":8,") && last.hasSuffix("}\n6"), "\(last)")
      #expect(try project.run("runs", "--prune", "--keep", "1").exit == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: project.folder.path(".execplan/undo")) == ["8"])
    }
  }

  @Test func nothingIsKeptOfWhatIsAsDesired() throws {
    try withRunProject(plan("x")) { project in
      try project.folder.write("a.txt", "x")
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(try records(project, run: 1).isEmpty)
    }
  }

  @Test func aSecretIsNotKept() throws {
    let plan = """
      execplan: 1
      title: Secret
      id: secret
      secrets: {TOKEN: {env: SECRET_TOKEN}}
      defaults: {on_conflict: overwrite}
      steps:
        - {id: a, file: {path: a.txt, content: new}}

      """
    try withRunProject(plan) { project in
      try project.folder.write("a.txt", "token = 0123456789abcdef\n")
      #expect(try project.run("apply", "-q", env: ["SECRET_TOKEN": "0123456789abcdef"]).exit == 0)
      let record = try #require(try records(project, run: 1).first)
      #expect(record.contains("it holds the secret \\\"TOKEN\\\"") && !record.contains("0123456789"), "\(record)")
      let reason = try project.query("select reason from attempts")
      #expect(reason.contains("what was there is not kept for undo: it holds the secret \"TOKEN\""), "\(reason)")
    }
  }

  /// The record is there before the change, so a kill between the two loses nothing.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["EXECPLAN_BINARY"] == nil, "release builds have no points"),
    arguments: ["fileWritten", "fileRenamed"])
  func aKillLosesNoRecord(_ point: String) throws {
    try withRunProject(plan("new")) { project in
      try project.folder.write("a.txt", "old")
      #expect(try project.run("apply", "-q", env: ["EXECPLAN_FAULT": point]).exit == 137)
      #expect(try records(project, run: 1).first?.hasSuffix("\nold") == true)
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.folder.read("a.txt") == "new")
      #expect(try records(project, run: 1).allSatisfy { $0.hasSuffix("\nold") })
    }
  }
}
