internal import Foundation
internal import TestSupport
internal import Testing

/// Plans that call plans: one sub-graph of the run, with parameters, values, state and resume of its own steps.
struct CallTests {
  static let caller = """
    execplan: 1
    title: Caller
    id: caller
    order: graph
    params: {region: eu}
    env: {PARENT: "yes"}
    steps:
      - {id: prep, run: "echo prep >> $OUT/ledger"}
      - id: deploy
        needs: [prep]
        labels: [slow]
        foreach: [blue, green]
        env: {GIVEN: "${{ item }}"}
        call:
          path: plans/sub.yaml
          params: {env: "${{ item }}-${{ params.region }}", count: 2}
      - id: last
        needs: [deploy]
        run: echo ${{ toJSON(steps.deploy.values.url) }} >> $OUT/ledger

    """

  static let callee = """
    execplan: 1
    title: Callee
    params: {env: {type: string, required: true}, count: {type: int, default: 1}}
    env: {OWN: "own ${{ params.env }}"}
    values: {url: "${{ steps.build.values.url }}"}
    phases:
      - {id: one, title: One, gate: [{exists: gate.txt}]}
      - {id: two, title: Two}
    steps:
      - id: build
        phase: one
        run: |
          echo "build ${{ params.env }} ${{ params.count }}, $OWN, $GIVEN [${PARENT:-}]" >> $OUT/ledger
          sh $OUT/block.sh "-${{ params.env }}"
          echo "url=${{ params.env }}.example" >> "$EXECPLAN_OUTPUT"
          echo "at=${{ params.env }}" >> "$EXECPLAN_STATE"
        state: {seen: "${{ values.url }}"}
      - id: test
        phase: two
        foreach: [x, y]
        run: echo "test ${{ params.env }} ${{ item }} ${{ default(state.at, '-') }} ${{ default(state.seen, '-') }}" >> $OUT/ledger
    finally:
      - {id: tidy, run: "echo tidy ${{ params.env }} >> $OUT/ledger"}

    """

  static let built = ["build blue-eu 2, own blue-eu, blue []", "build green-eu 2, own green-eu, green []"]

  private func withProject(isHeld: Bool = false, _ body: (RunProject) throws -> Void) throws {
    try withRunProject(Self.caller) { project in
      try project.folder.write(
        "plans/sub.yaml", Self.callee.replacingOccurrences(of: "$OUT", with: project.outside.path))
      try project.folder.write("gate.txt", "")
      if !isHeld { for name in ["blue-eu", "green-eu"] { try project.release("-" + name) } }
      try body(project)
    }
  }

