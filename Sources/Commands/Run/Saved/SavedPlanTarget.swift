internal import Executor
internal import Glibc
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText

/// Where `plan --out` saves: a new file, or another saved plan that it replaces.
struct SavedPlanTarget {
  /// Absolute.
  let path: String

  /// - Throws: exit 64 when the file is there and is something else.
  init(_ word: String, overwrites: Bool) throws {
    path = PathName.absolute(word)
    guard PathName.isThere(path) else { return }
    let quoted = UsageError.quoted(word)
    var info = stat()
    guard unsafe stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      throw UsageError("\(quoted) is no file that could be replaced", advice: "name a file", command: "plan")
    }
    guard overwrites || SavedPlanFile.isOne(path) else {
      throw UsageError(
        "\(quoted) is there and is no saved plan",
        advice: "name another file; --overwrite replaces whatever it is", command: "plan")
    }
  }

  /// Saves what would be done, readable for its owner alone.
  ///
  /// - Throws: `Refusal` when a secret is in it.
  func save(
    _ runnable: RunnablePlan, _ change: ChangePreview, _ options: ExecutionOptions, probes: Bool,
    _ invocation: Invocation
  ) throws -> SavedPlan {
    let site = runnable.site
    if let refusal = runnable.planned.secretInParameters(site, runnable.command) { throw refusal }
    guard let position = change.position else {
      preconditionFailure("a preview that is to be saved was made with its position")
    }
    let user = CheckpointCommand.systemUser ?? CheckpointCommand.userName(invocation)
    let plan = SavedPlan(
      id: SavedPlanTarget.randomID(), savedAt: site.world.wallNow(), user: user, host: site.world.machine.host,
      planned: runnable.planned, changeSet: change.changeSet.masked(by: site.secrets),
      choices: SavedPlan.Choices(options, probes: probes), given: runnable.given, position: position, files: site.files)
    let bytes = plan.encoded()
    // What can't be read again, and what nobody may see, is not written at all.
    do throws(SavedPlanError) {
      let (again, seal) = try SavedPlan.read(bytes)
      guard again == plan, again.isSealed(with: seal) else {
        throw SavedPlanError(.member(""), "it would be read differently")
      }
    } catch {
      throw CommandFailure(
        .usage, "the plan can't be saved: \(error.message)", advice: "execplan apply \(runnable.command.plan)")
    }
    if let name = site.secrets.nameOfSecret(in: bytes) {
      throw Refusal(
        .refused, "the plan shows the secret \"\(name)\", so it is not saved",
        details: ["read it as \"secrets.\(name)\" in the plan"], nextCommands: ["validate \(runnable.command.plan)"])
    }
    try AtomicFile.replace(path, with: bytes, mode: 0o600)
    return plan
  }

  /// 128 bits that nobody can guess.
  private static func randomID() -> String {
    var random = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(random.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
  }
}
