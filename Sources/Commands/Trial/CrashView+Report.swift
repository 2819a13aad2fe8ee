internal import CrashTest
internal import Executor
internal import Reporting

extension CrashView {
  init(_ report: CrashReport, plan: String, command: CommandWords) {
    self.init(plan: plan)
    failure = report.failure
    steps = report.steps.map { step in
      var shown = Step(id: step.id, action: step.action, idempotence: step.idempotence)
      shown.cells = [step.before, step.during, step.after, step.again].map { .init(rawValue: $0.rawValue) ?? .untested }
      shown.reason = step.reason
      return shown
    }
    defects = report.defects.map { defect in
      Defect(
        kind: defect.kind.rawValue, title: defect.title, step: defect.step, moment: defect.moment?.rawValue,
        path: defect.path, what: defect.what, why: defect.why, fix: defect.fix)
    }
    notes = report.notes.map { Note(step: $0.step, text: $0.text) }
    moments = report.moments
    (kills, runs, files, bytes) = (report.kills, report.runs, report.files, report.bytes)
    kept = report.kept
    let parameters = command.parameters.isEmpty ? "" : " \(command.parameters)"
    if failure != nil {
      nextCommand = "execplan apply \(command.plan)\(parameters)"
    } else if !defects.isEmpty {
      var bad: [String] = []
      for defect in defects where !defect.step.isEmpty && !bad.contains(defect.step) { bad.append(defect.step) }
      let steps = bad.isEmpty ? "" : " --steps \(CommandWords.word(bad.joined(separator: ",")))"
      nextCommand = "execplan test \(command.plan)\(parameters)\(steps)"
    }
  }
}
