internal import PlanModel
internal import Planner
internal import Reporting

extension Fixture {
  /// With an element in every list.
  static var savedPlan: SavedPlan {
    let digest = SavedPlan.digest(ofState: [])
    var choices = SavedPlan.Choices()
    for list in SavedPlan.Choices.lists { choices[keyPath: list.path] = ["x"] }
    return SavedPlan(
      id: "0123456789abcdef0123456789abcdef", savedAt: 0, user: "ana", host: "here",
      plan: .init(key: "p", path: "p.execplan.yaml", digest: digest), choices: choices,
      parameters: [.init(name: "a", value: .int(1), given: .int(1)), .init(name: "b", value: nil)], profile: "prod",
      secrets: ["TOKEN"], position: .init(journal: "0f", run: 1, checkpoint: 2, state: digest),
      steps: [
        .init(
          id: "a", action: "run", decision: .run, reasons: [SavedReason(.inputChanged, "\"in.txt\"")],
          definition: digest, files: digest),
        .init(id: "b", action: "gate", decision: .skip, reasons: [SavedReason(.checkpointed)], definition: digest),
      ])
  }

  static var whyView: WhyView {
    var view = WhyView(
      id: "a", decision: .run, reasons: [.init(kind: "input_changed", detail: "input changed: \"in.txt\"")],
      idempotence: .guarded, needs: ["n", "m"])
    let (old, new) = (String(repeating: "1", count: 64), String(repeating: "2", count: 64))
    var comparison = WhyView.Comparison(run: 3)
    comparison.definition = .init(old: old, new: new)
    comparison.fields = [.init(name: "run", old: "x", new: nil)]
    comparison.upstream = .init(old: old, new: nil)
    comparison.values = [
      .init(name: "steps.n.values.k", digests: .init(old: old), isUnknown: true),
      .init(name: "steps.m.values.k", digests: .init(old: old, new: old)),
    ]
    comparison.inputs = .init(old: old, new: new)
    comparison.inputFiles = [.init(name: "in.txt", digests: .init(old: old, new: new))]
    comparison.outputs = .init(old: old, new: nil)
    comparison.outputFiles = [.init(name: "out.txt", digests: .init(old: old), isMissing: true)]
    comparison.needs = [
      .init(id: "n", state: .runs, result: .init(old: old)),
      .init(id: "m", state: .done, result: .init(old: old, new: old)),
      .init(id: "o", state: .done, result: .init(old: nil, new: new)),
    ]
    view.comparison = comparison
    view.guards = [.init(name: "unless", answer: .notAsked, detail: "not asked")]
    return view
  }
}
