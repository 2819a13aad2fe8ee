internal import Diagnostics
internal import Executor
internal import Journal
internal import PlanDocument
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import YAML

/// Keeps the living sections of a markdown plan true while it is applied.
///
/// The file is read anew each time, so that what a person writes meanwhile stays. A plan that cannot be written to
/// is a warning, never a failure of the run.
final class WriteBack {
  private let runnable: RunnablePlan
  private let console: Console
  private let path: String
  /// The steps of each phase.
  private let phases: [String: [String]]
  /// What was seen in this leg, until the journal is asked at the end.
  private var seen: [String: LivingFacts.ItemState] = [:]
  private var failed: [String: (attempt: Int, at: Int64)] = [:]
  private var followed: Set<String> = []
  private var isDue = false
  private var lastWrite: ContinuousClock.Instant?
  private var hasWarned = false
  /// Between two writes while steps run.
  private static let interval = Duration.seconds(1)

  /// Whether a plan asks for it in its front matter.
  static func isWanted(by document: PlanDocument) -> Bool {
    document.dialect == .markdown && document.root?["write_back"]?.text == "true"
  }

  init(_ runnable: RunnablePlan, console: Console) {
    self.runnable = runnable
    self.console = console
    let relative = runnable.loaded.path
    path = relative.hasPrefix("/") ? relative : runnable.project.root + "/" + relative
    var phases: [String: [String]] = [:]
    for node in runnable.planned.nodes {
      if let phase = node.step.phase { phases[phase.value, default: []].append(node.id) }
    }
    self.phases = phases
    if let markdown = runnable.loaded.document.markdown { followed = Self.followed(markdown) }
  }

  /// The steps and phases that items of Progress begin with.
  private static func followed(_ plan: MarkdownPlan) -> Set<String> {
    Set(LivingSections(plan).progress.compactMap { $0.prefix?.kind == .identifier ? $0.prefix?.name : nil })
  }

  // MARK: While steps run

  /// Takes note of a committed event, and writes if an item follows its step and the last write is a second ago.
  func recorded(_ event: Event) {
    guard event.kind == .stepFinished || event.kind == .gate, let step = event.step,
      case .string(let state)? = event.payload.first(where: { $0.key == "state" })?.value
    else { return }
    switch StepState(rawValue: state) {
    case .succeeded: seen[step] = .done(at: event.at / 1000)
    case .failed:
      seen[step] = .notDone
      failed[step] = (event.attempt ?? 1, event.at / 1000)
    default: return
    }
    if followed.contains(step) { isDue = true }
    writeIfDue()
  }

  /// Writes what became due within a second of the last write.
  func writeIfDue() {
    guard isDue else { return }
    let now = ContinuousClock.now
    if let lastWrite, now - lastWrite < Self.interval { return }
    lastWrite = now
    isDue = false
    write(LivingFacts(items: seen))
  }

  // MARK: At the end

  /// Writes what the journal says of all steps, and what failed or ended in this leg.
  ///
  /// - Parameter summary: nil when there was nothing to run.
  /// - Returns: what a person is to do next in the plan; nil if there is nothing.
  func finish(_ result: RunResult?, _ failures: [(id: String, reason: String, lastLines: [String])]) -> String? {
    var facts: LivingFacts
    let run: Run?
    do throws(CommandFailure) {
      (facts, run) = try recordedFacts(withEnd: result != nil)
    } catch {
      warn(error.message)
      return nil
    }
    for failure in failures {
      guard let failed = failed[failure.id], let number = result?.run else { continue }
      facts.failures.append(
        LivingFacts.Failure(
          step: failure.id, title: title(failure.id), run: number, attempt: failed.attempt, reason: failure.reason,
          lastLines: failure.lastLines, at: failed.at))
    }
    write(facts)
    guard let run else { return nil }
    return end(run, result)
  }

  private func title(_ id: String) -> String {
    runnable.planned.graph.index(of: id).flatMap { runnable.planned.nodes[$0].step.title } ?? id
  }

