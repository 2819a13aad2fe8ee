internal import Executor
internal import PlanModel
internal import Planner
internal import Reporting
internal import Subprocess

/// What a rollback would do, as a change set is shown.
struct RollbackView {
  let opening: RollbackOpening
  let reference: PlanReference

  /// What would be lost of the files that somebody changed since.
  var diffs: [PathDiff] { opening.entries.flatMap { diffs(of: $0) } }

  var view: PlanView {
    var isAllowed = false
    if case .goOn = opening.decision { isAllowed = true }
    var previous: String?
    var view = PlanView(
      plan: reference.key, title: "roll back run \(opening.run ?? 0): \(opening.title)", digest: opening.digest,
      run: nil,
      steps: opening.entries.map { entry in
        let id = UndoName.of(entry.step)
        defer { previous = id }
        let (decision, detail) = RollbackView.decision(entry)
        return PlanView.Step(
          id: id, title: entry.title, phase: entry.phase, action: entry.action, decision: decision,
          reasons: [.init(kind: RollbackView.kind(entry), detail: detail)], idempotence: entry.idempotence,
          needs: previous.map { [$0] } ?? [], diff: diffs(of: entry).first)
      },
      nextCommand: isAllowed ? "execplan \(opening.again)" : nil)
    view.showsDiffs = true
    view.hintsAtRepetition = false
    return view
  }

  private func diffs(of entry: RollbackEntry) -> [PathDiff] {
    entry.conflicts.map { PathDiff($0, creationMask: FileWriter.creationMask) { opening.masked($0) } }
  }

  private static func decision(_ entry: RollbackEntry) -> (Decision, String) {
    switch entry.way {
    case .action: (.run, "the plan says how")
    case .external: (.run, "its action takes it back")
    case .restore where !entry.conflicts.isEmpty:
      (.blocked, "\"\(entry.conflicts[0].path)\" was changed by somebody else")
    case .restore: (.run, entry.paths.map { "\"\($0)\"" }.joined(separator: ", "))
    case .nothing(let why): (.skip, "nothing to take back: \(why)")
    case .passed(let why): (.skip, "passed over by request: \(why)")
    case .irreversible(let why): (.blocked, "can't be taken back: \(why)")
    case .doubtful(let why): (.inDoubt, why)
    }
  }

  private static func kind(_ entry: RollbackEntry) -> String {
    switch entry.way {
    case .action, .external: "rollback"
    case .restore: entry.conflicts.isEmpty ? "rollback" : "changed_by_hand"
    case .nothing: "nothing_to_undo"
    case .irreversible, .passed: "irreversible"
    case .doubtful: "in_doubt"
    }
  }
}
