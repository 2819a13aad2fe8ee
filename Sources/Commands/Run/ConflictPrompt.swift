internal import Executor
internal import Glibc
internal import PlanModel
internal import Planner
internal import Reporting
internal import Subprocess

/// Asks at the terminal what is done about files that are there already and are not the plan's.
struct ConflictPrompt {
  private let invocation: Invocation
  private let runnable: RunnablePlan

  init(_ invocation: Invocation, _ runnable: RunnablePlan) {
    self.invocation = invocation
    self.runnable = runnable
  }

  /// Whether there is somebody to ask who has not answered by an option.
  private var asks: Bool {
    let parsed = invocation.parsed
    return isatty(STDIN_FILENO) == 1 && invocation.console.errorIsTerminal && !invocation.globals.neverAsks
      && !parsed.has("on-conflict") && parsed.value("format") != "json" && parsed.value("events") != "-"
  }

  /// - Returns: the answers, by step; nil when nobody can be asked, or when the answer is to stop.
  func answers(to standing: StandingConflicts) -> [String: SettledConflict]? {
    guard standing.canBeSettled, asks else { return nil }
    // A run that was opened takes signals as events; here Ctrl-C ends the program, as at every prompt.
    return ConflictPrompt.heedingSignals {
      var answers: [String: SettledConflict] = [:]
      var forAll: OnConflict?
      for conflict in standing.conflicts {
        guard let choice = forAll ?? ask(about: conflict, isLast: standing.conflicts.count == 1, &forAll) else {
          return nil
        }
        answers[conflict.step] = SettledConflict(
          step: conflict.step, choice: choice, source: .prompt, detail: conflict.detail)
      }
      return answers
    }
  }

  private func ask(
    about conflict: StandingConflicts.Conflict, isLast: Bool, _ forAll: inout OnConflict?
  ) -> OnConflict? {
    let console = invocation.console
    console.writeError("\(PrintableText.line("\"\(conflict.step)\": \(conflict.detail)"))\n")
    if let change = conflict.change {
      let diff = PathDiff(change, creationMask: FileWriter.creationMask) { runnable.site.secrets.masker.masked($0) }
      console.writeError(diff.text(console.errorStyle))
    }
    let more = isLast ? "" : "; A, O: the same for all"
    console.writeError("(a)dopt it as it is, (o)verwrite it, or (s)top\(more)? [a/o/S] ")
    switch readLine() {
    case "a", "adopt": return .adopt
    case "o", "overwrite": return .overwrite
    case "A" where !isLast:
      forAll = .adopt
      return .adopt
    case "O" where !isLast:
      forAll = .overwrite
      return .overwrite
    default: return nil
    }
  }

  private static func heedingSignals<Answer>(_ body: () -> Answer) -> Answer {
    var signals = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    return body()
  }
}
