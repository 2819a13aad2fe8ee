internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Reporting
internal import Testing

struct ViewTextTests {
  @Test func aPlanIsOneLineAStepByPhaseWithItsReasons() {
    #expect(
      Fixture.planView.text(.plain) == """
        Demo plan (demo), continues run 7

        extract: Extract
          +  fetch  run     run       definition changed: run
                                        input changed: a.csv
          ~  parse  exec    unknown   unknown until "fetch"

        load
          =  star   sql     skip      done in this run

        without a phase
          ?  sign   manual  wait      a person does it
          !  mail   run     in doubt  started, no end
          x  after  run     blocked   blocked by "mail"

        1 to run, 1 to skip, 1 waiting for a person, 1 blocked, 1 in doubt, 1 unknown until "fetch"
        2 steps run again in every new run: fetch, mail (EP412)
        next: execplan apply demo

        """)
  }

  @Test func aPlanWithNothingToDoSaysSo() {
    let view = PlanView(
      plan: "p", title: "T", digest: "",
      steps: [.init(id: "a", action: "file", decision: .skip, idempotence: .convergent)],
      nextCommand: "execplan apply p")
    #expect(view.text(.plain) == "T (p)\n\n  =  a  file  skip\n\nnothing to do: 1 step up to date\n")
    #expect(PlanView(plan: "p", title: "T", digest: "", steps: []).summaryLine == "no steps")
  }

  @Test func theHintNamesTheFirstSteps() {
    let steps = ["a", "b", "c", "d"].map {
      PlanView.Step(id: $0, action: "run", decision: .run, idempotence: .none)
    }
    #expect(
      PlanView(plan: "p", title: "T", digest: "", steps: steps).repetitionHint
        == "4 steps run again in every new run: a, b, c, … (1 more) (EP412)")
  }

  @Test func statusShowsTheRunItsStepsAndTheNextCommand() {
    #expect(
      Fixture.statusView.text(.plain, now: 1_788_091_424_250 + 3_600_000) == """
        demo: run 7 failed, started 1 h ago (2026-08-30 12:03:44Z), 3 min 05 s

          step   state      attempts    duration  reason
          fetch  succeeded         1       1.2 s
          parse  failed            3  3 min 05 s  exit 2
          mail   in doubt          1              started, no end recorded
          after  pending

        1 pending, 1 succeeded, 1 failed, 1 in doubt
        next: execplan apply demo --resume

        """)
    #expect(
      StatusView(plan: "p", run: nil, nextCommand: "execplan apply p").text(.plain, now: 0)
        == "p: never run\nnext: execplan apply p\n")
  }

  @Test func statusShowsWhatEachStepUsedWhenItIsAsked() {
    let text = Fixture.statusView.text(.plain, now: 1_788_091_424_250, showsResources: true)
    #expect(
      text.split(separator: "\n").dropFirst().prefix(3).joined(separator: "\n") == """
          step   state      attempts    duration    cpu    memory     read  written  reason
          fetch  succeeded         1       1.2 s  1.0 s  50.0 MiB  4.0 KiB  3.0 MiB
          parse  failed            3  3 min 05 s                                     exit 2
        """)
  }

  @Test func statusOfAllPlansIsATable() {
    let list = StatusListView(plans: [Fixture.statusView, StatusView(plan: "new", run: nil)])
    #expect(
      list.text(.plain, now: 1_788_091_424_250) == """
        plan  run  state      started   next
        demo    7  failed     just now  execplan apply demo --resume
        new        never run

        """)
    #expect(StatusListView(plans: []).text(.plain, now: 0) == "no plans\n")
  }

  @Test func runsAreATable() {
    let runs = RunsView(runs: [
      .init(
        id: 12, plan: "demo", state: .succeeded, startedAt: 0, finishedAt: 61_000, succeeded: 8, failed: 0, skipped: 2),
      .init(id: 7, plan: "demo", state: .rolledBack, startedAt: 0, succeeded: 1, failed: 1),
    ])
    #expect(
      runs.text(.plain) == """
        run  plan  state        started                 duration  done  failed  skipped
         12  demo  succeeded    1970-01-01 00:00:00Z  1 min 01 s     8       0        2
          7  demo  rolled back  1970-01-01 00:00:00Z                 1       1        0

        """)
    #expect(RunsView(runs: []).text(.plain) == "no runs\n")
  }

  @Test func aGraphIsShownInLayersWithItsCriticalPath() {
    let graph = GraphView(
      nodes: [
        .init(id: "c", action: "run"), .init(id: "a", action: "run", state: .succeeded),
        .init(id: "b", action: "check"),
        .init(id: "x", action: "run"), .init(id: "y", action: "run"),
      ],
      edges: [
        .init(from: "a", to: "c", kind: .needs), .init(from: "a", to: "c", kind: .file),
        .init(from: "b", to: "c", kind: .needs), .init(from: "x", to: "y", kind: .needs),
        .init(from: "y", to: "x", kind: .needs),
      ], criticalPath: ["a", "c"])
    #expect(
      graph.text(.plain) == """
        1  *  a  run    succeeded
              b  check
        2  *  c  run               needs a, b
        3     x  run               needs y
              y  run               needs x

        * critical path: a -> c

        """)
    #expect(
      String(GraphView(nodes: [.init(id: "a", action: "run")], edges: [], criticalPath: ["a"]).json())
        == #"{"format_version":"1.0","nodes":[{"id":"a","action":"run","phase":null,"state":null}],"edges":[],"critical_path":["a"]}"#
        + "\n")
  }

  @Test func aFailureNamesTheCommandsThatGoOn() {
    let failure = FailureView(
      exitCode: 5, message: "step \"a\" is in doubt", nextCommands: ["execplan resolve p a --as done"])
    #expect(failure.text(.plain) == "error: step \"a\" is in doubt\n  execplan resolve p a --as done\n")
    #expect(
      String(failure.json())
        == #"{"format_version":"1.0","error":{"exit_code":5,"message":"step \"a\" is in doubt","next_commands":["execplan resolve p a --as done"]}}"#
        + "\n")
  }

  @Test func hostileNamesDoNotReachTheTerminal() {
    let evil = "a\u{1B}[2J\n\u{202E}"
    let plan = PlanView(
      plan: evil, title: evil, digest: "", phases: [.init(id: evil, title: evil)],
      steps: [
        .init(
          id: evil, phase: evil, action: evil, decision: .unknown, reasons: [.init(kind: "k", detail: evil)],
          idempotence: .none, until: [evil])
      ], nextCommand: evil)
    let status = StatusView(
      plan: evil, run: nil, steps: [.init(id: evil, state: .failed, reason: evil)], nextCommand: evil)
    let graph = GraphView(nodes: [.init(id: evil, action: evil)], edges: [], criticalPath: [evil])
    var show = Fixture.showView
    (show.title, show.notes.purpose, show.answers) = (evil, evil, [.init(evil, command: evil)])
    let texts = [
      plan.text(.plain), status.text(.plain, now: 0), graph.text(.plain), show.text(.plain), show.markdown(),
      FailureView(exitCode: 1, message: evil, nextCommands: [evil]).text(.plain),
      ProgressLines.retry(evil, attempt: 2, of: 3, inMilliseconds: 1, reason: evil, at: 0),
    ]
    for text in texts {
      #expect(!text.unicodeScalars.contains { $0 != "\n" && PrintableText.visible($0) != $0 }, "\(text)")
    }
  }
}
