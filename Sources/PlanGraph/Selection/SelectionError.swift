/// Why a selection can't be carried out.
package enum SelectionError: Error, Hashable, Sendable {
  /// No step has this id or label.
  case unknownStep(name: String, nearest: String?)
  /// The items of the step are known when a run has found them, and this is none of them.
  case unknownItem(String, group: String)
  case unknownPhase(name: String, nearest: String?)
  /// The step stands under `finally`: it runs at the end of every run.
  case finallyStep(String)
  /// The flags have no step in common.
  case empty
  /// A selected step needs a value of a skipped one.
  case skippedValueIsRead(skipped: String, reader: String)

  /// What to tell the user.
  package var message: String {
    switch self {
    case .unknownStep(let name, let nearest):
      "no step is called \"\(name)\"" + SelectionError.hint(nearest)
    case .unknownItem(let name, let group):
      "no step is called \"\(name)\"; the items of \"\(group)\" are known only when a run has found them"
    case .unknownPhase(let name, let nearest):
      "no phase is called \"\(name)\"" + SelectionError.hint(nearest)
    case .finallyStep(let name):
      "\"\(name)\" stands under \"finally\" and runs at the end of every run; select steps of the main part"
    case .empty:
      "the selection is empty: no step satisfies all of --only, --from, --until and --phase"
    case .skippedValueIsRead(let skipped, let reader):
      "\"\(skipped)\" can't be skipped: \"\(reader)\" reads its values; skip \"\(reader)\" too"
    }
  }

  private static func hint(_ nearest: String?) -> String { nearest.map { "; did you mean \"\($0)\"" } ?? "" }
}
