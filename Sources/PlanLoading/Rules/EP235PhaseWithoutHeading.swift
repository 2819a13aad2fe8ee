internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let phaseWithoutHeading = Rule(
    "EP235", "phase-without-heading", .warning,
    summary: "a step of a markdown plan names a phase that no heading declares",
    explanation: """
      In a markdown plan a heading such as "### Milestone 1: Data" is a phase, and its id is made of what stands before \
      the colon: "milestone-1". A step elsewhere joins it with the attribute "Phase". A name that no heading gives an id \
      for is most likely a slip; the step is read without a phase, so it waits for none and ends in no gate.
      """,
    bad: """
      ---
      execplan: 1
      ---
      # Release

      ## Plan of Work

      ### Milestone 1: The binary

      ### Milestone 2: The package

      ## Concrete Steps

      ### Step `pack`: Pack the binary

      Phase: `milestone2`

          make dist

      """,
    good: """
      ---
      execplan: 1
      ---
      # Release

      ## Plan of Work

      ### Milestone 1: The binary

      ### Milestone 2: The package

      ## Concrete Steps

      ### Step `pack`: Pack the binary

      Phase: `milestone-2`

          make dist

      """)
}

/// EP235.
enum PhaseWithoutHeadingRule {
  /// How many findings look for the nearest heading: in a plan with thousands of them that is all they would do.
  private static let suggestions = 20

  /// Takes the phases that the plan does not have from its steps, and reports each.
  ///
  /// - Parameter headings: the phases of all headings, those too that have nothing to say and were left out.
  static func apply(to plan: inout Plan, headings: [Phase], into collector: inout DiagnosticCollector) {
    let known = Set(plan.phases.map(\.id.value))
    let phases = plan.phases + headings.filter { !known.contains($0.id.value) }
    var count = 0
    for index in plan.steps.indices {
      guard let name = plan.steps[index].phase, !known.contains(name.value) else { continue }
      plan.steps[index].phase = nil
      count += 1
      let near = count > suggestions ? nil : nearest(to: name.value, phases)
      collector.report(
        .phaseWithoutHeading, name.range,
        "no heading is the phase \"\(name.value)\", so \"\(plan.steps[index].id.value)\" belongs to none",
        notes: [note(near, phases)], related: near.map { [.init("the nearest heading", $0.id.range)] } ?? [],
        fix: near.map { FixIt("write \"\($0.id.value)\"", [.init(name.range, with: $0.id.value)], isSafe: false) })
    }
  }

  private static func note(_ near: Phase?, _ phases: [Phase]) -> String {
    if let near { return "did you mean \"\(near.id.value)\"?" }
    if phases.isEmpty { return "write a heading for it, such as \"### Phase 1: …\", which is \"phase-1\"" }
    return "the phases are " + phases.prefix(12).map { "\"\($0.id.value)\"" }.joined(separator: ", ")
  }

  /// By the id, or by the words of the heading.
  private static func nearest(to name: String, _ phases: [Phase]) -> Phase? {
    let slug = PhaseHeading.slug(name)
    if let phase = phases.first(where: { $0.id.value == slug }) { return phase }
    if let id = NearestName.of(name, among: phases.lazy.map(\.id.value)) {
      return phases.first { $0.id.value == id }
    }
    guard let title = NearestName.of(name, among: phases.lazy.compactMap(\.title)) else { return nil }
    return phases.first { $0.title == title }
  }
}
