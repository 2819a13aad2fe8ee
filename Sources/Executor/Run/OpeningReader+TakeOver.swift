internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

/// A finished run is repeated from some of its steps on: a new run takes the rest from it as it is (`--rerun-from`).
extension OpeningReader {
  private var words: String { options.rerunFrom.map { "--rerun-from \(CommandWords.word($0))" }.joined(separator: " ") }

  func unfinishedInsteadOfFinished(_ run: Run) -> Refusal {
    Refusal(
      .refused, "run \(run.id) is not finished, and --rerun-from repeats a part of a finished run",
      details: ["--rerun runs a step again within the run that is gone on with"],
      nextCommands: [
        "apply \(command.plan) " + options.rerunFrom.map { "--rerun \(CommandWords.word($0))" }.joined(separator: " "),
        command.fresh,
      ])
  }

  /// Takes what the latest run has recorded of the steps that are not repeated.
  mutating func takeOver() throws(JournalError) {
    guard let run = opening.latest, run.state == .succeeded else {
      opening.decision = .refuse(
        Refusal(
          .refused,
          opening.latest.map { "run \($0.id) is \($0.state.words), so there is nothing to take from it" }
            ?? "\"\(key)\" was never run, so there is nothing to repeat",
          nextCommands: ["apply \(command.plan)"]))
      return
    }
    if var refusal = otherParameters(run) {
      refusal.message = "run \(run.id) has other parameters, so that its results are not those of this invocation"
      refusal.nextCommands = ["apply \(command.plan) --force"]
      opening.decision = .refuse(refusal)
      return
    }
    opening.rerunOf = run.id
    opening.position.checkpoints = try journal.checkpoints(run: run.id).filter { id, _ in
      guard let index = planned.graph.index(of: id) else { return false }
      // People agreed to that run: they are asked anew.
      return !options.reruns(id) && !planned.nodes[index].isFinally && !planned.nodes[index].isApproval
    }
    if var refusal = try changedDefinitions(run) {
      refusal.nextCommands = ["rerun", "keep"].map { "apply \(command.plan) \(words) --\($0)-changed" }
      opening.decision = .refuse(refusal)
      return
    }
    dropWhatIsGone()
    opening.position.markStale(in: planned)
  }

  /// A result whose files are not there any more is made anew.
  private mutating func dropWhatIsGone() {
    var gone: [Int: Reason] = [:]
    for (id, checkpoint) in opening.position.checkpoints {
      guard let index = planned.graph.index(of: id) else { continue }
      let missing = checkpoint.outputFiles.first { file in
        guard file.digest != nil else { return false }
        do {
          return try site.files.status(file.path) == nil
        } catch {
          return false
        }
      }
      if let missing { gone[index] = Reason(.outputMissing, "\"\(missing.path)\"") }
    }
    opening.position.drop(gone, in: planned)
  }
}

extension RunState {
  fileprivate var words: String { rawValue.replacing("_", with: " ") }
}
