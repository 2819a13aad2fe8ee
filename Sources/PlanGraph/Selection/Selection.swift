package import PlanModel
internal import SourceText

/// Which steps an invocation is about: `--only`, `--from`, `--until`, `--phase`, `--skip`.
///
/// Several of one flag add up; different flags narrow each other. An entry is a step's id or `label:NAME`.
package struct Selection: Hashable, Sendable {
  /// These steps alone.
  package var only: [String]
  /// These steps and all that waits for them.
  package var from: [String]
  /// These steps and all that they need.
  package var until: [String]
  package var phases: [String]
  /// Steps that count as satisfied without being run.
  package var skip: [String]

  package init(
    only: [String] = [], from: [String] = [], until: [String] = [], phases: [String] = [], skip: [String] = []
  ) {
    self.only = only
    self.from = from
    self.until = until
    self.phases = phases
    self.skip = skip
  }

  /// Whether every step of the main part is selected before `skip`.
  package var isEverything: Bool { only.isEmpty && from.isEmpty && until.isEmpty && phases.isEmpty }

  /// The nodes of the selected steps of the main part, those of `skip` left out; gates are never among them.
  package func closure(in graph: StepGraph, of plan: Plan) -> Result<Set<Int>, SelectionError> {
    do throws(SelectionError) {
      let index = StepNames(graph, plan)
      let skipped = try index.union(skip, mayBeFinally: true)
      var selected = Set(graph.mainSteps)
      let isStep: (Int) -> Bool = { if case .step = graph.nodes[$0].kind { true } else { false } }
      if !only.isEmpty { selected.formIntersection(try index.union(only)) }
      if !from.isEmpty { selected.formIntersection(graph.downstream(of: try index.union(from)).filter(isStep)) }
      if !until.isEmpty { selected.formIntersection(graph.upstream(of: try index.union(until)).filter(isStep)) }
      if !phases.isEmpty { selected.formIntersection(try index.members(ofPhases: phases)) }
      if !isEverything { index.settleGroups(of: &selected) }
      if selected.isEmpty, !isEverything { return .failure(.empty) }
      selected.subtract(skipped)
      if !skipped.isEmpty, let error = readOfSkipped(skipped, selected, graph, plan) { return .failure(error) }
      return .success(selected)
    } catch {
      return .failure(error)
    }
  }

  /// The nodes of the steps that `skip` names, those under `finally` included.
  package func skipped(in graph: StepGraph, of plan: Plan) -> Result<Set<Int>, SelectionError> {
    do throws(SelectionError) {
      return .success(try StepNames(graph, plan).union(skip, mayBeFinally: true))
    } catch {
      return .failure(error)
    }
  }

  private func readOfSkipped(
    _ skipped: Set<Int>, _ selected: Set<Int>, _ graph: StepGraph, _ plan: Plan
  ) -> SelectionError? {
    for node in selected.sorted() {
      guard let step = graph.step(node, in: plan) else { continue }
      for read in step.requiredValueReads {
        guard let id = read.value.step, let source = graph.index(of: id), skipped.contains(source) else { continue }
        return .skippedValueIsRead(skipped: id, reader: step.id.value)
      }
    }
    return nil
  }
}
