package import PlanModel

/// A run from its beginning to now, for people who were not there: what happened, when, and what is next.
package struct RunReport: Sendable {
  /// An invocation that executed the run.
  package struct Leg: Sendable {
    /// Milliseconds since 1970, UTC; as all times of a report.
    package var startedAt: Int64
    /// Nil: it lives, or it was killed.
    package var endedAt: Int64?
    package var exitCode: Int?
    package var host: String

    package init(startedAt: Int64, endedAt: Int64?, exitCode: Int?, host: String) {
      self.startedAt = startedAt
      self.endedAt = endedAt
      self.exitCode = exitCode
      self.host = host
    }
  }

  package struct Phase: Sendable {
    package var id: String
    package var title: String?
    package var objective: String?
    /// What the plan says that it makes.
    package var deliverables: [String]

    package init(id: String, title: String? = nil, objective: String? = nil, deliverables: [String] = []) {
      self.id = id
      self.title = title
      self.objective = objective
      self.deliverables = deliverables
    }
  }

  /// The plan's key.
  package var plan: String
  package var path: String
  package var title: String
  package var run: Int64
  package var state: RunState
  package var startedAt: Int64
  package var finishedAt: Int64?
  /// When the report was made.
  package var madeAt: Int64
  package var profile: String?
  package var params: [Value.Entry]
  package var legs: [Leg]
  /// In the order of the plan; steps may be in none of them.
  package var phases: [Phase]
  package var steps: [ReportedStep]
  package var nextCommand: String?
  /// What people said where the plan asks.
  package var approvals: [ReportedApproval] = []
  /// The finished run of which it repeats a part.
  package var rerunOf: Int64?

  package init(
    plan: String, path: String, title: String, run: Int64, state: RunState, startedAt: Int64, finishedAt: Int64?,
    madeAt: Int64, profile: String?, params: [Value.Entry], legs: [Leg], phases: [Phase], steps: [ReportedStep],
    nextCommand: String?
  ) {
    self.plan = plan
    self.path = path
    self.title = title
    self.run = run
    self.state = state
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.madeAt = madeAt
    self.profile = profile
    self.params = params
    self.legs = legs
    self.phases = phases
    self.steps = steps
    self.nextCommand = nextCommand
  }
}

extension RunReport {
  /// From the first start to the end, or to now; pauses between two legs count.
  var duration: Int64 { (finishedAt ?? madeAt) - startedAt }

  /// Time in which somebody executed it.
  var workingTime: Int64 {
    legs.reduce(0) { $0 + max(0, ($1.endedAt ?? $1.startedAt) - $1.startedAt) }
  }

  /// The steps that keep the run from being done, in the order of the plan.
  var problems: [ReportedStep] { steps.filter { $0.state.isProblem && !$0.isAllowed } }

  /// By problem or waiting step, the steps that it keeps from running.
  var blocked: [String: [String]] {
    var blocked: [String: [String]] = [:]
    for step in steps {
      if let holder = step.blockedBy { blocked[holder, default: []].append(step.id) }
    }
    return blocked
  }

  /// `3 succeeded, 1 failed, 4 blocked`.
  var counts: String { StepState.counts(steps.map(\.state)) }

  /// The steps of each phase, by their indices, and at the end those that are in none.
  var groups: [(phase: Phase?, steps: [Int])] {
    var groups: [(phase: Phase?, steps: [Int])] = phases.map { ($0, []) } + [(nil, [])]
    let places = Dictionary(phases.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, step) in steps.enumerated() {
      groups[step.phase.flatMap { places[$0] } ?? phases.count].steps.append(index)
    }
    return groups.filter { !$0.steps.isEmpty }
  }

  /// What is said of the run as a whole.
  struct Fact {
    var name: String
    var texts: [String]
    /// Whether the texts are names and commands rather than words.
    var isCode = false
  }

  var facts: [Fact] {
    var facts = [
      Fact(name: "plan", texts: [path], isCode: true), Fact(name: "steps", texts: [counts]),
      Fact(name: "started", texts: [Timestamp.absolute(startedAt)]),
    ]
    if let finishedAt { facts.append(Fact(name: "ended", texts: [Timestamp.absolute(finishedAt)])) }
    facts.append(Fact(name: "took", texts: [tookText]))
    if let rerunOf { facts.append(Fact(name: "repeats", texts: ["a part of run \(rerunOf)"])) }
    let settled = conflictCounts
    if !settled.isEmpty { facts.append(Fact(name: "there already", texts: settled)) }
    if let profile { facts.append(Fact(name: "profile", texts: [profile], isCode: true)) }
    if !params.isEmpty {
      facts.append(
        Fact(name: "parameters", texts: params.map { "\($0.key)=\($0.value.readable)" }, isCode: true))
    }
    return facts
  }

  /// What became of what was there already: `2 adopted`, `1 overwritten`.
  private var conflictCounts: [String] {
    let choices = steps.compactMap(\.conflict?.choice)
    return [(OnConflict.adopt, "adopted"), (.overwrite, "overwritten")].compactMap { choice, word in
      let count = choices.count { $0 == choice }
      return count == 0 ? nil : "\(count) \(word)"
    }
  }

  /// `3 min 05 s`, and in how many legs if it was interrupted.
  private var tookText: String {
    let total = PeopleText.duration(milliseconds: duration)
    guard legs.count > 1 else { return total }
    return "\(total), of which \(PeopleText.duration(milliseconds: workingTime)) at work, in \(legs.count) parts"
  }
}

extension RunReport.Phase {
  var name: String { title ?? id }
}
