internal import Glibc
internal import Subprocess

/// A crash test of one plan: it is applied in copies of its project, killed at every step, and what comes of it compared.
package final class CrashSession {
  /// What goes on, for people.
  package enum Progress: Sendable {
    /// - Parameter severed: ways to repositories elsewhere that were not copied.
    case copied(files: Int, bytes: Int64, severed: [String])
    case uninterrupted
    case killing(done: Int, of: Int)
  }

  /// The end of the session.
  package enum End {
    case report(CrashReport)
    /// A signal ended it; the folder in which something is left.
    case signal(Int32, left: String?)
  }

  private enum Message: Sendable {
    case baseline(Result<Baseline?, any Error>, CrashReport)
    case campaign(KillPoint, Result<Campaign.Result, any Error>)
  }

  private let setting: TrialSetting
  private let loop: EventLoop
  private let cancellation: Wakeup
  private let mailbox: Mailbox<Message>

  /// To be made before any thread is started: threads inherit the mask.
  package init(_ setting: TrialSetting) throws {
    self.setting = setting
    loop = try EventLoop(signals: [SIGINT, SIGTERM, SIGHUP])
    cancellation = try Wakeup()
    mailbox = Mailbox(loop.wakeup)
  }

  package func run(_ progress: (Progress) -> Void) throws -> End {
    var signal: Int32?
    let copies: ProjectCopies
    do {
      copies = try ProjectCopies(
        of: setting.root, leavesOut: setting.leavesOut, server: setting.server,
        isCancelled: { [loop] in
          for case .signal(let number) in (try? loop.wait(until: BootClock.now())) ?? [] { signal = signal ?? number }
          return signal != nil
        })
    } catch is TrialCancelled {
      return .signal(signal ?? SIGINT, left: nil)
    }
    defer { copies.close(keeps: setting.keeps) }
    let pool = try WorkerPool(name: "trial", limit: setting.jobs)
    defer { pool.finish() }
    progress(.copied(files: copies.size.files, bytes: copies.size.bytes, severed: copies.severed))
    var report = CrashReport()
    report.files = copies.size.files
    report.bytes = copies.size.bytes
    report.kept = setting.keeps ? copies.folder : nil
    var failure: (any Error)?
    var open = 1
    var campaigns = (done: 0, all: 0)
    try pool.submit { [setting, cancellation, mailbox, report] in
      var report = report
      let result = Result { try Self.baseline(setting, copies, cancellation, &report) }
      mailbox.post(.baseline(result, report))
    }
    progress(.uninterrupted)
    while open > 0 {
      for case .signal(let number) in try loop.wait() {
        signal = signal ?? number
        cancellation.signal()
      }
      for message in mailbox.takeAll() {
        switch message {
        case .baseline(let result, let filled):
          open -= 1
          report = filled
          switch result {
          case .failure(let error): failure = failure ?? error
          case .success(nil): break
          case .success(let baseline?):
            guard signal == nil else { break }
            open += try begin(baseline, copies, pool)
            campaigns.all = open
            progress(.killing(done: 0, of: open))
          }
        case .campaign(let point, let result):
          open -= 1
          switch result {
          case .failure(let error):
            failure = failure ?? error
            cancellation.signal()
          case .success(let result):
            campaigns.done += 1
            progress(.killing(done: campaigns.done, of: campaigns.all))
            report.add(result, at: point.moment)
          }
        }
      }
    }
    if let signal {
      return .signal(signal, left: copies.close(keeps: setting.keeps) ? nil : copies.folder)
    }
    if let failure { throw failure }
    report.order()
    return .report(report)
  }

  // MARK: Without a kill

  private static func baseline(
    _ setting: TrialSetting, _ copies: ProjectCopies, _ cancellation: Wakeup, _ report: inout CrashReport
  ) throws -> Baseline? {
    let observation = Observation(setting: setting, cancellation: cancellation)
    let isCancelled = { cancellation.wait(until: BootClock.now()) }
    let copy = try copies.make(isCancelled)
    let first = try observation.run(in: copy)
    report.runs = 1
    let standings = setting.standings(copy.root)
    guard first.exit == 0 || first.exit == 4 else {
      let failed = standings.first { $0.state == "failed" }
      report.failure =
        "without a kill it ends with exit \(first.exit)"
        + (failed.map { ": \"\($0.step)\" failed" + ($0.reason.map { ": \($0)" } ?? "") } ?? said(copy))
      copies.discard(copy, keeps: setting.keeps)
      return nil
    }
    report.steps = rows(setting, first, standings)
    if let untested = report.steps.first(where: { $0.reason == personReason }) ?? report.steps.first,
      let reason = untested.reason, report.steps.allSatisfy({ $0.reason != nil })
    {
      report.failure = "no step of it can be tested: \"\(untested.id)\" \(reason)"
      copies.discard(copy, keeps: setting.keeps)
      return nil
    }
    // Time that shows in the content must have moved on.
    let again = first.exit == 0 ? try observation.run(in: copy, limit: first.duration * 10 + .seconds(60)) : nil
    let passed = first.duration + (again?.duration ?? .zero)
    if passed < .milliseconds(1100), cancellation.wait(until: BootClock.now() + (.milliseconds(1100) - passed)) {
      throw TrialCancelled()
    }
    let reference = try copies.make(isCancelled)
    let second = try observation.run(in: reference, limit: first.duration * 10 + .seconds(60))
    report.runs += again == nil ? 1 : 2
    let baseline = Baseline(
      first: first, second: second, again: again,
      unstable: Comparison(setting: setting).differences(first.image, second.image), reference: reference,
      firstCopy: copy)
    let judge = Judge(setting: setting, baseline: baseline)
    if second.exit != first.exit {
      report.failure = "the same plan ends with exit \(first.exit) once and with exit \(second.exit) another time"
      copies.discard(copy, keeps: setting.keeps)
      copies.discard(reference, keeps: setting.keeps)
      return nil
    }
    report.defects += judge.uninterrupted()
    report.notes += baseline.unstable.filter(\.isOfColumns).map { difference in
      .init(
        step: baseline.maker(of: difference.path, in: first),
        text: "in \(difference.path) \(difference.text) each time; these columns do not count")
    }
    if let again { judgeAgain(again, judge, copy, setting, &report) }
    copies.discard(copy, keeps: setting.keeps)
    return baseline
  }

  private static func judgeAgain(
    _ again: Baseline.Run, _ judge: Judge, _ copy: ProjectCopies.Copy, _ setting: TrialSetting,
    _ report: inout CrashReport
  ) {
    for index in report.steps.indices where report.steps[index].reason == nil { report.steps[index].again = .same }
    let places = Dictionary(
      report.steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    func mark(_ step: String, _ verdict: CrashReport.Verdict) {
      if let index = places[step] { report.steps[index].again = verdict }
    }
    if again.exit != 0 {
      let failed = setting.standings(copy.root).first { $0.state == "failed" || $0.state == "in_doubt" }
      let step = failed?.step ?? ""
      mark(step, .fails)
      report.defects.append(
        .fails(step, nil, "a second apply ends with exit \(again.exit)" + (failed?.reason.map { ": \($0)" } ?? "")))
    }
    for defect in judge.again(again) {
      mark(defect.step, .differs)
      report.defects.append(defect)
    }
  }

  private static let personReason = "needs a person"

  /// What execplan said last, when nothing else tells why.
  private static func said(_ copy: ProjectCopies.Copy) -> String {
    guard let bytes = SmallFile.read(copy.log, limit: 1 << 20) else { return "" }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    if let error = lines.first(where: { $0.hasPrefix("error: ") }) { return ": " + error.dropFirst("error: ".count) }
    let last = lines.suffix(3).map { $0.drop { $0 == " " } }
    return last.isEmpty ? "" : ": " + last.joined(separator: " / ")
  }

  private static func rows(
    _ setting: TrialSetting, _ run: Baseline.Run, _ standings: [TrialSetting.Standing]
  ) -> [CrashReport.Step] {
    let executed = Set(run.works.map(\.step))
    let known = Dictionary(standings.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
    let planned = setting.steps.map(\.id)
    let ids = Set(planned)
    let found = run.works.map(\.step).filter { !ids.contains($0) }
    return (planned + found).compactMap { id in
      guard let step = setting.step(id) else { return nil }
      var row = CrashReport.Step(id: id, action: step.action, idempotence: step.idempotence)
      if !executed.contains(id) {
        switch known[id]?.state {
        case "waiting": row.reason = personReason
        case "skipped": row.reason = known[id]?.reason ?? "skipped"
        case "blocked", "pending": row.reason = "behind a step that needs a person"
        // What finds items, and what only stands for others, does nothing itself.
        default: return nil
        }
      } else if let chosen = setting.chosen, !chosen.contains(id) {
        row.reason = "not chosen"
      }
      return row
    }
  }

  // MARK: With kills

  /// - Returns: how many campaigns were begun.
  private func begin(_ baseline: Baseline, _ copies: ProjectCopies, _ pool: WorkerPool) throws -> Int {
    let steps = baseline.first.works.map(\.step).filter { setting.chosen?.contains($0) ?? true }
    guard !steps.isEmpty else { return 0 }
    // With more jobs than moments the steps are divided among them.
    let parts = min(steps.count, max(1, setting.jobs / KillPoint.all.count))
    var count = 0
    for point in KillPoint.all {
      for part in 0..<parts {
        let mine = Array(steps[(steps.count * part / parts)..<(steps.count * (part + 1) / parts)])
        let campaign = Campaign(
          setting: setting, baseline: baseline, copies: copies, point: point, cancellation: cancellation)
        try pool.submit { [mailbox] in mailbox.post(.campaign(point, Result { try campaign.run(mine) })) }
        count += 1
      }
    }
    return count
  }
}

extension CrashReport {
  mutating func add(_ result: Campaign.Result, at moment: KillMoment) {
    kills += result.kills
    runs += result.runs
    defects += result.defects
    notes += result.notes
    for index in steps.indices {
      if let verdict = result.verdicts[steps[index].id] { steps[index][moment] = verdict }
    }
  }

  /// Puts defects in the order of the steps, each told once: the earliest moment that shows it.
  mutating func order() {
    moments = steps.count { $0.reason == nil } * KillPoint.all.count
    let places = Dictionary(steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<[String]> = []
    let moments = KillMoment.allCases
    func rank(_ defect: Defect) -> (Int, Int, String, String) {
      let moment = defect.moment.flatMap { moments.firstIndex(of: $0) } ?? -1
      return (places[defect.step] ?? steps.count, moment, defect.kind.rawValue, defect.path ?? "")
    }
    defects = defects.sorted { rank($0) < rank($1) }.filter { defect in
      // Temporary files have other names each time.
      seen.insert([defect.kind.rawValue, defect.step, defect.kind == .leftBehind ? "" : defect.path ?? ""]).inserted
    }
    var told: Set<Note> = []
    notes = notes.filter { told.insert($0).inserted }
  }
}
