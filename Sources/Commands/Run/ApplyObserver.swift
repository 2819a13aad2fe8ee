internal import Executor
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Reporting
internal import Subprocess

/// Shows a run while it goes on: a live display on a terminal, plain lines elsewhere.
final class ApplyObserver: RunObserver {
  let wantsProgress: Bool
  private let console: Console
  private let events: EventOutput?
  /// Nil: no step is tried again.
  private let planned: PlannedPlan?
  private let writeBack: WriteBack?
  private let isSilent: Bool
  private var display: ProgressDisplay?
  private var lines: [String] = []
  private var tails: [String: Tail] = [:]
  private var notice: String?
  private var run: Int64 = 0
  private var isClosed = false

  /// Follows one file; a class, because the tail can't be copied.
  private final class Tail {
    var tail: OutputTail

    init?(path: String) {
      guard let tail = try? OutputTail(path: path) else { return nil }
      self.tail = tail
    }
  }

  init(console: Console, events: EventOutput?, plan: PlannedPlan?, writeBack: WriteBack?, isMachine: Bool) {
    self.console = console
    self.events = events
    planned = plan
    self.writeBack = writeBack
    isSilent = console.isQuiet || isMachine
    wantsProgress = console.errorIsTerminal && !isSilent && TerminalSize.of(descriptor: 2) != nil
    if wantsProgress { display = ProgressDisplay(style: console.errorStyle) }
  }

  func said(_ line: String) {
    guard !isSilent else { return }
    if display == nil { console.say(line) } else { lines.append(line) }
  }

  func runBegan(_ beginning: RunBeginning) {
    run = beginning.run
    guard !isSilent else { return }
    if let message = beginning.message { console.say(message) }
    for note in beginning.notes { console.say(note) }
    if let selection = beginning.selection { console.writeError(SelectionView(selection).text(console.errorStyle)) }
  }

  func recorded(_ event: Event, sequence: Int64) {
    events?.write(event, sequence: sequence, run: run)
    writeBack?.recorded(event)
    guard !isSilent, let line = line(for: event) else { return }
    if display == nil { console.writeError(line + "\n") } else { lines.append(line) }
  }

  private func line(for event: Event) -> String? {
    let style = console.errorStyle
    let id = event.step ?? ""
    func text(_ key: String) -> String? {
      if case .string(let text)? = event.payload.first(where: { $0.key == key })?.value { return text }
      return nil
    }
    func number(_ key: String) -> Int64? {
      if case .int(let number)? = event.payload.first(where: { $0.key == key })?.value { return Int64(number) }
      return nil
    }
    switch event.kind {
    case .stepStarted:
      // That it goes on was said when the run began.
      if case .bool(true)? = event.payload.first(where: { $0.key == "reattached" })?.value { return nil }
      return display == nil ? ProgressLines.started(id, attempt: event.attempt ?? 1, at: event.at, style: style) : nil
    case .stepFinished, .gate:
      let state = text("state").flatMap(StepState.init(rawValue:)) ?? .succeeded
      return ProgressLines.finished(
        id, state, durationMilliseconds: number("duration_ms"), reason: text("reason"), at: event.at, style: style)
    case .retryScheduled:
      let times = planned?.step(like: id)?.retry.times ?? 0
      return ProgressLines.retry(
        id, attempt: (event.attempt ?? 1) + 1, of: times + 1, inMilliseconds: number("delay_ms") ?? 0,
        reason: "it failed", at: event.at, style: style)
    case .waiting:
      return ProgressLines.finished(
        id, .waiting, durationMilliseconds: nil, reason: text("instructions"), at: event.at, style: style)
    case .approval:
      let decision = text("decision") ?? "approved"
      let said = text("void").map {
        "the \(decision == "approved" ? "approval" : "rejection") of \(text("by") ?? "") \($0)"
      }
      return ProgressLines.said(
        id, said ?? "\(decision) by \(text("by") ?? "")" + (text("note").map { ": \($0)" } ?? ""), at: event.at,
        style: style)
    case .phaseStarted:
      let steps = number("steps") ?? 0
      return ProgressLines.said(
        "phase \(text("phase") ?? "")",
        "begins" + (text("objective").map { ": \($0)" } ?? "") + " (\(PeopleText.count(Int(steps), "step")))",
        at: event.at, style: style)
    case .phaseFinished: return PhaseEnd(event).line(style)
    case .conflict:
      let words = text("choice") == "adopt" ? "adopted" : "will be overwritten"
      return ProgressLines.conflict(id, words, reason: text("reason") ?? "", at: event.at, style: style)
    case .runStarted, .rollback, .planned, .output, .runFinished, .notice: return nil
    }
  }

  func progress(_ progress: RunProgress) {
    writeBack?.writeIfDue()
    guard display != nil, !isClosed, let size = TerminalSize.of(descriptor: 2) else { return }
    var snapshot = ProgressSnapshot(
      elapsedMilliseconds: Int64(progress.elapsed.wholeMilliseconds), total: progress.total, done: progress.succeeded,
      skipped: progress.skipped, failed: progress.failed,
      running: progress.running.map { step in
        .init(
          id: step.id, elapsedMilliseconds: Int64(step.elapsed.wholeMilliseconds), attempt: step.attempt,
          lastLine: lastLine(step))
      },
      retries: progress.retries.map {
        .init(
          id: $0.id, attempt: $0.attempt, remainingMilliseconds: Int64($0.remaining.wholeMilliseconds),
          reason: $0.reason)
      }, notice: notice)
    snapshot.remaining = progress.remaining.map { .init(milliseconds: $0.milliseconds, isLeast: $0.isLeast) }
    let running = Set(progress.running.compactMap(\.stdoutPath))
    tails = tails.filter { running.contains($0.key) }
    console.writeError(display?.redraw(snapshot, width: size.width, height: size.height, printing: lines) ?? "")
    lines = []
  }

  private func lastLine(_ step: RunProgress.RunningStep) -> String? {
    if let note = step.note { return note }
    guard let path = step.stdoutPath else { return nil }
    if tails[path] == nil { tails[path] = Tail(path: path) }
    guard let tail = tails[path] else { return nil }
    _ = try? tail.tail.read()
    return tail.tail.lastLine.isEmpty ? nil : tail.tail.lastLine
  }

  func stopping(signal: Int32, drain: Duration) {
    let seconds = PeopleText.duration(milliseconds: Int64(drain.wholeMilliseconds))
    let text = "stopping: nothing new is started, running steps have \(seconds) to end; again to kill them"
    notice = text
    if display == nil, !isSilent { console.say(text) }
  }

  /// Restores the terminal; what was not shown yet is shown.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    guard display != nil else { return }
    console.writeError(display?.finish() ?? "")
    for line in lines { console.writeError(line + "\n") }
    lines = []
  }
}
