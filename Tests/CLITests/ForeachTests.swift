internal import Foundation
internal import TestSupport
internal import Testing

/// One step for each item: ids, order, values, what is run again, and what a crash leaves.
struct ForeachTests {
  static let plan = """
    execplan: 1
    title: Items
    id: items
    order: graph
    params:
      regions: {type: list, default: [eu, us, ap]}
    steps:
      - {id: prep, run: "echo prep >> $OUT/ledger"}
      - id: fetch
        needs: [prep]
        foreach: params.regions
        labels: [slow]
        run: |
          echo "fetch ${{ item }} ${{ item.index }}" >> $OUT/ledger
          test ! -e "$OUT/bad-${{ item }}"
          sh $OUT/block.sh "-${{ item }}"
          echo "rows=${{ item.key }}1" >> "$EXECPLAN_OUTPUT"
      - {id: load, needs: [fetch], run: "echo load $ROWS >> $OUT/ledger", env: {ROWS: "${{ toJSON(steps.fetch.values.rows) }}"}}

    """

  /// With nothing that holds a step up.
  private func withProject(_ plan: String = ForeachTests.plan, _ body: (RunProject) throws -> Void) throws {
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      for name in ["eu", "us", "ap", "x"] { try project.release("-" + name) }
      try body(project)
    }
  }

  @Test func everyItemIsAStepAndWhatNeedsTheStepWaitsForAll() throws {
    try withProject { project in
      let plan = try project.run("plan")
      for id in ["fetch[eu]", "fetch[us]", "fetch[ap]"] { #expect(plan.stdout.contains("\(id)"), "\(plan)") }
      #expect(plan.stdout.contains("label:slow") && plan.stdout.contains("5 to run"), "\(plan)")
      let result = try project.run("apply", "-j", "1")
      #expect(result.exit == 0, "\(result)")
      #expect(
        project.ledger == [
          "prep", "fetch eu 0", "fetch us 1", "fetch ap 2", #"load {"eu":"eu1","us":"us1","ap":"ap1"}"#,
        ])
      #expect(result.stdout.contains("5 succeeded"), "\(result)")
      #expect(
        try project.query("select step from checkpoints order by step")
          == "fetch[ap]\nfetch[eu]\nfetch[us]\nload\nprep")
      let status = try project.run("status", "items")
      #expect(status.stdout.contains("fetch[us]") && !status.stdout.contains(" fetch "), "\(status)")
      #expect(try project.run("logs", "items", "fetch[us]").exit == 0)
      #expect(try project.run("why", "items", "fetch").stderr.contains("execplan why p.execplan.yaml 'fetch[eu]'"))
      #expect(try project.run("why", "items", "fetch[eu]").stdout.contains("needs: prep"))
      #expect(try project.run("graph", "--format", "json").stdout.contains(#""action":"foreach""#))
      #expect(try project.run("show", "--format", "json").stdout.contains(#""labels":["slow"]"#))
    }
  }

  @Test func oneItemThatFailsIsRepeatedAlone() throws {
    try withProject { project in
      try project.outside.write("bad-us", "")
      let failed = try project.run("apply", "--keep-going", "-j", "1")
      #expect(failed.exit == 1, "\(failed)")
      #expect(project.ledger == ["prep", "fetch eu 0", "fetch us 1", "fetch ap 2"])
      try FileManager.default.removeItem(atPath: project.outside.path("bad-us"))
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger.dropFirst(4) == ["fetch us 1", #"load {"eu":"eu1","us":"us1","ap":"ap1"}"#])
    }
  }

  @Test func aKillInTheMiddleLeavesEachItemAsItIs() throws {
    try withRunProject(Self.plan) { project in
      for name in ["eu", "ap"] { try project.release("-" + name) }
      try #require(try project.killDuringApply("-j", "1", block: "-us"))
      #expect(project.ledger == ["prep", "fetch eu 0", "fetch us 1"])
      #expect(try project.query("select step from checkpoints order by step") == "fetch[eu]\nprep")
      let refused = try project.run("apply", "--resume")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("execplan resolve p.execplan.yaml 'fetch[us]' --as rerun"), "\(refused)")
      #expect(try project.run("resolve", "items", "fetch[us]", "--as", "rerun").exit == 0)
      try project.release("-us")
      let resumed = try project.run("apply", "--resume", "-j", "1")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(
        project.ledger.dropFirst(3) == ["fetch us 1", "fetch ap 2", #"load {"eu":"eu1","us":"us1","ap":"ap1"}"#])
    }
  }

  struct Choice: Sendable, CustomStringConvertible {
    let arguments: [String]
    let ran: [String]
    var exit: Int32 = 0
    var says = ""
    var description: String { arguments.joined(separator: " ") }
  }

  static let choices: [Choice] = [
    Choice(arguments: ["--only", "prep", "--only", "fetch"], ran: ["prep", "fetch eu 0", "fetch us 1", "fetch ap 2"]),
    Choice(arguments: ["--until", "fetch[us]"], ran: ["prep", "fetch us 1"]),
    Choice(arguments: ["--until", "label:slow"], ran: ["prep", "fetch eu 0", "fetch us 1", "fetch ap 2"]),
    Choice(arguments: ["--only", "fetch[eu]"], ran: [], exit: 5, says: "--until 'fetch[eu]'"),
    Choice(arguments: ["--only", "load"], ran: [], exit: 5, says: "--until load"),
    Choice(arguments: ["--until", "fetch[xx]"], ran: [], exit: 64, says: "no step is called \"fetch[xx]\""),
    Choice(arguments: ["--only", "label:slw"], ran: [], exit: 64, says: "did you mean \"label:slow\""),
    Choice(
      arguments: ["--skip", "fetch[us]"], ran: ["prep", "fetch eu 0", "fetch ap 2", #"load {"eu":"eu1","ap":"ap1"}"#]),
    Choice(
      arguments: ["--skip", "fetch"], ran: [], exit: 5, says: "\"fetch\" can't be skipped: \"load\" reads its values"),
    Choice(arguments: ["--rerun", "nothing"], ran: [], exit: 64, says: "no step is called \"nothing\""),
    Choice(
      arguments: ["--from", "prep", "--rerun", "label:slow"],
      ran: ["prep", "fetch eu 0", "fetch us 1", "fetch ap 2", #"load {"eu":"eu1","us":"us1","ap":"ap1"}"#]),
  ]

  @Test(arguments: choices) func aSelectionNamesTheStepOneItemOrALabel(_ choice: Choice) throws {
    try withProject { project in
      let result = try Execplan.run(["apply", "-j", "1"] + choice.arguments, in: project.folder)
      #expect(result.exit == choice.exit, "\(result)")
      #expect(project.ledger == choice.ran, "\(result)")
      #expect(choice.says.isEmpty || result.stderr.contains(choice.says), "\(result)")
      guard choice.exit == 0, !choice.ran.contains(where: { $0.hasPrefix("load") }) else { return }
      #expect(try project.query("select state from runs") == "partial")
      let rest = try project.run("apply")
      #expect(rest.exit == 0, "\(rest)")
      #expect(project.ledger.count == 5 && Set(project.ledger).count == 5, "\(rest)")
    }
  }

  /// Files in, files out: each item is up to date by itself, however the list is ordered.
  @Test func anItemIsRunAgainOnlyForWhatItReads() throws {
    let plan = """
      execplan: 1
      title: Files
      id: files
      order: graph
      params: {names: {type: list, default: [a, b]}}
      steps:
        - id: up
          foreach: params.names
          inputs: ["${{ item }}.txt"]
          outputs: ["${{ item }}.out"]
          run: echo ${{ item }} >> "$OUT/ledger"; tr a-z A-Z < "${{ item }}.txt" > "${{ item }}.out"
        - id: all
          needs: [up]
          inputs: ["*.out"]
          outputs: [all.txt]
          run: echo all >> "$OUT/ledger"; cat *.out > all.txt

      """
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      for name in ["a", "b", "c"] { try project.folder.write(name + ".txt", name) }
      #expect(try project.run("apply", "-j", "1").exit == 0)
      #expect(project.ledger == ["a", "b", "all"])
      #expect(try project.run("plan", "--detailed-exitcode", "-p", #"names=["b", "a"]"#).exit == 0)
      try project.folder.write("a.txt", "changed")
      let changed = try project.run("apply", "-j", "1")
      #expect(project.ledger == ["a", "b", "all", "a", "all"], "\(changed)")
      // Another item is work for itself and for what needs the step.
      let more = try project.run("apply", "-j", "1", "-p", #"names=["c", "b", "a"]"#)
      #expect(more.exit == 0, "\(more)")
      #expect(project.ledger.dropFirst(5) == ["c", "all"], "\(more)")
      #expect(try project.run("plan", "--detailed-exitcode", "-p", #"names=["a", "b", "c"]"#).exit == 0)
      // One item less is another result of the step.
      let fewer = try project.run("plan", "-p", #"names=["a", "b"]"#)
      #expect(fewer.stdout.contains("\"up\" has another result"), "\(fewer)")
    }
  }

  @Test func anItemThatComesInTheMiddleOfARunIsNotPassedOver() throws {
    let plan = """
      execplan: 1
      title: Growing
      id: growing
      order: graph
      steps:
        - {id: get, foreach: [a, b], run: "echo ${{ item }} >> $OUT/ledger"}
        - {id: all, needs: [get], run: "echo all >> $OUT/ledger"}
        - {id: last, needs: [all], run: "echo last >> $OUT/ledger; test -e well"}

      """
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      #expect(try project.run("apply", "-j", "1").exit == 1)
      try project.write(plan.replacingOccurrences(of: "[a, b]", with: "[c, b, a]"))
      try project.folder.write("well", "")
      let refused = try project.run("apply", "--resume")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("\"all\": it now needs \"get[c]\", which is not done"), "\(refused)")
      #expect(try project.run("apply", "--resume", "--rerun-changed").exit == 0)
      #expect(project.ledger == ["a", "b", "all", "last", "c", "all", "last"])
      // One that is gone was done all the same.
      try project.write(plan.replacingOccurrences(of: "test -e well", with: "exit 1"))
      #expect(try project.run("apply", "-j", "1").exit == 1)
      try project.write(plan.replacingOccurrences(of: "[a, b]", with: "[b]"))
      let gone = try project.run("apply", "--resume")
      #expect(gone.exit == 5, "\(gone)")
      #expect(gone.stderr.contains("get[a]") && gone.stderr.contains("--keep-changed"), "\(gone)")
    }
  }

  @Test func withoutItemsTheStepSucceedsAndHasEmptyValues() throws {
    let plan = """
      execplan: 1
      title: Nothing
      id: nothing
      order: listed
      steps:
        - {id: none, foreach: [], run: "echo never >> $OUT/ledger"}
        - {id: after, run: "echo '[]' $ROWS >> $OUT/ledger", env: {ROWS: "${{ toJSON(steps.none.values.rows) }}"}}

      """
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["[] {}"])
      #expect(result.stdout.contains("2 succeeded"), "\(result)")
      #expect(try project.run("status", "nothing").stdout.contains("none"))
    }
  }

  @Test func inListedOrderTheItemsOfAStepStartTogether() throws {
    let plan = """
      execplan: 1
      title: Listed
      id: listed
      order: listed
      steps:
        - {id: a, run: "echo a >> $OUT/ledger"}
        - {id: b, foreach: [one, two], run: "sh $OUT/block.sh -${{ item }}; echo b >> $OUT/ledger"}
        - {id: c, run: "echo c >> $OUT/ledger"}

      """
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      let program = try project.start("apply", "-j", "2")
      #expect(project.waitForBlock("-one", of: program) != nil)
      #expect(project.waitForBlock("-two", of: program) != nil)
      #expect(project.ledger == ["a"])
      try project.release("-one")
      try project.release("-two")
      #expect(program.wait().exit == 0)
      #expect(project.ledger == ["a", "b", "b", "c"])
    }
  }

  @Test func keysThatNoIdHoldsAreEncodedAndFoundAsTheyAreWritten() throws {
    let plan = """
      execplan: 1
      title: Keys
      id: keys
      order: graph
      steps:
        - {id: get, foreach: ["a/b c", "é"], run: "echo ${{ item }} >> $OUT/ledger"}

      """
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      #expect(try project.run("apply", "-j", "1", "--only", "get[é]").exit == 0)
      #expect(try project.query("select step from checkpoints") == "get[%C3%A9]")
      #expect(try project.run("apply", "--until", "get[a%2Fb%20c]").exit == 0)
      #expect(project.ledger == ["é", "a/b c"])
      #expect(try project.run("why", "keys", "get[a/b c]").stdout.hasPrefix("get[a%2Fb%20c]: "))
      #expect(try project.run("logs", "keys", "get[a/b c]").exit == 0)
    }
  }

  @Test func finallyKnowsWhetherAnItemFailed() throws {
    let plan = """
      execplan: 1
      title: Finally
      id: finally
      order: graph
      steps:
        - {id: get, foreach: [a, b], run: "test ${{ item }} = a"}
      finally:
        - {id: tell, when: steps.get.status == 'failed', run: "echo failed >> $OUT/ledger"}

      """
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      #expect(try project.run("apply").exit == 1)
      #expect(project.ledger == ["failed"])
    }
  }
}
