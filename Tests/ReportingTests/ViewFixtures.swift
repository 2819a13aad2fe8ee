internal import PlanModel
internal import Planner
internal import Reporting

extension Fixture {
  static let planView = PlanView(
    plan: "demo", title: "Demo plan", digest: String(repeating: "0a", count: 32), run: 7,
    phases: [.init(id: "extract", title: "Extract"), .init(id: "load"), .init(id: "unused")],
    steps: [
      .init(
        id: "fetch", title: "Fetch", phase: "extract", action: "run", decision: .run,
        reasons: [
          .init(kind: "definition_changed", detail: "definition changed: run"),
          .init(kind: "input_changed", detail: "input changed: a.csv"),
        ], idempotence: .none),
      .init(
        id: "parse", phase: "extract", action: "exec", decision: .unknown,
        reasons: [.init(kind: "unknown_until", detail: "unknown until \"fetch\"")], idempotence: .guarded,
        needs: ["fetch"], until: ["fetch"]),
      .init(
        id: "star", phase: "load", action: "sql", decision: .skip,
        reasons: [.init(kind: "checkpointed", detail: "done in this run")], idempotence: .transactional,
        needs: ["parse"]),
      .init(
        id: "sign", action: "manual", decision: .wait, reasons: [.init(kind: "manual", detail: "a person does it")],
        idempotence: .waits),
      .init(
        id: "mail", action: "run", decision: .inDoubt, reasons: [.init(kind: "in_doubt", detail: "started, no end")],
        idempotence: .none),
      .init(
        id: "after", action: "run", decision: .blocked,
        reasons: [.init(kind: "blocked", detail: "blocked by \"mail\"")], idempotence: .declared, needs: ["mail"]),
    ], nextCommand: "execplan apply demo")

  static let statusView = StatusView(
    plan: "demo",
    run: .init(id: 7, state: .failed, startedAt: 1_788_091_424_250, finishedAt: 1_788_091_609_250),
    steps: [
      .init(
        id: "fetch", state: .succeeded, attempts: 1, exitCode: 0, durationMilliseconds: 1200,
        usage: AttemptUsage(
          userTime: 900_400, systemTime: 99_600, peakMemory: 50 << 20, readBytes: 4096, writtenBytes: 3 << 20)),
      .init(id: "parse", state: .failed, attempts: 3, exitCode: 2, durationMilliseconds: 185_000),
      .init(id: "mail", state: .inDoubt, attempts: 1, reason: "started, no end recorded"),
      .init(id: "after", state: .pending),
    ], nextCommand: "execplan apply demo --resume")

  static var showView: ShowView {
    var notes = PlanNotes()
    notes.purpose = "Dashboards at six.\nSee report.md."
    notes.team = [.init(role: "data engineer", fte: "1"), .init(role: "reviewer")]
    notes.infrastructure = ["postgres 15"]
    notes.budget = "2000 EUR"
    notes.successFactors = ["under 500 ms"]
    notes.risks = [.init(risk: "Schema drifts", impact: "high", mitigation: "contract | check")]
    notes.milestones = [.init(name: "First load", date: "2026-12-01", criteria: "counts match")]
    var view = ShowView(title: "Demo plan", plan: "demo", dialect: "yaml", notes: notes)
    view.strategy = .brownfield
    view.sections = [.init(kind: "purpose", heading: "Purpose", line: 3, level: 2)]
    view.progress = .init(done: 1, open: 2, other: 0, lastActivity: 1_788_091_424_250)
    view.phases = [
      .init(
        id: "extract", title: "Extract", objective: "raw data on disk", owner: "ann",
        estimate: Estimate(text: "3d", lowMinutes: 1440, highMinutes: 1440), deliverables: ["data/*.json"],
        gate: ["data/*.json exists"], steps: ["fetch"])
    ]
    view.steps = [
      .init(
        id: "fetch", title: "Fetch <raw>", action: "run", phase: "extract",
        estimate: Estimate(text: "2-3d", lowMinutes: 960, highMinutes: 1440)),
      .init(id: "load", action: "sql", needs: ["fetch"]),
    ]
    view.candidates = [.init(line: 9, language: "bash")]
    view.criticalPath = ["fetch", "load"]
    view.criticalTime = .init(lowMinutes: 960, highMinutes: 1440)
    view.summedTime = .init(lowMinutes: 1500, highMinutes: 1500)
    view.answers = [.init("approve all", command: "execplan apply demo"), .init("modify", command: "edit demo.yaml")]
    return view
  }
}
