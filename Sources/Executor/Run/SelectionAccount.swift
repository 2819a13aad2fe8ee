internal import PlanGraph
internal import PlanModel
internal import Planner

/// What the options of a selection take in and why, what that stands on, and what they leave out: shown before anything
/// runs.
package struct SelectionAccount: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package var id: String
    package var why: String
  }

  /// How many steps the plan has.
  package var total = 0
  /// In the order of the plan; as all lists.
  package var selected: [Entry] = []
  /// Not selected, but needed by what is: they are done already.
  package var needed: [Entry] = []
  /// `--skip`
  package var skipped: [String] = []
  package var left: [String] = []
  /// Run whether they are up to date or not.
  package var rerun: [Entry] = []
}

extension SelectionAccount {
  /// - Parameters:
  ///   - excluded: what the leg leaves alone; nil while it is not known because what is needed is not done.
  ///   - why: how it comes that a step that is needed is done.
  /// - Returns: nil when nothing is selected: the plan is done as a whole.
  static func of(
    _ planned: PlannedPlan, _ options: ExecutionOptions, _ chosen: ChosenSteps, excluded: Set<Int>?,
    why: (Int) -> String
  ) -> SelectionAccount? {
    let selection = options.selection
    guard !selection.isEverything || !selection.skip.isEmpty || !options.named.isEmpty || !options.rerunFrom.isEmpty
    else { return nil }
    let causes = SelectionCauses(planned, options)
    var account = SelectionAccount()
    for node in planned.shownNodes {
      let step = planned.nodes[node]
      if step.isBarrier || step.isTemplate || step.isGate { continue }
      account.total += 1
      let isRepeated = options.reruns(step.id)
      if chosen.skipped.contains(node) {
        account.skipped.append(step.id)
      } else if !options.rerunFrom.isEmpty {
        let entry = Entry(id: step.id, why: isRepeated ? causes.repetition(of: node) : why(node))
        if isRepeated { account.selected.append(entry) } else if !step.isFinally { account.needed.append(entry) }
      } else if chosen.selected.contains(node) {
        account.selected.append(Entry(id: step.id, why: causes.selection(of: node)))
      } else if let excluded, !excluded.contains(node) {
        if step.isFinally {
          account.selected.append(Entry(id: step.id, why: "ends the run"))
        } else {
          account.needed.append(Entry(id: step.id, why: why(node)))
        }
      } else {
        account.left.append(step.id)
      }
      if isRepeated, options.rerunFrom.isEmpty, !chosen.skipped.contains(node) {
        account.rerun.append(Entry(id: step.id, why: causes.repetition(of: node)))
      }
    }
    return account
  }
}

/// By which option, and as what, a step is selected.
private struct SelectionCauses {
  /// A list for each kind of option, as they narrow each other.
  private var lists: [[Int: String]] = []
  private var repeated: [Int: String] = [:]
  private let repeatsAll: Bool

  init(_ planned: PlannedPlan, _ options: ExecutionOptions) {
    let graph = planned.graph
    let names = StepNames(graph, planned.plan)
    func nodes(_ name: String) -> [Int] { (try? names.nodes(name, mayBeFinally: true)) ?? [] }
    func causes(_ given: [String], _ option: String, _ word: String?, _ reach: (Set<Int>) -> Set<Int>) -> [Int: String]
    {
      var causes: [Int: String] = [:]
      for name in given {
        let named = Set(nodes(name))
        for node in named { causes[node] = "--\(option) \(name)" }
        guard let word else { continue }
        for node in reach(named) where causes[node] == nil { causes[node] = "\(word) \"\(name)\"" }
      }
      return causes
    }
    let selection = options.selection
    if !selection.only.isEmpty { lists.append(causes(selection.only, "only", nil) { $0 }) }
    if !selection.from.isEmpty {
      lists.append(causes(selection.from, "from", "after") { graph.downstream(of: $0) })
    }
    if !selection.until.isEmpty {
      lists.append(causes(selection.until, "until", "before") { graph.upstream(of: $0) })
    }
    if !selection.phases.isEmpty {
      var causes: [Int: String] = [:]
      for name in selection.phases {
        for node in (try? names.members(ofPhases: [name])) ?? [] { causes[node] = "--phase \(name)" }
      }
      lists.append(causes)
    }
    repeatsAll = options.named.contains("*")
    repeated = causes(options.named.filter { $0 != "*" }, "rerun", nil) { $0 }
    if !options.rerunFrom.isEmpty {
      repeated.merge(causes(options.rerunFrom, "rerun-from", "after") { graph.downstream(of: $0) }) { _, last in last }
    }
  }

  func selection(of node: Int) -> String { lists.compactMap { $0[node] }.joined(separator: ", ") }

  func repetition(of node: Int) -> String { repeated[node] ?? (repeatsAll ? "--rerun *" : "--rerun") }
}
