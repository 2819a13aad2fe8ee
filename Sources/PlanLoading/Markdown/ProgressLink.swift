package import PlanDocument
package import PlanModel
internal import SourceText

/// An item of Progress that begins with the id of a step or a phase in backticks, and so follows it.
package struct ProgressLink: Sendable {
  package enum Target: Hashable, Sendable {
    case step(String)
    case phase(String)
  }

  package let item: ProgressItem
  package let target: Target

  /// The links of a plan, in the order of the items. An id that a step and a phase have is that of the step.
  package static func all(in plan: Plan, _ progress: [ProgressItem]) -> [ProgressLink] {
    var steps: Set<String> = []
    plan.eachStep { steps.insert($0.id.value) }
    let phases = Set(plan.phases.map(\.id.value))
    return progress.compactMap { item in
      guard let prefix = item.prefix, prefix.kind == .identifier else { return nil }
      if steps.contains(prefix.name) { return ProgressLink(item: item, target: .step(prefix.name)) }
      return phases.contains(prefix.name) ? ProgressLink(item: item, target: .phase(prefix.name)) : nil
    }
  }
}
