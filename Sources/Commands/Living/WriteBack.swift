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
  /// - Parameter result: nil when nothing was run: there was nothing to run, or it was refused.
  /// - Returns: what a person is to do next in the plan; nil if there is nothing.
  func finish(_ result: RunResult?, _ failures: [(id: String, reason: String, lastLines: [String])]) -> String? {
    let recorded: RecordedProgress
    do throws(CommandFailure) {
      recorded = try RecordedProgress.read(runnable, withEnd: result != nil)
    } catch {
      warn(error.message)
      return nil
    }
    var facts = recorded.facts
    for failure in failures {
      guard let failed = failed[failure.id], let number = result?.run else { continue }
      facts.failures.append(
        LivingFacts.Failure(
          step: failure.id, title: title(failure.id), run: number, attempt: failed.attempt, reason: failure.reason,
          lastLines: failure.lastLines, at: failed.at))
    }
    write(facts)
    return recorded.run.flatMap { end($0, hasDoubt: recorded.hasDoubt) }
  }

  private func title(_ id: String) -> String {
    runnable.planned.step(like: id)?.title ?? id
  }

  /// Brings the list of plans up to date, and says whether the outcomes are to be written.
  private func end(_ run: Run, hasDoubt: Bool) -> String? {
    guard let bytes = try? PlanFile.bytes(path) else { return nil }
    let plan = MarkdownPlan.read(SourceFile(path: path, bytes: bytes))
    let living = LivingSections(plan)
    let isDone = living.progress.allSatisfy { $0.state == .done }
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
