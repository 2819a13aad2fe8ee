/// What is done when a step would make what is there already and is not the plan's (`on_conflict`, `--on-conflict`).
package enum OnConflict: String, Hashable, Sendable, CaseIterable {
  /// What is there counts as what the step makes, as it is.
  case adopt
  /// The step makes it anew; execplan keeps what a file held that it replaces itself.
  case overwrite
  /// Nothing is started until somebody decides.
  case stop
}

extension Action {
  /// Why the action can't be in conflict with what is there already; nil: it can.
  package var neverConflicts: String? {
    switch self {
    case .edit: "an edit changes a part of a file and leaves the rest alone"
    case .check: "a check makes nothing"
    case .wait: "a wait makes nothing"
    case .approve: "an approval makes nothing"
    case .file(let file):
      switch file.content {
      case .absent: "what is to be absent is not made"
      case .unchanged: "only the mode is set"
      case .directory: "a folder that is there is left as it is"
      case .text, .source, .link: nil
      }
    case .run, .exec, .sql, .http, .fetch, .manual, .agent, .uses: nil
    }
  }
}