  /// A tick is derived from checkpoints: the last success of each step, unless it failed after that.
  private func recordedFacts(withEnd: Bool) throws(CommandFailure) -> (LivingFacts, Run?) {
    let key = runnable.planned.plan.key
    let nodes = runnable.planned.nodes.map(\.id)
    let phases = phases
    return try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      let history = try reader.history(plan: key)
      var facts = LivingFacts()
      for id in nodes { facts.items[id] = Self.state(history[id]) }
      for (phase, steps) in phases where facts.items[phase] == nil { facts.items[phase] = Self.state(steps, facts) }
      let run = try reader.latestRun(plan: key)
      // A run in which everything was up to date has nothing to tell.
      if withEnd, let run, run.state == .succeeded, let summary = try reader.runs(plan: key, limit: 1).first,
        summary.succeeded > 0
      {
        let done = summary.succeeded
        var counts = done == 1 ? "1 step ran and succeeded" : "\(done) steps ran and succeeded"
        if summary.skipped > 0 { counts += ", \(summary.skipped) skipped" }
        facts.end = .init(
          run: run.id, state: "succeeded", counts: counts, at: (run.finishedAt ?? run.startedAt) / 1000)
      }
      return (facts, run)
    }
  }

  private static func state(_ history: StepHistory?) -> LivingFacts.ItemState {
    guard let success = history?.lastSuccess else { return .notDone }
    if let attempt = history?.latestAttempt, (attempt.endedAt ?? 0) > success.endedAt {
      switch attempt.state {
      case .failed, .timedOut, .cancelled, .inDoubt, .failedFinally: return .notDone
      case .claimed, .succeeded, .waiting, .released: break
      }
    }
    return .done(at: success.endedAt / 1000)
  }

  /// A phase is done when its last step is.
  private static func state(_ steps: [String], _ facts: LivingFacts) -> LivingFacts.ItemState {
    var latest: Int64 = 0
    for step in steps {
      guard case .done(let time)? = facts.items[step] else { return .notDone }
      latest = max(latest, time)
    }
    return .done(at: latest)
  }

  /// Brings the list of plans up to date, and says whether the outcomes are to be written.
  private func end(_ run: Run, _ result: RunResult?) -> String? {
    guard let bytes = try? PlanFile.bytes(path) else { return nil }
    let plan = MarkdownPlan.read(SourceFile(path: path, bytes: bytes))
    let living = LivingSections(plan)
    let isDone = living.progress.allSatisfy { $0.state == .done }
    let hasDoubt = result?.steps.contains { $0.state == .inDoubt } == true
    let status: PlanIndexEdit.Status =
      switch run.state {
      case .succeeded: isDone ? .done : .inProgress
      case .waiting: .blocked
      default: hasDoubt ? .blocked : .inProgress
      }
    do throws(CommandFailure) {
      try PlanIndexFile.update(
        below: runnable.project.root, plan: runnable.loaded.path, title: plan.title?.value,
        id: runnable.planned.plan.id?.value, to: status)
    } catch {
      warn(error.message)
    }
    guard run.state == .succeeded, living.isDone, let outcomes = living.outcomes, outcomes.state != .filled else {
      return nil
    }
    return "write \(SectionKind.outcomes.title) in \(runnable.command.plan)"
  }

  // MARK: Writing

  private func write(_ facts: LivingFacts) {
    do throws(CommandFailure) {
      _ = try EditedFile.edit(path) { bytes throws(CommandFailure) in
        let source = SourceFile(path: path, bytes: bytes)
        var collector = DiagnosticCollector()
        let document = PlanDocument.read(source, into: &collector)
        guard let plan = document.markdown, document.root?["execplan"] != nil || !plan.sections(.progress).isEmpty
        else { throw CommandFailure(.ioError, "\"\(source.path)\" is no plan any more") }
        followed = Self.followed(plan)
        do throws(LivingEdits.Refusal) {
          let (bytes, missing) = try LivingEdits.applying(facts, to: source)
          if let kind = missing.first(where: { $0 == .surprises }) { warn("the plan has no section \"\(kind.title)\"") }
          return bytes
        } catch {
          throw CommandFailure(.ioError, "the living sections of \"\(source.path)\" cannot be changed safely")
        }
      }
    } catch {
      warn(error.message)
    }
  }

  /// Once a leg: the run goes on, and a second warning would say the same.
  private func warn(_ text: String) {
    guard !hasWarned else { return }
    hasWarned = true
    console.say("warning: nothing was written back: \(text)")
  }
}
