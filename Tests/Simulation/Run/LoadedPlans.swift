internal import Diagnostics
internal import PlanDocument
internal import PlanGraph
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import SourceText

/// The plans of one scenario as the real loader reads them, each once.
struct LoadedPlans {
  private var known: [SimulatedPlan: PlannedPlan] = [:]

  struct Unreadable: Error {
    let text: String
  }

  mutating func load(_ plan: SimulatedPlan) throws(Unreadable) -> PlannedPlan {
    if let planned = known[plan] { return planned }
    let planned = try LoadedPlans.read(plan.yaml, calling: plan.calledYAML)
    known[plan] = planned
    return planned
  }

  static let path = "simulated.execplan.yaml"
  static let calledPath = "called.execplan.yaml"

  /// - Parameter called: the plan that it calls.
  static func read(_ text: String, calling called: String?) throws(Unreadable) -> PlannedPlan {
    var collector = DiagnosticCollector()
    let document = PlanDocument.read(SourceFile(path: path, text: text), into: &collector)
    let result = PlanLoader.load(document, path: path, files: called.map(CalledFile.init))
    collector.append(contentsOf: result.diagnostics.diagnostics)
    guard let plan = result.plan else { throw Unreadable(text: "the plan of a scenario can't be read:\n\(text)") }
    let checked = GraphRules.check(plan) { first, second in first.text == second.text }
    collector.append(contentsOf: checked.diagnostics)
    let errors = collector.sorted().filter { $0.severity == .error }.map { "\($0.message)" }
    guard errors.isEmpty, let planned = PlannedPlan(plan, checked.graph) else {
      throw Unreadable(text: "the plan of a scenario has errors: \(errors.joined(separator: "; "))\n\(text)")
    }
    return planned
  }
}

/// The one file that a simulated plan names.
private struct CalledFile: FileQuestions {
  let text: String

  init(_ text: String) { self.text = text }

  // Whatever else is asked for: nothing is said of it.
  func exists(_ path: String) -> Bool { true }

  func content(of path: String, limit: Int) -> FileContent {
    path == LoadedPlans.calledPath ? .bytes(Array(text.utf8)) : .missing
  }
}
