/// A step of a simulated plan: what the plan says of it, and what its program does.
struct SimulatedStep: Hashable, Sendable {
  /// By what its repetition is safe, or what it is instead of a program.
  enum Kind: String, Sendable, CaseIterable {
    /// A program with an effect outside that nothing makes repeatable.
    case plain
    /// `idempotent: true`.
    case declared
    /// `inputs` and `outputs`.
    case files
    case creates, unless
    /// A `file` action.
    case file
    /// `sql` with `exactly_once`.
    case transaction
    case check
    case manual
  }

  enum Behaviour: Hashable, Sendable {
    case succeeds
    case fails
    /// So many attempts that run to their end fail before one succeeds.
    case flaky(Int)
    /// So many attempts never end by themselves.
    case hangs(Int)
    /// Its effect is seen only some time after its program has ended.
    case late
  }

  enum Condition: Hashable, Sendable {
    case failed(String)
    case notFailed(String)
    /// Compares a value that never changes.
    case constant(String, holds: Bool)

    var step: String {
      switch self {
      case .failed(let step), .notFailed(let step), .constant(let step, _): step
      }
    }
  }

  /// How a rollback takes it back.
  enum Undo: String, Sendable, CaseIterable {
    /// A program that nothing makes repeatable.
    case plain
    case idempotent, partial
    /// The plan says that there is nothing to take back.
    case nothing
  }

  enum OnInterrupt: String, Sendable { case ask, rerun, verify }

  var id: String
  var kind = Kind.plain
  var behaviour = Behaviour.succeeds
  var isFinally = false
  var needs: [String] = []
  /// Steps whose output file it reads.
  var readsFiles: [String] = []
  /// Whether it reads a file that only people change.
  var readsSource = false
  /// Steps whose value `v` it reads.
  var readsValues: [String] = []
  var writesOutput = false
  /// Whether most changes of what it reads do not show in what it makes.
  var isCoarse = false
  /// Publishes `v`, what it made, and `k`, which never changes.
  var publishes = false
  var condition: Condition?
  var allowsFailure = false
  /// Tries after the first.
  var retries = 0
  /// Milliseconds.
  var retryDelay = 20
  var timeout: Int?
  var pool = false
  var priority = 0
  var onInterrupt: OnInterrupt?
  var verifies = false
  var syncs = false
  /// Its value becomes the plan's state.
  var keepsState = false
  var undoes: [String] = []
  /// nil: nothing says how.
  var undo: Undo?
  /// So many attempts of its undo that run to their end fail before one succeeds.
  var undoFailures = 0
  var phase: Int?
  /// Part of its definition; an edit raises it.
  var version = 1

  /// What stands before the ids of the steps of the plan that is called.
  static let calledPrefix = "s/"
  /// Whether the plan that is called has the step.
  var isCalled: Bool { id.hasPrefix(SimulatedStep.calledPrefix) }
  /// Whether it runs at the end of that plan.
  var endsCall: Bool { isFinally && isCalled }
  /// The id in its own plan.
  var localID: String { isCalled ? String(id.dropFirst(SimulatedStep.calledPrefix.count)) : id }

  var output: String { kind == .creates ? "made/\(id)" : "out/\(id)" }
  var source: String { "src/\(id)" }

  /// Everything that the graph puts before it, gates apart.
  var allNeeds: [String] {
    var all = needs
    for need in readsFiles + readsValues + [condition?.step].compactMap({ $0 }) where !all.contains(need) {
      all.append(need)
    }
    return all
  }

  /// Whether its effect is a file that the plan does not tell of.
  var hidesEffect: Bool { kind == .plain && !writesOutput && !verifies }
  var hidden: String { "hidden/\(id)" }

  var hasProgram: Bool {
    switch kind {
    case .plain, .declared, .files, .creates, .unless: true
    case .file, .transaction, .check, .manual: false
    }
  }

  /// Whether it leaves a file that is part of what the run made.
  var makesFile: Bool { writesOutput || kind == .file || kind == .creates || kind == .files }

  /// Whether an attempt that was cut off may be repeated without asking anybody.
  var isSafeToRepeat: Bool {
    switch onInterrupt {
    case .ask: return false
    case .rerun: return true
    case .verify, nil: break
    }
    switch kind {
    case .declared, .files, .file, .transaction, .check, .manual: return true
    case .plain, .creates, .unless: return false
    }
  }

  // MARK: Taking it back

  static let undoPrefix = "undo:"
  /// As the run calls its undo.
  var undoID: String { SimulatedStep.undoPrefix + id }

  /// The program that takes it back, as a step of the run; nil if there is none.
  var undoing: SimulatedStep? {
    guard let undo, undo != .nothing else { return nil }
    var step = SimulatedStep(id: undoID, kind: undo == .plain ? .plain : .declared)
    if undoFailures > 0 { step.behaviour = .flaky(undoFailures) }
    step.retries = retries
    step.retryDelay = retryDelay
    step.timeout = timeout
    step.version = version
    return step
  }
}
