internal import Foundation
internal import TestSupport
internal import Testing

/// Reading commands change nothing on disk, whatever state the journal is in.
struct RunReadOnlyTests {
  enum Journal: CaseIterable, Sendable { case none, clean, killed, live }

  static let commands: [[String]] = [
    ["validate"], ["validate", "--format", "json"], ["plan"], ["plan", "--format", "json"], ["plan", "--diff"],
    ["apply", "--dry-run"], ["show"], ["graph"], ["status"], ["status", "p.execplan.yaml", "--format", "json"],
    ["runs"], ["runs", "--format", "json"], ["logs"], ["logs", "p.execplan.yaml", "a"], ["logs", "--events"],
    ["why", "p.execplan.yaml", "b"], ["explain", "EP401"], ["doctor"],
  ]

  static let plan = """
    execplan: 1
    title: Reading
    id: p
    steps:
      - id: a
        run: echo a; cp p.execplan.yaml copy.txt
        inputs: [p.execplan.yaml]
        outputs: [copy.txt]
      - id: b
        needs: [a]
        run: echo b; sh $OUT/block.sh
      - id: t
        needs: [a]
        check: [{sql: {database: "sqlite:w.db", query: "select count(*) from t", expect: {value: 1}}}]
      - {id: c, needs: [b], creates: never.txt, unless: touch unless.txt, run: touch never.txt}
      - {id: f, needs: [b], file: {path: made.txt, content: x}}

    """

  @Test(arguments: Journal.allCases) func readingChangesNothing(of journal: Journal) throws {
    try withRunProject(Self.plan) { project in
      _ = try project.query("pragma journal_mode=wal; create table t (n); insert into t values (1);", in: "w.db")
      var live: RunningProgram?
      switch journal {
      case .none: break
      case .clean:
        try project.release()
        #expect(try project.run("apply", "-q").exit == 0)
      case .killed: try #require(try project.killDuringApply("-q"))
      case .live:
        let program = try project.start("apply", "-q", "-j1")
        _ = try #require(project.waitForBlock(of: program))
        live = program
      }
      for command in Self.commands {
        let before = try FolderDigest.of(project.folder.path)
        let result = try Execplan.run(command, in: project.folder)
        #expect([0, 64].contains(result.exit) || command == ["doctor"], "\(command): \(result)")
        let after = try FolderDigest.of(project.folder.path)
        #expect(Set(after).symmetricDifference(before).sorted() == [], "\(command)")
      }
      if let live {
        try project.release()
        #expect(live.wait().exit == 0)
      }
    }
  }
}

/// All that a folder holds, so that two moments can be compared.
enum FolderDigest {
  /// A line for each file and folder: kind, mode, size, time of change, content.
  static func of(_ path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted().map { name in
      var info = stat()
      guard unsafe lstat(path + "/" + name, &info) == 0 else { return "\(name): gone" }
      let content = FileManager.default.contents(atPath: path + "/" + name)?.hashValue ?? 0
      return "\(name) \(info.st_mode) \(info.st_size) \(info.st_mtim.tv_sec).\(info.st_mtim.tv_nsec) \(content)"
    }
  }
}
