package import PlanModel
package import Subprocess

/// What is tested, and how.
package struct TrialSetting: Sendable {
  /// Where a step stands by the journal of a copy.
  package struct Standing: Sendable {
    package var step: String
    /// As `status` says it: `succeeded`, `in_doubt`, `waiting` and so on.
    package var state: String
    package var reason: String?

    package init(step: String, state: String, reason: String?) {
      self.step = step
      self.state = state
      self.reason = reason
    }
  }

  /// The project, absolute.
  package var root: String
  /// The plan's path within the project.
  package var plan: String
  /// Words that give the plan its parameters.
  package var parameters: [String] = []
  package var environment: ProcessEnvironment
  /// Of a step's id, items that a run has found included.
  package var step: @Sendable (String) -> TestedStep?
  /// The steps of the plan in order.
  package var steps: [TestedStep]
  /// The steps that are killed; nil: all.
  package var chosen: Set<String>?
  /// Whether a path, relative to the root, is no part of the copies.
  package var leavesOut: @Sendable (String) -> Bool
  /// Paths whose content does not count.
  package var ignored: [Glob] = []
  /// Makes a PostgreSQL database for each copy; nil: copies share what is in a server.
  package var server: ServerCopies?
  /// How many copies are at work at the same time.
  package var jobs: Int
  /// Whether copies stay.
  package var keeps = false
  package var standings: @Sendable (_ root: String) -> [Standing]

  package init(
    root: String, plan: String, environment: ProcessEnvironment, steps: [TestedStep], jobs: Int,
    step: @escaping @Sendable (String) -> TestedStep?, leavesOut: @escaping @Sendable (String) -> Bool,
    standings: @escaping @Sendable (String) -> [Standing]
  ) {
    self.root = root
    self.plan = plan
    self.environment = environment
    self.steps = steps
    self.jobs = jobs
    self.step = step
    self.leavesOut = leavesOut
    self.standings = standings
  }

  /// The words of an apply in a copy: one step at a time, so that it is known which one is cut off.
  func apply(resuming: Bool) -> [String] {
    // A copy has no record of what the plan has made, so all of it looks like somebody else's.
    let start = ["--state-dir", ProjectCopies.state, "--no-input", "apply", plan, "-j", "1", "--yes"]
    // A run that is gone on with has its parameters.
    return start + (resuming ? ["--resume", "--orphans", "kill"] : parameters)
  }

  /// Of another state directory, and of a step that execplan itself may be called by.
  private static let foreign =
    ["STATE_DIR", "RUN_ID", "STEP_ID", "ATTEMPT", "RESUMED", "OUTPUT", "STATE", "IDEMPOTENCY_KEY"].map {
      "EXECPLAN_" + $0
    }

  func environment(of copy: ProjectCopies.Copy) -> ProcessEnvironment {
    var environment = environment
    environment["TMPDIR"] = copy.temporary
    environment[ProjectCopies.variable] = copy.folder
    if let database = copy.database { ServerCopies.enter(database, &environment) }
    for name in TrialSetting.foreign { environment[name] = nil }
    environment.leaveRepository()
    return environment
  }
}

extension TrialSetting {
  /// What a copy holds: its files, and its database.
  func image(of copy: ProjectCopies.Copy) throws -> TreeImage {
    var image = TreeImage(copy.root)
    if let server, let database = copy.database { image.add(try server.image(of: database), at: server.path) }
    return image
  }
}

/// The test was ended before it was done.
package struct TrialCancelled: Error {}
