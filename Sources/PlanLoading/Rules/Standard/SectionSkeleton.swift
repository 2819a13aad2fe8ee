internal import PlanDocument

/// What stands in a section that nobody has written yet.
enum SectionSkeleton {
  static func body(_ kind: SectionKind) -> String {
    switch kind {
    case .purpose: "TODO: say what people can do after this change that they could not do before, and how to see it."
    case .progress: "- [ ] TODO: list the work in small steps."
    case .surprises, .decisions: "None yet."
    case .outcomes: "None yet; written when the work is done."
    case .context: "TODO: describe what is there now, with the files that matter, as if the reader knew nothing."
    case .work: "TODO: describe the changes in their order, each with its file and place."
    case .steps: "TODO: give the commands to run, each with its working directory and what it should print."
    case .validation: "TODO: say what to run and what must be seen for the work to count as done."
    case .recovery: "TODO: say which steps can be repeated, and how to get back from one that failed."
    case .artifacts: "None yet."
    case .interfaces: "TODO: name the modules, functions and libraries that must exist at the end."
    case .other: "TODO: write this section."
    }
  }
}
