/// What a step does: exactly one of these.
///
/// Scripts are the most by far, so the large others lie behind a reference and make no step larger.
package enum Action: Hashable, Sendable {
  case run(RunAction)
  case exec(ExecAction)
  indirect case file(FileAction)
  indirect case edit(EditAction)
  indirect case sql(SQLAction)
  indirect case http(HTTPAction)
  indirect case fetch(FetchAction)
  indirect case wait(WaitAction)
  case check(CheckAction)
  indirect case manual(ManualAction)
  indirect case approve(ApproveAction)
  indirect case agent(AgentAction)
  indirect case uses(UsesAction)

  /// Whether repeating it leaves things as one time does, whatever the author says: a request by its method, and a
  /// file that is got and put in place whole.
  package var isRepeatable: Bool {
    switch self {
    case .http(let http): http.request.method.isRepeatable
    case .fetch: true
    default: false
    }
  }

  /// Whether it changes nothing: its result is always the same, if it succeeds.
  package var onlyLooks: Bool {
    switch self {
    case .check, .wait: true
    default: false
    }
  }

  /// The key under which it stands in a plan.
  package var kind: ActionKind {
    switch self {
    case .run: .run
    case .exec: .exec
    case .file: .file
    case .edit: .edit
    case .sql: .sql
    case .http: .http
    case .fetch: .fetch
    case .wait: .wait
    case .check: .check
    case .manual: .manual
    case .approve: .approve
    case .agent: .agent
    case .uses: .uses
    }
  }
}

/// The name of an action type.
package enum ActionKind: String, Hashable, Sendable, CaseIterable {
  case run, exec, file, edit, sql, http, fetch, wait, check, manual, approve, agent, uses
}
