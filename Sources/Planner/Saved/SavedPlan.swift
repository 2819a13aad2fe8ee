package import Digest
package import PlanModel

/// A change set as `plan --out` saved it: what was decided about every step, and on what ground (S21).
///
/// It is a claim and never input: `apply` computes everything afresh, makes another one of it, and compares the two. No
/// value that a step published, read or kept is in it, only digests of them; secrets are named. The values that a
/// person gave for parameters are in it, because nobody is to repeat them; they are recorded and shown with the run,
/// too.
package struct SavedPlan: Hashable, Sendable {
  /// The key by which a file is known to hold one.
  package static let marker = "execplan_saved_plan"
  /// The format that is written, and the only one that is read.
  package static let formatVersion = 1

  /// Random, 32 hexadecimal digits: the journal takes each once.
  package var id: String
  /// Milliseconds since 1970.
  package var savedAt: Int64
  package var user: String
  package var host: String
  package var plan: PlanName
  package var choices: Choices
  package var parameters: [Parameter]
  package var profile: String?
  /// Names, in the order of the plan.
  package var secrets: [String]
  package var position: Position
  /// In the order of the change set.
  package var steps: [Step]

  /// Which plan, and what it said.
  package struct PlanName: Hashable, Sendable {
    /// Its `id`, or its path.
    package var key: String
    /// Relative to the project root.
    package var path: String
    /// Of the definitions of all steps.
    package var digest: SHA256Digest

    package init(key: String, path: String, digest: SHA256Digest) {
      self.key = key
      self.path = path
      self.digest = digest
    }
  }

  /// What the command line asked for.
  package struct Choices: Hashable, Sendable {
    package enum Changed: String, Hashable, Sendable, CaseIterable {
      case refuse, rerun, keep
    }

    /// The lists of names, each by its option.
    package static let lists: [(option: String, path: any WritableKeyPath<Choices, [String]> & Sendable)] = [
      ("phase", \.phases), ("only", \.only), ("from", \.from), ("until", \.until), ("skip", \.skip),
      ("rerun", \.rerun),
    ]

    package var phases: [String] = []
    package var only: [String] = []
    package var from: [String] = []
    package var until: [String] = []
    package var skip: [String] = []
    /// As they were given, sorted.
    package var rerun: [String] = []
    /// `--rerun-from`
    package var rerunFrom: [String] = []
    package var isForced = false
    package var changed = Changed.refuse
    /// What is done about what is there already; nil: nothing was said.
    package var onConflict: OnConflict?
    /// Whether the programs of guards were asked.
    package var probes = false

    package init() {}
  }

  package struct Parameter: Hashable, Sendable {
    package var name: String
    /// Of the value that it has in the end, whoever gave it.
    package var digest: SHA256Digest
    /// What the command line or a file of it gave; nil: the plan's own value, or that of the profile.
    package var given: Value?

    package init(name: String, digest: SHA256Digest, given: Value? = nil) {
      self.name = name
      self.digest = digest
      self.given = given
    }

    /// - Parameter value: nil counts as null.
    package init(name: String, value: Value?, given: Value? = nil) {
      self.init(name: name, digest: SHA256.digest(of: JSONWriter.stored(value ?? .null)), given: given)
    }
  }

  /// What was recorded of this plan; approvals, events and other plans do not count.
  package struct Position: Hashable, Sendable {
    /// The journal's own id; nil: there was none.
    package var journal: String?
    /// The latest run of the plan.
    package var run: Int64?
    /// The latest checkpoint of any of its runs.
    package var checkpoint: Int64?
    /// Of the values that its runs left for later ones.
    package var state: SHA256Digest

    package init(journal: String?, run: Int64?, checkpoint: Int64?, state: SHA256Digest) {
      self.journal = journal
      self.run = run
      self.checkpoint = checkpoint
      self.state = state
    }
  }

  package struct Step: Hashable, Sendable {
    package var id: String
    package var action: String
    package var decision: Decision
    package var reasons: [SavedReason]
    /// D.
    package var definition: SHA256Digest
    /// Of the files that it reads, as far as it may run: who said yes did so knowing them.
    package var files: SHA256Digest?

    package init(
      id: String, action: String, decision: Decision, reasons: [SavedReason], definition: SHA256Digest,
      files: SHA256Digest? = nil
    ) {
      self.id = id
      self.action = action
      self.decision = decision
      self.reasons = reasons
      self.definition = definition
      self.files = files
    }
  }

  package init(
    id: String, savedAt: Int64, user: String, host: String, plan: PlanName, choices: Choices,
    parameters: [Parameter], profile: String?, secrets: [String], position: Position, steps: [Step]
  ) {
    self.id = id
    self.savedAt = savedAt
    self.user = user
    self.host = host
    self.plan = plan
    self.choices = choices
    self.parameters = parameters
    self.profile = profile
    self.secrets = secrets
    self.position = position
    self.steps = steps
  }
}
