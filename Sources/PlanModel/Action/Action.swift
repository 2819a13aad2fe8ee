/// What a step does: exactly one of these.
package enum Action: Hashable, Sendable {
  case run(RunAction)
  case exec(ExecAction)
  case file(FileAction)
  case edit(EditAction)
  case sql(SQLAction)
  case check(CheckAction)
  case manual(ManualAction)

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
    }
  }
}

/// The name of an action type.
package enum ActionKind: String, Hashable, Sendable, CaseIterable {
  case run, exec, file, edit, sql, check, manual
}
