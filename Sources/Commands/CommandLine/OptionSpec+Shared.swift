extension OptionSpec {
  /// `--format`, with what each command can write; the first is the default.
  static func format(_ choices: String..., help: String = "how to write the result") -> OptionSpec {
    .choice("format", choices, default: choices[0], help: help)
  }

  /// Gives the parameters of a plan their values.
  static let parameters: [OptionSpec] = [
    OptionSpec(
      "param", short: "p", .required(name: "KEY=VALUE", .assignment), repeatable: true,
      help: "give the plan's parameter KEY this value"),
    OptionSpec(
      "params-file", .required(name: "FILE", .file), repeatable: true,
      help: "read parameters from a YAML or JSON file; --param wins"),
    OptionSpec(
      "profile", .required(name: "NAME", .text), help: "use the parameters of a profile that the plan declares"),
  ]

  /// Chooses the steps that `plan` and `apply` look at.
  static let selection: [OptionSpec] = [
    OptionSpec(
      "phase", .required(name: "PHASE", .text), repeatable: true, help: "only the steps of this phase"),
    OptionSpec("only", .required(name: "STEP", .text), repeatable: true, help: "only this step"),
    OptionSpec(
      "from", .required(name: "STEP", .text), repeatable: true, help: "this step and all that depends on it"),
    OptionSpec(
      "until", .required(name: "STEP", .text), repeatable: true, help: "this step and all that it needs"),
    OptionSpec(
      "skip", .required(name: "STEP", .text), repeatable: true, help: "leave this step out, as if it were done"),
    OptionSpec(
      "rerun", .required(name: "STEP", .text), repeatable: true, help: "run this step even if it is up to date"),
    OptionSpec(
      "rerun-from", .required(name: "STEP", .text), repeatable: true,
      help: "repeat the finished run from this step on, in a new run that takes the rest from it"),
    OptionSpec("rerun-changed", help: "run finished steps again whose definition changed, and what depends on them"),
    OptionSpec("keep-changed", help: "keep finished steps as they are although their definition changed"),
    OptionSpec("force", help: "run all selected steps even if they are up to date"),
  ]

  /// What says itself which steps it means.
  static let exclusiveSelection = ["only", "from", "until", "phase", "skip", "rerun", "force"].map {
    ["rerun-from", $0]
  }

  /// What is done about what is there already and is not the plan's.
  static let onConflict = OptionSpec(
    "on-conflict", .required(name: "adopt|overwrite|stop", .choice(["adopt", "overwrite", "stop"])),
    help: "what to do if a step makes what is there already: take it as it is, replace it, or start nothing")

  /// What is done about steps that still run although their execplan died.
  static let orphans = OptionSpec.choice(
    "orphans", ["refuse", "wait", "kill"], default: "refuse",
    help: "what to do about a step that still runs although its execplan died")

  static let runID = OptionSpec(
    "run", .required(name: "ID", .count(atLeast: 1)), default: "the latest", help: "the run with this number")

  static let values = OptionSpec(
    "value", .required(name: "KEY=VALUE", .assignment), repeatable: true,
    help: "a value that the step publishes to later steps")

  static let note = OptionSpec("note", .required(name: "TEXT", .text), help: "why, kept with the record")
}

extension PositionalSpec {
  /// The plan of a command that finds it by itself when it is left out.
  static let optionalPlan = PositionalSpec(
    "PLAN", optional: true, completion: .plan,
    help: "a plan's path or id; may be left out: the one unfinished run's plan, else the only plan")

  /// The same, of a command that also takes what `plan --out` saved.
  static let optionalPlanOrSaved = PositionalSpec(
    "PLAN", optional: true, completion: .file,
    help: "a plan's path or id, or a saved plan; may be left out: the one unfinished run's plan, else the only plan")
}
