internal import Foundation
internal import TestSupport
internal import Testing

/// `foreach` over the values of earlier steps: the items are found once, recorded, and kept when the run goes on.
struct ForeachLaterTests {
  /// The file `names` outside of the project is the list.
  static let plan = """
    execplan: 1
    title: Later
    id: later
    order: graph
    steps:
      - id: list
        idempotent: true
        run: |
          echo list >> $OUT/ledger
          echo "names=$(cat $OUT/names)" >> "$EXECPLAN_OUTPUT"
      - id: fetch
        needs: [list]
        foreach: fromJSON(steps.list.values.names)
        labels: [slow]
        run: |
          echo "fetch ${{ item }}" >> $OUT/ledger
          test ! -e "$OUT/bad-${{ item }}"
          sh $OUT/block.sh "-${{ item.key }}"
          echo "rows=${{ item.key }}1" >> "$EXECPLAN_OUTPUT"
      - {id: load, needs: [fetch], run: "echo load $ROWS >> $OUT/ledger; test ! -e $OUT/bad-load", env: {ROWS: "${{ toJSON(steps.fetch.values.rows) }}"}}

    """

  private static let items = ["fetch eu", "fetch us", "fetch ap"]
  private static let loaded = #"load {"eu":"eu1","us":"us1","ap":"ap1"}"#

