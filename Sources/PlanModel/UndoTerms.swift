/// What the author says of a step's undo beside its action.
package struct UndoTerms: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `undo: none`: there is nothing to take back.
  package static let none = UndoTerms(rawValue: 1)
  /// `partial: true`: it also takes back what an attempt left that failed or was cut off.
  package static let partial = UndoTerms(rawValue: 2)
  /// `idempotent: true`: it may be run again after it was cut off.
  package static let idempotent = UndoTerms(rawValue: 4)
}

extension Action {
  /// Whether it only makes what differs as it should be, so that it also mends what was done by half.
  package var isConvergent: Bool {
    switch self {
    case .file, .edit: true
    case .fetch(let fetch): fetch.sha256 != nil
    case .uses(let uses): uses.description?.idempotence == .convergent
    case .run, .exec, .sql, .http, .wait, .check, .manual, .approve, .agent: false
    }
  }

  /// Why there is nothing to take back: it changes nothing, or somebody else did the work; nil: it may change things.
  package var needlessUndo: String? {
    switch self {
    case .check: "it only looks"
    case .wait: "it only waits"
    case .http(let http) where http.request.method.isSafe: "it only reads"
    case .sql(let sql) where sql.onlyReads: "it only reads"
    case .manual: "a person did it"
    case .approve: "it only asks"
    case .agent(let agent) where agent.program == nil: "an agent did it, whose work is left alone"
    case .run, .exec, .file, .edit, .sql, .http, .fetch, .agent, .uses: nil
    }
  }
}
