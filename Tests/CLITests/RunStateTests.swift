internal import Foundation
internal import TestSupport
internal import Testing

/// What `apply`, `apply --resume` and `apply --fresh` do over each state in which the last run can be.
struct RunStateTests {
  enum Last: String, CaseIterable, Sendable {
    case none, succeeded, failed, interrupted, waiting, partial, inDoubt, changed, otherParameters
  }

  struct Case: Sendable, CustomStringConvertible {
    let last: Last
    let mode: [String]
    let exit: Int32
    /// How standard error begins.
    let first: String
    var description: String { "\(last) \(mode.joined())" }
  }

  static let cases: [Case] = [
    Case(last: .none, mode: [], exit: 0, first: "a: started"),
    Case(last: .none, mode: ["--resume"], exit: 5, first: "error: there is no run of \"p\" to resume in "),
    Case(last: .none, mode: ["--fresh"], exit: 0, first: "a: started"),
    Case(last: .succeeded, mode: [], exit: 0, first: "a: started"),
    Case(last: .succeeded, mode: ["--resume"], exit: 0, first: "nothing to resume: run 1 succeeded\n"),
    Case(last: .succeeded, mode: ["--fresh"], exit: 0, first: "a: started"),
    Case(
      last: .failed, mode: [], exit: 0, first: "continuing run 1: 1 of 3 done, failed at b (--fresh starts over)\n"),
    Case(last: .failed, mode: ["--resume"], exit: 0, first: "continuing run 1: 1 of 3 done, failed at b\n"),
    Case(last: .failed, mode: ["--fresh"], exit: 0, first: "a: started"),
    Case(last: .interrupted, mode: [], exit: 0, first: "continuing run 1: 1 of 3 done (--fresh starts over)\n"),
    Case(last: .interrupted, mode: ["--resume"], exit: 0, first: "continuing run 1: 1 of 3 done\n"),
    Case(last: .interrupted, mode: ["--fresh"], exit: 0, first: "a: started"),
    Case(last: .waiting, mode: [], exit: 4, first: "continuing run 1: 1 of 3 done (--fresh starts over)\n"),
    Case(last: .waiting, mode: ["--resume"], exit: 4, first: "continuing run 1: 1 of 3 done\n"),
    Case(last: .waiting, mode: ["--fresh"], exit: 4, first: "a: started"),
    Case(last: .partial, mode: [], exit: 0, first: "continuing run 1: 1 of 3 done (--fresh starts over)\n"),
    Case(last: .partial, mode: ["--resume"], exit: 0, first: "continuing run 1: 1 of 3 done\n"),
    Case(last: .partial, mode: ["--fresh"], exit: 0, first: "a: started"),
    Case(
      last: .inDoubt, mode: [], exit: 5, first: "error: \"b\" is in doubt: nobody knows whether its effect happened\n"),
    Case(last: .inDoubt, mode: ["--resume"], exit: 5, first: "error: \"b\" is in doubt"),
    Case(last: .inDoubt, mode: ["--fresh"], exit: 5, first: "error: \"b\" is in doubt"),
    Case(last: .changed, mode: [], exit: 5, first: "error: \"a\" is done in run 1 and has changed since\n"),
    Case(last: .changed, mode: ["--resume"], exit: 5, first: "error: \"a\" is done in run 1 and has changed since\n"),
    Case(last: .changed, mode: ["--fresh"], exit: 0, first: "a: started"),
    Case(last: .otherParameters, mode: [], exit: 5, first: "error: run 1 is unfinished and has other parameters\n"),
    Case(
      last: .otherParameters, mode: ["--resume"], exit: 5,
      first: "error: run 1 is unfinished and has other parameters\n"),
    Case(last: .otherParameters, mode: ["--fresh"], exit: 0, first: "a: started"),
  ]

