internal import Foundation
internal import TestSupport
internal import Testing

/// `--rerun-from` where items are found while the plan runs: what is taken over keeps its items, and a step that is
/// repeated itself finds them anew.
struct ForeachRepetitionTests {
  private static let items = ["fetch eu", "fetch us", "fetch ap"]
  private static let loaded = #"load {"eu":"eu1","us":"us1","ap":"ap1"}"#

  private func withDone(_ plan: String = ForeachLaterTests.plan, _ body: (RunProject) throws -> Void) throws {
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      try project.outside.write("names", #"["eu","us","ap"]"#)
      for name in ["eu", "us", "ap", "x"] { try project.release("-" + name) }
      let first = try project.run("apply", "-j", "1")
      try #require(first.exit == 0, "\(first)")
      #expect(project.ledger == ["list"] + Self.items + [Self.loaded])
      // Who asks the list again gets another one.
      try project.outside.write("names", #"["eu","x"]"#)
      try body(project)
    }
  }

  /// What a part of the finished run does again.
  private func again(_ project: RunProject, _ options: String...) throws -> [String] {
    let before = project.ledger.count
    let result = try Execplan.run(["apply", "-j", "1"] + options, in: project.folder)
    #expect(result.exit == 0, "\(result)")
    return Array(project.ledger.dropFirst(before))
  }

  @Test func whatComesAfterTheItemsHasTheSameOnes() throws {
    try withDone { project in
      let planned = try project.run("plan", "--rerun-from", "load")
      #expect(
        planned.stdout.contains(
          "selection: 1 of 5 steps\n  takes in    load (--rerun-from load)\n"), "\(planned)")
      #expect(planned.stdout.contains("fetch[us]") && !planned.stdout.contains("unknown until"), "\(planned)")
      #expect(try again(project, "--rerun-from", "load") == [Self.loaded])
      #expect(try project.query("select state, rerun_of from runs where id = 2") == "succeeded|1")
      #expect(
        try project.query("select step, carried_from from checkpoints where run_id = 2 order by step")
          == "fetch[*]|1\nfetch[ap]|1\nfetch[eu]|1\nfetch[us]|1\nlist|1\nload|")
      let status = try project.run("status", "later")
      for words in ["fetch[*]", "fetch[us]", "taken from run 1"] { #expect(status.stdout.contains(words), "\(status)") }
      // A repetition is repeated like any other run.
      #expect(try again(project, "--rerun-from", "load") == [Self.loaded])
    }
  }

  @Test func oneItemIsRepeated() throws {
    try withDone { project in
      #expect(try again(project, "--rerun-from", "fetch[us]") == ["fetch us", Self.loaded])
      let unknown = try project.run("apply", "--rerun-from", "fetch[x]")
      #expect(unknown.exit == 64, "\(unknown)")
    }
  }

  @Test func aStepThatIsRepeatedFindsItsItemsAnew() throws {
    try withDone { project in
      // The list itself is taken over.
      #expect(try again(project, "--rerun-from", "fetch") == Self.items + [Self.loaded])
      #expect(try again(project, "--rerun-from", "label:slow") == Self.items + [Self.loaded])
      #expect(
        try again(project, "--rerun-from", "list") == ["list", "fetch eu", "fetch x", #"load {"eu":"eu1","x":"x1"}"#])
      #expect(
        try project.query("select step from checkpoints where run_id = 4 order by step")
          == "fetch[*]\nfetch[eu]\nfetch[x]\nlist\nload")
      #expect(try again(project, "--rerun-from", "load") == [#"load {"eu":"eu1","x":"x1"}"#])
      let gone = try project.run("apply", "--rerun-from", "fetch[us]")
      #expect(gone.exit == 64, "\(gone)")
    }
  }

  @Test func aRepetitionThatWasCutOffIsGoneOnWith() throws {
    try withDone { project in
      try project.outside.write("bad-load", "")
      #expect(try project.run("apply", "-q", "-j", "1", "--rerun-from", "fetch[us]").exit == 1)
      try FileManager.default.removeItem(atPath: project.outside.path("bad-load"))
      #expect(try again(project) == [Self.loaded])
      #expect(try project.query("select state, rerun_of from runs where id = 2") == "succeeded|1")
    }
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["EXECPLAN_BINARY"] == nil, "release builds have no points"),
    arguments: ["load", "fetch"])
  func aRepetitionThatWasKilledAtItsBeginIsGoneOnWith(_ step: String) throws {
    try withDone { project in
      let killed = try project.run("apply", "--rerun-from", step, env: ["EXECPLAN_FAULT": "afterBeginCommit"])
      #expect(killed.exit == 137, "\(killed)")
      #expect(try again(project) == (step == "fetch" ? Self.items : []) + [Self.loaded])
      #expect(try project.query("select state, rerun_of from runs where id = 2") == "succeeded|1")
    }
  }

  @Test func aSavedRepetitionHasTheItems() throws {
    try withDone { project in
      let saved = try project.run("plan", "--rerun-from", "load", "--out", "later.plan")
      #expect(saved.exit == 0, "\(saved)")
      #expect(try again(project, "later.plan") == [Self.loaded])
      #expect(try project.query("select rerun_of from runs where id = 2") == "1")
    }
  }

  @Test func itemsOfAnotherDefinitionAreDecidedAbout() throws {
    try withDone { project in
      try project.write(ForeachLaterTests.plan.replacing("echo \"fetch ", with: "echo \"get "))
      let refused = try project.run("apply", "--rerun-from", "load")
      #expect(refused.exit == 5 && refused.stderr.contains("\"fetch[eu]\": run: "), "\(refused)")
      #expect(refused.stderr.contains("apply p.execplan.yaml --rerun-from load --keep-changed\n"), "\(refused)")
      #expect(try again(project, "--rerun-from", "load", "--keep-changed") == [Self.loaded])
      // What counts for another definition is no result of this one.
      try project.write(ForeachLaterTests.plan)
      #expect(try again(project, "--rerun-from", "load", "--rerun-changed") == Self.items + [Self.loaded])
    }
  }

  @Test func itemsOfACalledPlanAreKept() throws {
    let called = """
      execplan: 1
      title: Called
      order: listed
      values: {all: "${{ toJSON(steps.each.values.v) }}"}
      steps:
        - id: list
          run: echo 'names=["a","b"]' >> "$EXECPLAN_OUTPUT"
        - id: each
          foreach: fromJSON(steps.list.values.names)
          run: |
            echo "each ${{ item }}" >> $OUT/ledger
            echo "v=${{ item }}1" >> "$EXECPLAN_OUTPUT"

      """
    let plan = """
      execplan: 1
      title: Calls
      id: calls
      order: graph
      steps:
        - {id: sub, call: {path: called.execplan.yaml}}
        - {id: tell, needs: [sub], run: "echo $ALL >> $OUT/ledger", env: {ALL: "${{ steps.sub.values.all }}"}}

      """
    try withRunProject(plan) { project in
      try project.folder.write("called.execplan.yaml", called.replacing("$OUT", with: project.outside.path))
      let told = #"{"a":"a1","b":"b1"}"#
      #expect(try again(project, "p.execplan.yaml") == ["each a", "each b", told])
      #expect(try again(project, "p.execplan.yaml", "--rerun-from", "tell") == [told])
      #expect(try again(project, "p.execplan.yaml", "--rerun-from", "sub/each[b]") == ["each b", told])
      #expect(try again(project, "p.execplan.yaml", "--rerun-from", "sub/each") == ["each a", "each b", told])
    }
  }
}
