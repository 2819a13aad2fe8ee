extension Action {
  /// The checks that it makes: its own, those that it waits for, and those among the criteria of what others do.
  package var checks: [Check] {
    switch self {
    case .check(let check): return check.checks
    case .wait(let wait):
      if case .checks(let checks) = wait.condition { return checks }
      return []
    case .manual, .agent:
      return (acceptance?.criteria ?? []).compactMap { if case .check(let check) = $0 { check } else { nil } }
    case .run, .exec, .file, .edit, .sql, .http, .fetch, .approve, .uses: return []
    }
  }
}