  @Test func theStepsOfTheCalledPlanAreStepsOfTheRun() throws {
    try withProject { project in
      let plan = try project.run("plan", "p.execplan.yaml")
      for id in ["deploy[blue]/build", "deploy[green]/test[x]", "deploy[blue]/gate:one", "last"] {
        #expect(plan.stdout.contains(id), "\(plan)")
      }
      let result = try project.run("apply", "p.execplan.yaml", "-j", "1")
      #expect(result.exit == 0, "\(result)")
      let url = #"{"blue":"blue-eu.example","green":"green-eu.example"}"#
      #expect(project.ledger.first == "prep" && project.ledger.contains(url), "\(project.ledger)")
      #expect(Set(Self.built).isSubset(of: project.ledger), "\(project.ledger)")
      #expect(project.ledger.contains("test blue-eu x - -") && project.ledger.contains("test green-eu y - -"))
      #expect(project.ledger.last == url, "\(project.ledger)")
      for name in ["blue-eu", "green-eu"] {
        let lines = project.ledger.filter { $0.contains(" \(name)") }
        #expect(lines.count == 4 && lines.last == "tidy \(name)", "\(project.ledger)")
      }
      #expect(
        try project.query("select key || '=' || value from state order by key").split(separator: "\n").count == 4)
      #expect(try project.query("select count(*) from runs") == "1")
      // A new run reads the state that each call has left.
      #expect(try project.run("apply", "p.execplan.yaml", "-j", "1").exit == 0)
      #expect(project.ledger.contains("test green-eu y green-eu green-eu.example"), "\(project.ledger)")
      #expect(try project.run("why", "caller", "deploy[blue]/build").stdout.contains("needs: prep"))
      #expect(try project.run("logs", "caller", "deploy[blue]/build").exit == 0)
      #expect(try project.run("graph", "p.execplan.yaml", "--format", "json").stdout.contains(#""action":"call""#))
      #expect(try project.run("show", "p.execplan.yaml").stdout.contains("deploy[green]/test[y]"))
    }
  }

  @Test func aKillWithinTheCalledPlanIsResumedThere() throws {
    try withProject(isHeld: true) { project in
      try project.release("-blue-eu")
      try #require(try project.killDuringApply("p.execplan.yaml", "-j", "1", block: "-green-eu"))
      let before = project.ledger
      let refused = try project.run("apply", "p.execplan.yaml", "--resume")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("'deploy[green]/build' --as rerun"), "\(refused)")
      #expect(try project.run("resolve", "caller", "deploy[green]/build", "--as", "rerun").exit == 0)
      try project.release("-green-eu")
      let resumed = try project.run("apply", "p.execplan.yaml", "--resume", "-j", "1")
      #expect(resumed.exit == 0, "\(resumed)")
      let after = project.ledger.dropFirst(before.count)
      #expect(after.first == Self.built[1] && !after.contains(Self.built[0]), "\(project.ledger)")
      #expect(project.ledger.count { $0.hasPrefix("test blue-eu x") } == 1, "\(project.ledger)")
    }
  }

  @Test func aGateOfTheCalledPlanHoldsItsLaterPhases() throws {
    try withProject { project in
      try FileManager.default.removeItem(atPath: project.folder.path("gate.txt"))
      let held = try project.run("apply", "p.execplan.yaml", "-j", "1", "--keep-going")
      #expect(held.exit == 7, "\(held)")
      #expect(!project.ledger.contains { $0.hasPrefix("test") || $0.hasPrefix("{") }, "\(project.ledger)")
      try project.folder.write("gate.txt", "")
      #expect(try project.run("apply", "p.execplan.yaml", "--resume", "-j", "1").exit == 0)
      #expect(project.ledger.count { $0.hasPrefix("build") } == 2, "\(project.ledger)")
    }
  }

  @Test func aCallIsSelectedAsAStepIs() throws {
    try withProject { project in
      let part = try project.run("apply", "p.execplan.yaml", "-j", "1", "--until", "deploy[blue]")
      #expect(part.exit == 0, "\(part)")
      #expect(project.ledger.count { $0.hasPrefix("build") || $0.hasPrefix("test") } == 3, "\(project.ledger)")
      #expect(try project.query("select state from runs") == "partial")
      let rest = try project.run("apply", "p.execplan.yaml", "-j", "1", "--until", "label:slow")
      #expect(rest.exit == 0, "\(rest)")
      #expect(project.ledger.count { $0.hasPrefix("build") || $0.hasPrefix("test") } == 6, "\(project.ledger)")
      #expect(try project.run("apply", "p.execplan.yaml", "--resume").exit == 0)
    }
  }

  @Test func aChangeOfTheCalledPlanIsAChangeOfItsSteps() throws {
    try withProject { project in
      try FileManager.default.removeItem(atPath: project.folder.path("gate.txt"))
      #expect(try project.run("apply", "p.execplan.yaml", "-j", "1", "--keep-going").exit == 7)
      let text = project.folder.read("plans/sub.yaml") ?? ""
      try project.folder.write("plans/sub.yaml", text.replacingOccurrences(of: "own ${{", with: "other ${{"))
      let refused = try project.run("apply", "p.execplan.yaml", "--resume")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("\"deploy[blue]/build\": env.OWN"), "\(refused)")
      try project.folder.write("plans/sub.yaml", text.replacingOccurrences(of: "    run: |", with: "    rum: |"))
      let broken = try project.run("apply", "p.execplan.yaml", "--resume")
      #expect(broken.exit == 3, "\(broken)")
      #expect(broken.stderr.contains("\"plans/sub.yaml\" has an error: line "), "\(broken)")
    }
  }

  @Test func aListedPlanKeepsItsOrderWhereverItIsCalled() throws {
    let plan = """
      execplan: 1
      title: Listed
      id: listed
      order: listed
      steps:
        - {id: first, run: "echo first >> $OUT/ledger"}
        - {id: sub, call: {path: sub.yaml}, when: params.runs, foreach: [1]}
        - {id: last, run: "echo last >> $OUT/ledger"}
      params: {runs: {type: bool, default: true}}

      """
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      let callee = """
        execplan: 1
        title: Sub
        order: listed
        steps:
          - {id: b, run: "sleep 0.1; echo b >> OUT/ledger"}
          - {id: a, run: "echo a >> OUT/ledger"}

        """
      try project.folder.write("sub.yaml", callee.replacingOccurrences(of: "OUT", with: project.outside.path))
      let result = try project.run("apply", "p.execplan.yaml", "-j", "4")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["first", "b", "a", "last"])
      let skipped = try project.run("apply", "p.execplan.yaml", "-j", "4", "-p", "runs=false")
      #expect(skipped.exit == 0, "\(skipped)")
      #expect(project.ledger.dropFirst(4) == ["first", "last"], "\(skipped)")
    }
  }
}
