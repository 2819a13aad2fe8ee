internal import Executor
internal import PlanModel
internal import Reporting

/// What a repository needs for its plans, and what of it is missing.
struct RepositorySetup {
  /// Absolute.
  let root: String

  struct Proposal: Hashable, Sendable {
    var changes: [FileChange] = []
    /// What a person must do, because a file cannot be changed safely by a program.
    var hints: [String] = []
  }

  /// - Throws: `CommandFailure` when a file that is there cannot be read.
  func proposal() throws(CommandFailure) -> Proposal {
    var proposal = Proposal()
    if !PathName.isFolder(root + "/plans") {
      proposal.changes.append(FileChange(path: "plans/README.md", old: nil, new: RepositorySetup.plansPage))
    }
    if !PlanIndexFile.places.contains(where: { PathName.exists(root + "/" + $0) }) {
      proposal.changes.append(FileChange(path: "PLANS.md", old: nil, new: RepositorySetup.standardPage))
    }
    let schema = ".vscode/execplan.schema.json"
    let present = try read(schema)
    if present != Schema.plan.text {
      proposal.changes.append(FileChange(path: schema, old: present, new: Schema.plan.text))
    }
    try addEditorSettings(to: &proposal)
    try addHook(to: &proposal)
    try addAgentsLine(to: &proposal)
    return proposal
  }

  private func addEditorSettings(to proposal: inout Proposal) throws(CommandFailure) {
    let path = ".vscode/settings.json"
    guard let settings = try read(path) else {
      proposal.changes.append(FileChange(path: path, old: nil, new: "{\n  \(RepositorySetup.schemaSetting)\n}\n"))
      return
    }
    // Settings are JSON with comments, in the order that their owner likes: only their owner changes them.
    if !settings.contains("execplan.schema.json") {
      proposal.hints.append("add this to .vscode/settings.json: \(RepositorySetup.schemaSetting)")
    }
  }

  private func addHook(to proposal: inout Proposal) throws(CommandFailure) {
    let path = ".pre-commit-config.yaml"
    let present = try read(path)
    if let present, present.contains("execplan-validate") || present.contains("execplan validate") { return }
    if let new = PreCommitConfiguration.adding(to: present) {
      proposal.changes.append(FileChange(path: path, old: present, new: new))
    } else {
      proposal.hints.append(
        "add this to the list \"repos\" of .pre-commit-config.yaml:\n" + PreCommitConfiguration.entry)
    }
  }

  private func addAgentsLine(to proposal: inout Proposal) throws(CommandFailure) {
    let path = "AGENTS.md"
    let present = try read(path)
    guard let present, !present.isEmpty else {
      proposal.changes.append(FileChange(path: path, old: present, new: "# Agents\n\n" + RepositorySetup.agentsLine))
      return
    }
    if present.contains("execplan") { return }
    let ending = present.hasSuffix("\n") ? "\n" : "\n\n"
    proposal.changes.append(FileChange(path: path, old: present, new: present + ending + RepositorySetup.agentsLine))
  }

  /// Nil if there is no such file.
  private func read(_ path: String) throws(CommandFailure) -> String? {
    guard PathName.exists(root + "/" + path) else { return nil }
    return String(decoding: try PlanFile.bytes(root + "/" + path), as: UTF8.self)
  }

  static let schemaSetting = """
    "yaml.schemas": {".vscode/execplan.schema.json": "*.execplan.yaml"}
    """

  private static let plansPage = """
    # Plans

    Each file here is a plan: a document with steps that run (`.md`), or steps alone (`.execplan.yaml`).

    - `execplan new "Title"` writes one to start from.
    - `execplan validate` finds what is wrong with them.
    - `execplan plan PLAN` says what would run.
    - `execplan apply PLAN` runs it, and goes on where it stopped.

    """

  private static let agentsLine = """
    Work that is run step by step stands in `plans/`, as `PLANS.md` says.
    `execplan help plan-format` says how a plan is written. After every edit run
    `execplan validate`; before `execplan apply PLAN`, read `execplan plan PLAN`.

    """
}
