/// What a step does: exactly one of these.
///
/// Scripts are the most by far, so the large others lie behind a reference and make no step larger.
package enum Action: Hashable, Sendable {
  case run(RunAction)
  case exec(ExecAction)
  indirect case file(FileAction)
  indirect case edit(EditAction)
  indirect case sql(SQLAction)
  case check(CheckAction)
  indirect case manual(ManualAction)
  indirect case agent(AgentAction)
  indirect case uses(UsesAction)

  /// The key under which it stands in a plan.
  package var kind: ActionKind {
    switch self {
    case .run: .run
    case .exec: .exec
    case .file: .file
    case .edit: .edit
    case .sql: .sql
    case .check: .check
    case .manual: .manual
    case .agent: .agent
    case .uses: .uses
    }
  }
}

/// The name of an action type.
package enum ActionKind: String, Hashable, Sendable, CaseIterable {
  case run, exec, file, edit, sql, check, manual, agent, uses
}
