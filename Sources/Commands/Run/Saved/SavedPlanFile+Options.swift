internal import Executor
internal import PlanModel
internal import Planner

extension SavedPlanFile {
  /// Options of `apply` and `show` that a saved plan has decided.
  private struct DecidedOptions {
    let names: [String]
    let why: String
    /// What to do instead.
    let instead: Instead

    enum Instead {
      /// Save another plan with the option.
      case save
      /// Apply the plan itself with the option.
      case apply
      case show
    }
  }

  private static let decided = [
    DecidedOptions(
      names: ["param", "params-file", "profile"], why: "a saved plan has its parameters", instead: .save),
    DecidedOptions(
      names: [
        "phase", "only", "from", "until", "skip", "rerun", "rerun-from", "rerun-changed", "keep-changed", "force",
        "on-conflict",
      ], why: "a saved plan has its choice of steps", instead: .save),
    DecidedOptions(
      names: ["resume", "fresh", "adopt-run"], why: "a saved plan says whether a run is begun or continued",
      instead: .apply),
    DecidedOptions(
      names: ["yes", "skip-finally", "trust-effects"], why: "something else would be done than was saved",
      instead: .apply),
    DecidedOptions(
      names: ["dry-run"], why: "show says what a saved plan does, and whether it can still be applied", instead: .show),
  ]

  /// - Throws: exit 64 when an option would make something else of what was saved.
  func requireNothingElse(of parsed: ParsedCommand) throws(UsageError) {
    for group in SavedPlanFile.decided {
      guard let option = group.names.first(where: { parsed.declares($0) && parsed.has($0) }) else { continue }
      let path = ShellQuoting.quoted(plan.plan.path)
      let advice =
        switch group.instead {
        case .save: "save another one: execplan plan \(path) --\(option) … --out \(word)"
        case .apply: "execplan apply \(path) --\(option)"
        case .show: "execplan show \(word)"
        }
      throw UsageError(
        "--\(option) can't be given with a saved plan: \(group.why)", advice: advice, command: parsed.command.name)
    }
  }
}
