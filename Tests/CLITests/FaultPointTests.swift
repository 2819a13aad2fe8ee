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

  static let cases: [Case] = FaultPoint.allCases.flatMap { point in
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

  @Test func aFaultIsNamedWithItsNumberAndKind() {
    #expect(Fault("afterClaimCommit")?.kind == .kill)
    #expect(Fault("afterClaimCommit:3:io")?.number == 3)
    #expect(Fault("afterClaimCommit:full")?.kind == .full)
    #expect(Fault("somewhere") == nil)
    #expect(Fault("afterClaimCommit:later") == nil)
  }
}
