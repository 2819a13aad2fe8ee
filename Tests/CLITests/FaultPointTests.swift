internal import FaultPoints
internal import Foundation
internal import TestSupport
internal import Testing

/// Every fault point: execplan dies there, or is told there that the disk failed, and the run is gone on with.
///
/// The ledger decides: what has a checkpoint is not run again, nothing is lost, what nobody can know is asked for, and
/// nothing else. A point that no run meets fails its test.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["EXECPLAN_BINARY"] == nil, "release builds have no points"))
struct FaultPointTests {
  struct Case: Sendable, CustomStringConvertible {
    let point: FaultPoint
    let kind: Fault.Kind
    var description: String { "\(point):\(kind)" }
  }

  /// Where an error of the disk is told.
  static let failing: Set<FaultPoint> = [
    .stateFolderMade, .inMigration, .marksMade, .marksGrown, .inBeginCommit, .afterBeginCommit, .inClaimCommit,
    .afterClaimCommit, .inEndCommit, .afterEndCommit, .inFinishCommit, .afterFinishCommit, .inOtherCommit,
    .afterOtherCommit, .checkpointBegun, .journalClosing, .outputMade, .fileWritten, .fileRenamed, .beforeSQLCommit,
    .pageWritten, .pageReplaced,
  ]

  /// Those of commands that take care of the journal.
  static let pruning: [FaultPoint] = [.inPruneCommit, .pruneCommitted, .pruneFoldersRemoved]
  static let repairing: [FaultPoint] = [.repairBuilt, .repairMarked, .repairLogRemoved, .repairReplaced]

  static let cases: [Case] = FaultPoint.allCases.filter { !(pruning + repairing).contains($0) }.flatMap { point in
    let kinds: [Fault.Kind] = failing.contains(point) ? [.kill, .io, .full] : [.kill]
    return kinds.map { Case(point: point, kind: $0) }
  }

  @Test(arguments: cases)
  func whateverStopsARunItIsFinishedAsPromised(_ test: Case) throws {
    let plan = FaultPlan(for: test.point)
    try withRunProject(plan.yaml) { project in
      try project.folder.write("text", "x\n")
      try project.folder.write("living.md", FaultPlan.living.replacing("$OUT", with: project.outside.path))
      _ = try project.query("create table t (n)", in: "w.db")
      var judge = try LedgerJudge(project, uncertain: plan.uncertain)
      for fault in plan.before {
        #expect(try project.run("apply", plan.file, "-j1", env: ["EXECPLAN_FAULT": fault]).exit == 137)
        try judge.look(finally: plan.finally)
      }

      let log = project.outside.path("points")
      let struck = try Execplan.run(
        ["apply"] + plan.arguments, in: project.folder,
        env: ["EXECPLAN_FAULT": "\(test)", "EXECPLAN_FAULT_LOG": log])
      let met = (project.outside.read("points") ?? "").split(separator: "\n")
      #expect(met.contains("!\(test.point)"), "no run comes to this point")
      try judge.look(finally: plan.finally)
      switch test.kind {
      case .kill: #expect(struck.exit == 137, "\(struck)")
      case .io, .full: try expectFailure(struck, test, project)
      }

      try judge.finish(plan.arguments)
      for step in plan.steps {
        let count = judge.count(step)
        let most = plan.uncertain.contains(step) ? 1 : judge.stops + 1
        #expect((1...most).contains(count), "\"\(step)\" ran \(count) times")
      }
      if plan.usesDatabase { #expect(try project.query("select count(*) from t", in: "w.db") == "1") }
      let end = try project.query(
        "select state from runs order by id desc limit 1; pragma integrity_check; pragma foreign_key_check;")
      #expect(end == "succeeded\nok")
    }
  }

  /// It says what happened and where to look, and never that all is well.
  private func expectFailure(_ result: Execplan.Result, _ test: Case, _ project: RunProject) throws {
    let message = "\(result)"
    switch test.point {
    case .outputMade, .fileWritten, .fileRenamed, .beforeSQLCommit: #expect(result.exit == 1, "\(message)")
    case .pageWritten, .pageReplaced: #expect(result.stderr.contains("cannot write"), "\(message)")
    default: #expect(result.exit == 74, "\(message)")
    }
    #expect(!result.stderr.isEmpty)
    #expect(
      result.stderr.contains("No space left") || result.stderr.contains("no space left")
        || result.stderr.contains("nput/output error") || result.stderr.contains("disk I/O error")
        || result.stderr.contains("is full"), "\(message)")
  }

  private static let small = "execplan: 1\ntitle: P\nid: p\nsteps:\n  - {id: a, run: \"sh $OUT/mark.sh a\"}\n"

  @Test(arguments: pruning)
  func whateverStopsAPruningTheNextOneEndsIt(_ point: FaultPoint) throws {
    try withRunProject(Self.small) { project in
      for _ in 1...5 { #expect(try project.run("apply", "-q").exit == 0) }
      let struck = try project.run("runs", "--prune", "--keep", "2", env: ["EXECPLAN_FAULT": "\(point)"])
      #expect(struck.exit == 137, "\(struck)")
      let left = try project.query("select count(*) from runs; pragma integrity_check; pragma foreign_key_check")
      #expect(left == (point == .inPruneCommit ? "5\nok" : "2\nok"))
      #expect(try project.run("runs", "--prune", "--keep", "2").exit == 0)
      #expect(try project.query("select group_concat(id) from runs") == "4,5")
      let logs = try FileManager.default.contentsOfDirectory(atPath: project.folder.path(".execplan/logs"))
      #expect(logs.sorted() == ["4", "5"])
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(try project.query("select max(id) from runs") == "6")
    }
  }

  @Test(arguments: repairing)
  func whateverStopsARepairTheNextOneEndsIt(_ point: FaultPoint) throws {
    try withRunProject(Self.small) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      // An index that misses a row.
      _ = try project.query(
        "pragma writable_schema = on; update sqlite_master set sql = replace(sql, '= 0', '= 1') "
          + "where name = 'checkpoints_by_run'")
      #expect(try project.run("doctor").exit == 1)
      let struck = try project.run("doctor", "--repair", env: ["EXECPLAN_FAULT": "\(point)"])
      #expect(struck.exit == 137, "\(struck)")
      let after = try project.run("apply", "-q")
      if point == .repairMarked || point == .repairLogRemoved {
        // The old journal must not be used any more, not even for looking.
        for result in [after, try project.run("status", "p")] {
          #expect(result.exit == 74 && result.stderr.contains("execplan doctor --repair"), "\(result)")
        }
      }
      #expect([0, 1].contains(try project.run("doctor", "--repair").exit))
      #expect(try project.run("doctor").exit == 0)
      #expect(
        try project.query("select outcome from checkpoints where run_id = 1; pragma integrity_check") == "succeeded\nok"
      )
      #expect(try project.run("apply", "-q").exit == 0)
    }
  }

  @Test func aFaultIsNamedWithItsNumberAndKind() {
    #expect(Fault("afterClaimCommit")?.kind == .kill)
    #expect(Fault("afterClaimCommit:3:io")?.number == 3)
    #expect(Fault("afterClaimCommit:full")?.kind == .full)
    #expect(Fault("somewhere") == nil)
    #expect(Fault("afterClaimCommit:later") == nil)
  }
}