  /// With nothing that holds a step up.
  private func withProject(
    _ plan: String = Self.plan, names: String = #"["eu","us","ap"]"#, held: Set<String> = [],
    _ body: (RunProject) throws -> Void
  ) throws {
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      try project.outside.write("names", names)
      for name in ["eu", "us", "ap", "x", "y"] where !held.contains(name) { try project.release("-" + name) }
      try body(project)
    }
  }

  @Test func everyItemOfAValueIsAStep() throws {
    try withProject { project in
      let plan = try project.run("plan")
      #expect(plan.stdout.contains("fetch[*]") && plan.stdout.contains("unknown until \"list\""), "\(plan)")
      let graph = try project.run("graph", "--format", "json")
      #expect(graph.stdout.contains(#""id":"fetch[*]""#), "\(graph)")
      #expect(try project.run("show").stdout.contains("fetch[*]"))
      let result = try project.run("apply", "-j", "1", "--events", "events")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["list"] + Self.items + [Self.loaded])
      #expect(
        try project.query("select step from checkpoints order by step")
          == "fetch[*]\nfetch[ap]\nfetch[eu]\nfetch[us]\nlist\nload")
      let events = project.folder.read("events") ?? ""
      #expect(events.contains(#""step_ids":["fetch[eu]","fetch[us]","fetch[ap]"]}"#), "\(events)")
      let status = try project.run("status", "later")
      for words in ["fetch[*]", "3 items", "fetch[us]"] { #expect(status.stdout.contains(words), "\(status)") }
      #expect(try project.run("logs", "later", "fetch[us]").exit == 0)
      #expect(try project.run("status", "later", "--format", "json").stdout.contains(#""id":"fetch[ap]""#))
      // A new run finds its items anew.
      #expect(try project.run("plan").stdout.contains("unknown until \"list\""))
      try project.outside.write("names", #"["x"]"#)
      #expect(try project.run("apply", "-j", "1").exit == 0)
      #expect(project.ledger.dropFirst(5) == ["list", "fetch x", #"load {"x":"x1"}"#])
      let why = try project.run("why", "later", "fetch[eu]")
      #expect(why.exit == 64 && why.stderr.contains("execplan why p.execplan.yaml 'fetch[*]'"), "\(why)")
    }
  }

  /// Whenever execplan dies, what was found is found once: before it is recorded nothing of it runs, afterwards all.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["EXECPLAN_BINARY"] == nil, "release builds have no points"),
    arguments: [
      "beforeEndCommit", "inEndCommit", "afterEndCommit", "beforeEndCommit:2", "inEndCommit:2", "afterEndCommit:2",
      "beforeEndCommit:3", "afterEndCommit:3", "beforeClaimCommit:2", "afterClaimCommit:2", "beforeLaunch:2",
      "beforeLaunch:3", "afterExit:2", "beforeFinishCommit",
    ])
  func whereverExecplanDiesTheItemsAreFoundOnce(_ point: String) throws {
    let plan = Self.plan.replacing("    labels: [slow]", with: "    idempotent: true")
      .replacing("{id: load,", with: "{id: load, idempotent: true,")
    try withProject(plan) { project in
      let killed = try project.run("apply", "-j", "2", env: ["EXECPLAN_FAULT": point])
      #expect(killed.exit == 137 || killed.exit == 0, "\(killed)")
      let found = try project.query("select count(*) from checkpoints where step = 'fetch[*]'") == "1"
      let launched = Int(try project.query("select count(*) from attempts where step like 'fetch[%'")) ?? -1
      // No item is claimed before the record of the items.
      #expect(found || launched == 0)
      let status = try project.run("status", "later", "--format", "json")
      #expect(status.stdout.contains(#""id":"fetch[ap]""#) == found, "\(status)")
      if found { try project.outside.write("names", #"["other"]"#) }
      let resumed = try project.run("apply")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(Set(project.ledger) == Set(["list"] + Self.items + [Self.loaded]), "\(project.ledger)")
      #expect(try project.query("select count(*) from checkpoints where step = 'fetch[*]'") == "1")
    }
  }

  @Test func aKillInTheMiddleLeavesEachItemAsItIs() throws {
    try withProject(held: ["us"]) { project in
      try #require(try project.killDuringApply("-j", "1", block: "-us"))
      #expect(project.ledger == ["list", "fetch eu", "fetch us"])
      #expect(try project.query("select step from checkpoints order by step") == "fetch[*]\nfetch[eu]\nlist")
      let plan = try project.run("plan")
      for id in ["fetch[us]", "fetch[ap]"] { #expect(plan.stdout.contains(id), "\(plan)") }
      let refused = try project.run("apply", "--resume")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("execplan resolve p.execplan.yaml 'fetch[us]' --as rerun"), "\(refused)")
      #expect(try project.run("resolve", "later", "fetch[us]", "--as", "rerun").exit == 0)
      try project.release("-us")
      // What the list would say now is of no matter: it was read once.
      try project.outside.write("names", #"["other"]"#)
      let one = try project.run("apply", "--resume", "--only", "fetch[ap]")
      #expect(one.exit == 0, "\(one)")
      let resumed = try project.run("apply", "-j", "1")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger.dropFirst(3) == ["fetch ap", "fetch us", Self.loaded])
    }
  }

  @Test func anItemInDoubtIsResolvedAsDoneWithItsValues() throws {
    try withProject(held: ["us"]) { project in
      try #require(try project.killDuringApply("-j", "1", block: "-us"))
      #expect(try project.run("resolve", "later", "fetch[us]", "--as", "done", "--value", "rows=u").exit == 0)
      try project.release("-us")
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.ledger.last == #"load {"eu":"eu1","us":"u","ap":"ap1"}"#)
    }
  }

  @Test func withoutItemsTheStepSucceedsAndHasEmptyValues() throws {
    try withProject(names: "[]") { project in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["list", "load {}"])
      #expect(result.stdout.contains("3 succeeded"), "\(result)")
      #expect(try project.run("status", "later").stdout.contains("0 items"))
    }
  }

  struct Unfit: Sendable {
    let names: String
    let says: String
  }

  @Test(arguments: [
    Unfit(names: #"["eu","us","eu"]"#, says: #""foreach" gives the key "eu" twice"#),
    Unfit(names: #"[{"a":1}]"#, says: "an item that is a map needs a key"),
    Unfit(names: #""eu""#, says: "a text is taken apart with split(text, ',')"),
    Unfit(names: "7", says: "needs a list or a map, not a whole number"),
    Unfit(names: #"{"a":{"b":1}}"#, says: #"item "a": line 16: a map cannot stand in a text"#),
    Unfit(names: "[", says: "foreach: "),
  ])
  func aValueThatGivesNoItemsFailsTheStep(_ unfit: Unfit) throws {
    try withProject(names: unfit.names) { project in
      let failed = try project.run("apply")
      #expect(failed.exit == 1, "\(failed)")
      #expect((failed.stdout + failed.stderr).contains(unfit.says), "\(failed)")
      #expect(project.ledger == ["list"])
      #expect(try project.run("status", "later").stdout.contains("fetch[*]"))
      // The list is read again when the step that makes it has run again.
      try project.outside.write("names", #"["eu"]"#)
      #expect(try project.run("apply", "--resume").exit == 1)
      let resumed = try project.run("apply", "--resume", "--rerun", "list")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger == ["list", "list", "fetch eu", #"load {"eu":"eu1"}"#])
    }
  }

  @Test func itemsThatAreGoneAreListedAndCountNoMore() throws {
    try withProject(names: #"["eu","us"]"#) { project in
      try project.outside.write("bad-load", "")
      #expect(try project.run("apply", "-j", "1").exit == 1)
      try FileManager.default.removeItem(atPath: project.outside.path("bad-load"))
      try project.outside.write("names", #"["us","ap"]"#)
      let result = try project.run("apply", "--resume", "--rerun", "list", "-j", "1")
      #expect(result.exit == 0, "\(result)")
      #expect(
        (result.stdout + result.stderr).contains("\"fetch[eu]\" is no item of \"fetch\" any more; what it did stays"),
        "\(result)")
      // What stayed in the list is done, and is not done again.
      #expect(
        project.ledger == [
          "list", "fetch eu", "fetch us", #"load {"eu":"eu1","us":"us1"}"#, "list", "fetch ap",
          #"load {"us":"us1","ap":"ap1"}"#,
        ])
      #expect(
        try project.query("select step from checkpoints where superseded = 0 order by step")
          == "fetch[*]\nfetch[ap]\nfetch[us]\nlist\nload")
      let status = try project.run("status", "later")
      #expect(status.stdout.contains("fetch[us]") && !status.stdout.contains("fetch[eu]"), "\(status)")
    }
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["EXECPLAN_BINARY"] == nil, "release builds have no points"),
    arguments: ["afterBeginCommit", "afterEndCommit", "afterEndCommit:2", "beforeLaunch:2", "beforeEndCommit:2"])
  func aKillBetweenTheListAndItsItemsIsMadeUpFor(_ point: String) throws {
    let plan = Self.plan.replacing("    labels: [slow]", with: "    idempotent: true")
    try withProject(plan, names: #"["eu","us"]"#) { project in
      try project.outside.write("bad-load", "")
      #expect(try project.run("apply", "-j", "1").exit == 1)
      try FileManager.default.removeItem(atPath: project.outside.path("bad-load"))
      try project.outside.write("names", #"["us","ap"]"#)
      let killed = try project.run(
        "apply", "--resume", "--rerun", "list", "-j", "1", env: ["EXECPLAN_FAULT": point])
      #expect(killed.exit == 137, "\(killed)")
      let resumed = try project.run("apply", "--resume", "-j", "1")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger.count { $0 == "fetch us" } == 1, "\(project.ledger)")
      #expect(project.ledger.last == #"load {"us":"us1","ap":"ap1"}"#, "\(project.ledger)")
      #expect(
        try project.query("select step from checkpoints where superseded = 0 order by step")
          == "fetch[*]\nfetch[ap]\nfetch[us]\nlist\nload")
    }
  }

  @Test(arguments: [
    ("one.txt", #""fetch[eu]" and "fetch[us]" both write "one.txt""#),
    ("${{ item }}.txt", #""fetch[ap]" and "other" both write "ap.txt""#),
  ])
  func onePathOfTwoStepsFailsWhenItIsFound(_ path: String, _ says: String) throws {
    let plan =
      Self.plan.replacing("    labels: [slow]", with: "    outputs: [\"\(path)\"]")
      + "  - {id: other, outputs: [ap.txt], run: touch ap.txt}\n"
    try withProject(plan) { project in
      let failed = try project.run("apply", "--keep-going")
      #expect(failed.exit == 1, "\(failed)")
      #expect((failed.stdout + failed.stderr).contains(says), "\(failed)")
      #expect(project.ledger == ["list"])
    }
  }

  struct Choice: Sendable, CustomStringConvertible {
    let arguments: [String]
    let ran: [String]
    var exit: Int32 = 0
    var says = ""
    var description: String { arguments.joined(separator: " ") }
  }

  @Test(arguments: [
    Choice(arguments: ["--until", "fetch"], ran: ["list"] + items),
    Choice(arguments: ["--only", "list", "--only", "fetch[*]"], ran: ["list"] + items),
    Choice(arguments: ["--until", "label:slow"], ran: ["list"] + items),
    Choice(arguments: ["--only", "fetch"], ran: [], exit: 5, says: "--until 'fetch[*]'"),
    Choice(
      arguments: ["--only", "fetch[eu]"], ran: [], exit: 64,
      says: "the items of \"fetch\" are known only when a run has found them"),
    Choice(
      arguments: ["--skip", "fetch"], ran: [], exit: 5, says: "\"fetch\" can't be skipped: \"load\" reads its values"),
    Choice(arguments: ["--skip", "fetch", "--skip", "load"], ran: ["list"]),
    Choice(arguments: ["--rerun", "fetch"], ran: ["list"] + items + [loaded]),
  ])
  func aSelectionNamesTheStepOrALabel(_ choice: Choice) throws {
    try withProject { project in
      let result = try Execplan.run(["apply", "-j", "1"] + choice.arguments, in: project.folder)
      #expect(result.exit == choice.exit, "\(result)")
      #expect(project.ledger == choice.ran, "\(result)")
      #expect(choice.says.isEmpty || result.stderr.contains(choice.says), "\(result)")
    }
  }

  @Test func whatIsAskedForIsDoneAgain() throws {
    try withProject { project in
      try project.outside.write("bad-load", "")
      #expect(try project.run("apply", "-j", "1").exit == 1)
      let one = try project.run("apply", "--resume", "--rerun", "fetch[us]", "-j", "1")
      #expect(one.exit == 1, "\(one)")
      #expect(project.ledger.dropFirst(5) == ["fetch us", Self.loaded])
      let all = try project.run("apply", "--resume", "--rerun", "fetch", "-j", "1")
      #expect(all.exit == 1, "\(all)")
      #expect(Array(project.ledger.dropFirst(7)) == Self.items + [Self.loaded])
    }
  }

  @Test func aChangedStepIsAChangedDefinitionOfItsItems() throws {
    try withProject { project in
      try project.outside.write("bad-ap", "")
      #expect(try project.run("apply", "-j", "1").exit == 1)
      #expect(project.ledger == ["list"] + Self.items)
      try FileManager.default.removeItem(atPath: project.outside.path("bad-ap"))
      try project.write(Self.plan.replacing("echo \"fetch ", with: "echo \"get "))
      let refused = try project.run("apply", "--resume")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("\"fetch[eu]\": run: "), "\(refused)")
      #expect(!refused.stderr.contains("fetch[ap]"), "\(refused)")
      let kept = try project.run("apply", "--resume", "--keep-changed", "-j", "1")
      #expect(kept.exit == 0, "\(kept)")
      #expect(project.ledger.dropFirst(4) == ["get ap", Self.loaded])
    }
    try withProject { project in
      try project.outside.write("bad-ap", "")
      #expect(try project.run("apply", "-j", "1").exit == 1)
      // Another list is another matter: nobody can say which items are meant.
      try project.write(
        Self.plan.replacing(
          "foreach: fromJSON(steps.list.values.names)",
          with: #"foreach: fromJSON(default(steps.list.values.none, '["x"]'))"#))
      let refused = try project.run("apply", "--resume")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("\"fetch[*]\": foreach: "), "\(refused)")
      let again = try project.run("apply", "--resume", "--rerun-changed", "-j", "1")
      #expect(again.exit == 0, "\(again)")
      #expect(project.ledger.dropFirst(4) == ["fetch x", #"load {"x":"x1"}"#])
    }
  }

  /// Files in, files out: a longer list is work for what is new in it, and for what needs the step.
  @Test func inANewRunOnlyWhatChangedRuns() throws {
    let plan = """
      execplan: 1
      title: Files
      id: files
      order: graph
      steps:
        - id: list
          run: |
            echo "names=$(cat $OUT/names)" >> "$EXECPLAN_OUTPUT"
        - id: up
          needs: [list]
          foreach: fromJSON(steps.list.values.names)
          inputs: ["${{ item }}.txt"]
          outputs: ["${{ item }}.out"]
          run: echo ${{ item }} >> "$OUT/ledger"; tr a-z A-Z < "${{ item }}.txt" > "${{ item }}.out"
        - id: all
          needs: [up]
          inputs: ["*.out"]
          outputs: [all.txt]
          run: echo all >> "$OUT/ledger"; cat *.out > all.txt

      """
    try withProject(plan, names: #"["a","b"]"#) { project in
      for name in ["a", "b", "c"] { try project.folder.write(name + ".txt", name) }
      #expect(try project.run("apply", "-j", "1").exit == 0)
      #expect(project.ledger == ["a", "b", "all"])
      #expect(try project.run("apply", "-j", "1").exit == 0)
      #expect(project.ledger.count == 3)
      try project.outside.write("names", #"["c","b","a"]"#)
      let more = try project.run("apply", "-j", "1")
      #expect(more.exit == 0, "\(more)")
      #expect(project.ledger.dropFirst(3) == ["c", "all"], "\(more)")
    }
  }

  @Test func itemsOfOneStepAreFoundInThoseOfAnotherAndAtTheEnd() throws {
    let plan = """
      execplan: 1
      title: Chain
      id: chain
      order: listed
      pools: {one: 1}
      steps:
        - id: list
          run: echo 'hosts=[{"name":"a/b","port":80},{"name":"c","port":81}]' >> "$EXECPLAN_OUTPUT"
        - id: ask
          foreach: {items: fromJSON(steps.list.values.hosts), key: item.name}
          pool: one
          retry: {times: 1, delay: 1ms}
          when: item.port != 99
          run: |
            echo "ask ${{ item.name }}" >> $OUT/ledger
            echo "answer=${{ item.port }}" >> "$EXECPLAN_OUTPUT"
            mkdir "$OUT/asked-${{ item.port }}" || true
            test -e "$OUT/again-${{ item.port }}" || { touch "$OUT/again-${{ item.port }}"; exit 1; }
        - id: use
          foreach: steps.ask.values.answer
          run: echo "use ${{ item.key }} ${{ item }}" >> $OUT/ledger
        - id: none
          when: "false"
          run: echo 'x=[1]' >> "$EXECPLAN_OUTPUT"
        - id: skipped
          foreach: fromJSON(steps.none.values.x)
          run: echo never >> $OUT/ledger
        - id: allowed
          allow_failure: true
          foreach: split('1,1', default(steps.none.values.y, ','))
          run: echo never >> $OUT/ledger
        - {id: after, run: "echo ${{ steps.skipped.status }} >> $OUT/ledger"}
      finally:
        - id: tidy
          foreach: {items: fromJSON(steps.list.values.hosts), key: item.port}
          run: echo "tidy ${{ item.key }}" >> $OUT/ledger
        - id: last
          foreach: steps.ask.values.answer
          run: echo "last ${{ item }}" >> $OUT/ledger

      """
    try withProject(plan) { project in
      let result = try project.run("apply", "-j", "1")
      #expect(result.exit == 0, "\(result)")
      #expect(
        project.ledger == [
          "ask a/b", "ask c", "ask a/b", "ask c", "use a/b 80", "use c 81", "skipped", "tidy 80", "tidy 81", "last 80",
          "last 81",
        ], "\(project.ledger)")
      let status = try project.run("status", "chain")
      #expect(status.stdout.contains("ask[a%2Fb]") && status.stdout.contains("last[c]"), "\(status)")
      #expect(try project.run("logs", "chain", "ask[a/b]").exit == 0)
    }
  }

  @Test func aCalledPlanFindsItemsOfItsOwn() throws {
    let called = """
      execplan: 1
      title: Called
      order: listed
      env: {WHERE: here}
      values: {all: "${{ toJSON(steps.each.values.v) }}"}
      steps:
        - id: list
          run: echo 'names=["a","b"]' >> "$EXECPLAN_OUTPUT"
        - id: each
          foreach: fromJSON(steps.list.values.names)
          run: |
            echo "each ${{ item }} $WHERE" >> $OUT/ledger
            echo "v=${{ item }}1" >> "$EXECPLAN_OUTPUT"
        - {id: end, run: "echo end >> $OUT/ledger"}
      finally:
        - id: tidy
          foreach: steps.each.values.v
          run: echo "tidy ${{ item.key }}" >> $OUT/ledger

      """
    let plan = """
      execplan: 1
      title: Calls
      id: calls
      order: graph
      steps:
        - {id: sub, call: {path: called.execplan.yaml}}
        - {id: tell, needs: [sub], run: "echo $ALL >> $OUT/ledger; test ! -e $OUT/bad", env: {ALL: "${{ steps.sub.values.all }}"}}

      """
    try withProject(plan) { project in
      try project.folder.write("called.execplan.yaml", called.replacing("$OUT", with: project.outside.path))
      try project.outside.write("bad", "")
      #expect(try project.run("apply", "p.execplan.yaml", "-j", "1").exit == 1)
      #expect(project.ledger == ["each a here", "each b here", "end", "tidy a", "tidy b", #"{"a":"a1","b":"b1"}"#])
      #expect(try project.run("plan", "p.execplan.yaml").stdout.contains("sub/each[b]"))
      try FileManager.default.removeItem(atPath: project.outside.path("bad"))
      let resumed = try project.run("apply", "p.execplan.yaml", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger.count == 7)
    }
  }

  @Test func theFinallyStepsThatAKilledRunOwesReadTheItems() throws {
    let plan =
      Self.plan
      + "finally:\n  - {id: tell, run: \"echo tell $ROWS >> $OUT/ledger\", env: {ROWS: \"${{ toJSON(steps.fetch.values.rows) }}\"}}\n"
    try withProject(plan, held: ["x"]) { project in
      try project.outside.write("names", #"["eu"]"#)
      let held = Self.plan.replacing("run: \"echo load", with: "run: \"sh $OUT/block.sh -x; echo load")
      try project.write(held + plan.dropFirst(Self.plan.count))
      try #require(try project.killDuringApply("-j", "1", block: "-x"))
      #expect(try project.run("resolve", "later", "load", "--as", "rerun").exit == 0)
      try project.release("-x")
      let fresh = try project.run("apply", "--fresh", "-j", "1")
      #expect(fresh.exit == 0, "\(fresh)")
      #expect(project.ledger.dropFirst(2).first == #"tell {"eu":"eu1"}"#, "\(project.ledger)")
    }
  }
}
