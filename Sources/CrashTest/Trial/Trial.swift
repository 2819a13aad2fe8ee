internal import PlanModel
internal import Subprocess

/// One copy in which execplan is killed at each of some steps, once, and goes on each time.
struct Trial {
  /// What was to be seen at a kill.
  struct Kill {
    var step: String
    /// What was at paths that the step changes, when it was claimed.
    var before: [TreePath: TreeItem] = [:]
    /// What was there when nothing of it was at work any more.
    var after: [TreePath: TreeItem] = [:]
    /// What of its `creates` was there then.
    var holding: PathPattern?
  }

  enum End {
    /// It came to the same exit code as without a kill; what differs.
    case done([TreeDifference])
    case fails(String)
  }

  struct Outcome {
    var end: End
    var kills: [Kill]
    /// Steps of which a person is asked. The trial went on as one would who decides that they are to run again.
    var asked: [String]
    var temporaryFiles: Int

    /// The kill since which something is there.
    func kill(thatLeft path: TreePath) -> Kill? { kills.first { $0.before[path] == nil && $0.after[path] != nil } }
  }

  let setting: TrialSetting
  let baseline: Baseline
  let point: KillPoint
  let steps: [String]
  let cancellation: Wakeup

  /// - Parameter copy: a fresh one.
  func run(in copy: ProjectCopies.Copy) throws -> Outcome {
    var victims = Set(steps)
    var kills: [Kill] = []
    var asked: [String] = []
    func outcome(_ end: End) -> Outcome {
      Outcome(end: end, kills: kills, asked: asked, temporaryFiles: TreeWalk.count(in: copy.temporary))
    }
    while true {
      var claimed: TreeGlance?
      let leg = try TrialLeg(
        setting.apply(resuming: !kills.isEmpty), in: copy, setting, limit: limit, cancellation: cancellation)
      let end = try leg.run { message in
        guard victims.contains(message.step) else { return .goOn }
        switch (point, message.moment) {
        case (.claimed, .claimed), (.ended, .ended): return .kill
        case (.ended, .claimed):
          claimed = steps.count == 1 ? TreeGlance(copy.root) : nil
          return .goOn
        case (.firstChange, .claimed), (.percent, .claimed):
          claimed = TreeGlance(copy.root)
          return arm(message.step, copy, claimed)
        default: return .goOn
        }
      }
      switch end {
      case .killed(let step):
        victims.remove(step)
        kills.append(kill(step, claimed, copy))
      case .stuck: return outcome(.fails(stuckText(copy)))
      case .exited(let status):
        if status == .exited(baseline.first.exit) {
          return try outcome(.done(differences(setting.image(of: copy))))
        }
        let standings = setting.standings(copy.root)
        let doubts = standings.filter { $0.state == "in_doubt" }.map(\.step)
        guard status == .exited(5), !doubts.isEmpty else {
          return outcome(.fails(failureText(status, standings)))
        }
        if let other = doubts.first(where: { step in !kills.contains { $0.step == step } || asked.contains(step) }) {
          return outcome(.fails("\"\(other)\" is in doubt, and was not cut off"))
        }
        asked += doubts
        guard try answer(doubts, copy) else { return outcome(.fails("\"\(doubts[0])\" can't be resolved")) }
      }
    }
  }

  /// Only what is of use later is kept of a look: there may be many steps and many files.
  private func kill(_ step: String, _ claimed: TreeGlance?, _ copy: ProjectCopies.Copy) -> Kill {
    guard let claimed else { return Kill(step: step) }
    let now = TreeGlance(copy.root)
    let paths = (baseline.work(of: step)?.changes ?? []) + now.changes(since: claimed)
    let holding = setting.step(step)?.creates.first { !$0.isNegated && !$0.isOpen && now.holds($0) }
    return Kill(step: step, before: claimed.items(at: paths), after: now.items(at: paths), holding: holding)
  }

  /// Far more than it needs, for a loaded machine; waiting for ever would be no answer.
  private var limit: Duration { baseline.first.duration * 10 + .seconds(60) }

  private func arm(_ step: String, _ copy: ProjectCopies.Copy, _ claimed: TreeGlance?) -> TrialLeg.Answer {
    switch point {
    case .percent(let part): return .arm(nil, (baseline.work(of: step)?.duration ?? .zero) * part / 100)
    case .claimed, .ended, .firstChange:
      let folders = claimed?.items.values.filter { $0.kind == .folder }.map(\.path) ?? []
      // Too many folders to watch: half of the time is a moment as good as any.
      guard folders.count <= 8000, let watch = TreeWatch(), watch.add(copy.root),
        folders.allSatisfy({ watch.add($0.place(in: copy.root)) })
      else { return .arm(nil, (baseline.work(of: step)?.duration ?? .zero) / 2) }
      return .arm(watch, nil)
    }
  }

  private func answer(_ doubts: [String], _ copy: ProjectCopies.Copy) throws -> Bool {
    for step in doubts {
      let words = [
        "--state-dir", ProjectCopies.state, "--no-input", "resolve", setting.plan, step, "--as", "rerun",
      ]
      let leg = try TrialLeg(words, in: copy, setting, limit: limit, cancellation: cancellation)
      guard try leg.run({ _ in .goOn }) == .exited(.exited(0)) else { return false }
    }
    return true
  }

  // MARK: What came of it

  /// What differs from the uninterrupted run, beyond what differs between two of these.
  private func differences(_ image: TreeImage) -> [TreeDifference] {
    Comparison(setting: setting, unstable: baseline.unstable).differences(baseline.first.image, image)
  }

  private func stuckText(_ copy: ProjectCopies.Copy) -> String {
    let running = setting.standings(copy.root).filter { $0.state == "running" || $0.state == "interrupted" }
    let name = running.first.map { "; \"\($0.step)\" does not end" } ?? ""
    return "the run came to no end within \(limit.components.seconds) s" + name
  }

  private func failureText(_ status: ExitStatus, _ standings: [TrialSetting.Standing]) -> String {
    let failed = standings.first { $0.state == "failed" || $0.state == "waiting" || $0.state == "cancelled" }
    let step = failed.map { ": \"\($0.step)\" \($0.state)" + ($0.reason.map { " (\($0))" } ?? "") } ?? ""
    switch status {
    case .exited(let code): return "the resumed run ends with exit \(code)\(step)"
    case .signalled(let signal): return "execplan was ended by signal \(signal)"
    }
  }
}
