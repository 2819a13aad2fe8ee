internal import PlanModel
internal import Subprocess

/// What a plan does when nothing interrupts it: twice from the start, and once more over what is done.
struct Baseline {
  /// What a step did.
  struct Work {
    var step: String
    var duration: Duration
    /// Paths that changed while it was at work.
    var changes: [TreePath]
    /// What was at these paths when it had ended.
    var end: [TreePath: TreeItem]
    /// What of its `creates` was not there then.
    var missingGuards: [String]
  }

  /// One uninterrupted apply.
  struct Run {
    var exit: Int
    var works: [Work]
    var image: TreeImage
    var duration: Duration
    var temporaryFiles: Int
    /// The places of steps in `works`.
    var places: [String: Int]
  }

  var first: Run
  /// In another copy, later.
  var second: Run
  /// Over the first, in its copy; nil when the first waits for a person.
  var again: Run?
  /// What differs between the first and the second.
  var unstable: [TreeDifference]
  /// The second's copy, whose files stand for what they should be.
  var reference: ProjectCopies.Copy
  var firstCopy: ProjectCopies.Copy

  func work(of step: String) -> Work? { first.places[step].map { first.works[$0] } }

  /// The step that changed a path last.
  func maker(of path: TreePath, in run: Run) -> String? {
    run.works.last { work in
      work.changes.contains { $0 == path || $0.lies(in: path) || path.lies(in: $0) }
    }?.step
  }
}

/// Applies without a kill and sees what each step does.
struct Observation {
  let setting: TrialSetting
  let cancellation: Wakeup

  /// - Parameter limit: nil: as long as it takes.
  func run(in copy: ProjectCopies.Copy, resuming: Bool = false, limit: Duration? = nil) throws -> Baseline.Run {
    let start = BootClock.now()
    var works: [Baseline.Work] = []
    var places: [String: Int] = [:]
    var last = TreeGlance(copy.root)
    var database = databaseImage(copy)
    var launched: [String: BootInstant] = [:]
    let leg = try TrialLeg(
      setting.apply(resuming: resuming), in: copy, setting, limit: limit, cancellation: cancellation)
    let end = try leg.run { message in
      switch message.moment {
      case .claimed: break
      case .launched: launched[message.step] = BootClock.now()
      case .ended:
        let now = TreeGlance(copy.root)
        let duration = launched[message.step].map { BootClock.now() - $0 } ?? .zero
        var changes = now.changes(since: last)
        if let server = setting.server {
          let image = databaseImage(copy)
          if image != database { changes.append(server.path) }
          database = image
        }
        var work = Baseline.Work(
          step: message.step, duration: duration, changes: changes, end: [:],
          missingGuards: missingGuards(message.step, now))
        // A further try of the step.
        let place = places[message.step]
        if let place { work.changes = Set(works[place].changes).union(changes).sorted() }
        work.end = now.items(at: work.changes)
        if let place {
          works[place] = work
        } else {
          places[message.step] = works.count
          works.append(work)
        }
        last = now
      }
      return .goOn
    }
    let exit: Int
    switch end {
    case .exited(.exited(let code)): exit = code
    case .exited(.signalled(let signal)): exit = 128 + signal
    case .killed, .stuck: exit = -1
    }
    return Baseline.Run(
      exit: exit, works: works, image: try setting.image(of: copy), duration: BootClock.now() - start,
      temporaryFiles: TreeWalk.count(in: copy.temporary), places: places)
  }

  /// What the copy's database holds between two steps; nil when there is none, or it can't be read.
  private func databaseImage(_ copy: ProjectCopies.Copy) -> DatabaseImage? {
    copy.database.flatMap { name in try? setting.server?.image(of: name) }
  }

  private func missingGuards(_ step: String, _ glance: TreeGlance) -> [String] {
    let patterns = setting.step(step)?.creates ?? []
    return patterns.filter { !$0.isNegated && !$0.isOpen && !$0.text.hasPrefix("/") && !glance.holds($0) }.map(\.text)
  }
}
