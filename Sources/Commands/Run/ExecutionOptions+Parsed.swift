internal import Executor
internal import Glibc
internal import PlanGraph
internal import PlanModel

extension ExecutionOptions {
  /// The options of `plan`, as far as they decide what would happen.
  init(planning parsed: ParsedCommand) {
    self.init()
    force = parsed.has("force")
    rerun = Set(parsed.values("rerun"))
    named = parsed.values("rerun")
    rerunFrom = parsed.values("rerun-from")
    changed = parsed.has("rerun-changed") ? .rerun : parsed.has("keep-changed") ? .keep : .refuse
    onConflict = parsed.choice("on-conflict", as: OnConflict.self)
    selection = Selection(
      only: parsed.values("only"), from: parsed.values("from"), until: parsed.values("until"),
      phases: parsed.values("phase"), skip: parsed.values("skip"))
  }

  /// The options of `rollback`.
  init(rollingBack parsed: ParsedCommand) {
    self.init()
    if let policy = parsed.choice("orphans", as: OrphanPolicy.self) { orphans = policy }
    if let value = parsed.duration("drain") { drain = value }
    if let value = parsed.duration("grace") { grace = value }
  }

  /// The options of `apply`.
  init(applying parsed: ParsedCommand) {
    self.init(planning: parsed)
    mode = parsed.has("resume") ? .resume : parsed.has("fresh") ? .fresh : .plain
    jobs = parsed.count("jobs") ?? min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    keepGoing = parsed.has("keep-going")
    failFast = parsed.has("fail-fast")
    resetRetries = parsed.has("reset-retries")
    adoptRun = parsed.count("adopt-run").map(Int64.init)
    trustEffects = parsed.has("trust-effects")
    answersYes = parsed.has("yes")
    skipFinally = parsed.has("skip-finally")
    if parsed.has("wait-approval") { approvalWait = parsed.duration("wait-approval").map { .upTo($0) } ?? .forever }
    if let policy = parsed.choice("orphans", as: OrphanPolicy.self) { orphans = policy }
    if let value = parsed.duration("drain") { drain = value }
    if let value = parsed.duration("grace") { grace = value }
  }
}