  static func plan(_ last: Last, edited: Bool = false) -> String {
    let middle =
      switch last {
      case .waiting: "manual: {instructions: Look}"
      case .interrupted: "run: echo b >> $OUT/ledger; sh $OUT/block.sh\n    idempotent: true"
      case .inDoubt: "run: echo b >> $OUT/ledger; sh $OUT/block.sh"
      case .failed, .changed, .otherParameters: "run: echo b >> $OUT/ledger; test -e well"
      case .none, .succeeded, .partial: "run: echo b >> $OUT/ledger"
      }
    return """
      execplan: 1
      title: Plan
      id: p
      params: {env: {type: string, default: staging}}
      steps:
        - id: a
          run: echo a${{ params.env }}\(edited ? " edited" : "") >> "$OUT/ledger"
        - id: b
          needs: [a]
          \(middle)
        - id: c
          needs: [b]
          run: echo c >> $OUT/ledger

      """.replacingOccurrences(of: "\n          run: echo b", with: "\n    run: echo b")
  }

  private func prepare(_ project: RunProject, _ last: Last) throws {
    switch last {
    case .none: break
    case .succeeded: #expect(try project.run("apply").exit == 0)
    case .failed, .changed, .otherParameters: #expect(try project.run("apply").exit == 1)
    case .waiting: #expect(try project.run("apply").exit == 4)
    case .partial: #expect(try project.run("apply", "--until", "a").exit == 0)
    case .interrupted, .inDoubt: try #require(try project.killDuringApply())
    }
    try project.folder.write("well", "")
    if last == .changed { try project.write(Self.plan(last, edited: true)) }
  }

  @Test(arguments: cases) func applyOver(_ test: Case) throws {
    try withRunProject(Self.plan(test.last)) { project in
      try prepare(project, test.last)
      let before = project.ledger
      let parameters = test.last == .otherParameters ? ["--param", "env=prod"] : []
      let result = try Execplan.run(["apply"] + test.mode + parameters, in: project.folder)
      #expect(result.exit == test.exit, "\(result)")
      let text = result.stderr
      let shown = text.replacing(#/^\d\d:\d\d:\d\dZ /#, with: "")
      #expect(shown.hasPrefix(test.first), "\(text)")
      // Whoever refuses runs nothing and names the commands that decide.
      if test.exit == 5 {
        #expect(project.ledger == before)
        #expect(text.contains("\n  execplan "))
      }
      let isNew = test.first == "a: started"
      if test.last == .none, !isNew {
        // This may be the wrong folder: nothing is made in it.
        #expect(!FileManager.default.fileExists(atPath: project.folder.path(".execplan")))
      } else {
        #expect(try project.query("select count(*) from runs") == (isNew && test.last != .none ? "2" : "1"))
      }
      if test.mode == ["--fresh"], isNew, ![.none, .succeeded].contains(test.last) {
        #expect(try project.query("select state from runs where id = 1") == "abandoned")
      }
      if !isNew, test.exit == 0 { #expect(project.ledger.count { $0 == "astaging" } <= 1) }
    }
  }

  @Test func resumeTakesTheParametersOfTheRun() throws {
    try withRunProject(Self.plan(.failed)) { (project: RunProject) throws -> Void in
      #expect(try project.run("apply", "-p", "env=prod").exit == 1)
      try project.folder.write("well", "")
      let other = try project.run("apply")
      #expect(other.exit == 5)
      #expect(other.stderr.contains("env: run 1 has \"prod\", this invocation \"staging\""), "\(other.stderr)")
      #expect(try project.run("apply", "--resume", "-p", "env=prod").exit == 0)
      #expect(project.ledger == ["aprod", "b", "b", "c"])
      #expect(try project.run("apply", "--resume", "-p", "nope=1").exit == 64)
    }
  }

  @Test func aChangedStepIsShownFieldByFieldAndRunOrKept() throws {
    for choice in ["--rerun-changed", "--keep-changed"] {
      try withRunProject(Self.plan(.changed)) { project in
        try prepare(project, .changed)
        let refused = try project.run("apply", "--resume")
        #expect(refused.stderr.contains("\n  \"a\": run: echo a"), "\(refused.stderr)")
        #expect(refused.stderr.contains(" -> echo a"))
        #expect(refused.stderr.contains("execplan apply p.execplan.yaml --resume \(choice)\n"))
        let result = try project.run("apply", "--resume", choice)
        #expect(result.exit == 0, "\(result)")
        let again = choice == "--rerun-changed" ? ["astaging edited"] : []
        #expect(project.ledger == ["astaging", "b"] + again + ["b", "c"])
        #expect(try project.run("apply", "--resume").exit == 0)
      }
    }
  }
}
