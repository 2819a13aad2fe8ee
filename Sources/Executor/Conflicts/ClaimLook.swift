internal import Digest
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText

/// Looks which of the paths that steps would make are there without being the plan's.
///
/// The plan's is what the last success of any step has recorded that ever stood in it, and what an attempt of a step has
/// written that came to no success: its undo record says so.
struct ClaimLook {
  private let planned: PlannedPlan
  private let opening: Opening
  private let history: [String: StepHistory]
  private let site: ExecutionSite
  private let coversPrograms: Bool

  /// - Parameter history: of every step that was ever recorded, undos heeded.
  init(
    _ planned: PlannedPlan, _ opening: Opening, _ history: [String: StepHistory], _ site: ExecutionSite,
    _ options: ExecutionOptions
  ) {
    coversPrograms = options.coversPrograms(of: planned.plan)
    self.planned = planned
    self.opening = opening
    self.history = history
    self.site = site
  }

  func claims() -> PathClaims {
    var claims = PathClaims()
    var asked: [String: [Int]] = [:]
    for index in planned.nodes.indices where mayClaim(index) {
      for path in planned.nodes[index].step.claimedPaths(coversPrograms: coversPrograms, where: isThere) {
        asked[path, default: []].append(index)
      }
    }
    let findsMore = !planned.templates.isEmpty
    if asked.isEmpty, !findsMore { return claims }
    let made = made { findsMore || asked[$0] != nil }
    if findsMore { claims.made = made }
    claims.foreign = Set(
      asked.compactMap { path, nodes in
        isMade(path, by: nodes, made[path]) || nodes.contains { wroteLast(planned.nodes[$0].id, path) } ? nil : path
      })
    return claims
  }

  /// Whether the step is still to be done, and has not recorded itself that it made what it makes.
  private func mayClaim(_ index: Int) -> Bool {
    let node = planned.nodes[index]
    guard !node.isBarrier, !node.isTemplate, !opening.position.isDone(node.id) else { return false }
    guard let known = history[node.id] else { return true }
    if let last = known.lastSuccess { return last.outcome == .adopted || node.step.action.targetPath != nil }
    // Of what a program left behind that failed nobody knows the digest.
    return known.latestAttempt == nil || node.step.action.targetPath != nil
  }

  private func isThere(_ path: String) -> Bool {
    guard let status = (try? site.files.status(path)) ?? nil else { return false }
    return status.kind != .directory
  }

  /// Whether the plan made what is at a path.
  ///
  /// A step that writes whole files and did not write this one itself, because it is new or has another name, may only
  /// replace what is as another step has made it: of its own file a step sees itself that somebody changed it.
  private func isMade(_ path: String, by nodes: [Int], _ digests: Set<SHA256Digest>?) -> Bool {
    guard let digests else { return false }
    let seesItself = nodes.contains { index in
      let node = planned.nodes[index]
      guard node.step.action.targetPath != nil else { return true }
      return opening.history[node.id]?.lastSuccess?.outputFiles.contains { $0.path == path && $0.digest != nil }
        ?? false
    }
    if seesItself { return true }
    guard let present = (try? site.files.digest(path)) ?? nil else { return false }
    return digests.contains(present)
  }

  private func made(_ isAsked: (String) -> Bool) -> [String: Set<SHA256Digest>] {
    var made: [String: Set<SHA256Digest>] = [:]
    func add(_ checkpoint: Checkpoint) {
      for file in checkpoint.outputFiles {
        if let digest = file.digest, isAsked(file.path) { made[file.path, default: []].insert(digest) }
      }
    }
    for known in history.values {
      guard let last = known.lastSuccess, last.outcome != .adopted else { continue }
      add(last)
    }
    // A run that goes on holds what no history counts any more: what was dropped to be done anew.
    for checkpoint in opening.position.former.values where checkpoint.outcome != .adopted {
      add(checkpoint)
    }
    return made
  }

  /// Whether what is at a path is what an attempt of the step has put there, whatever became of the attempt.
  private func wroteLast(_ step: String, _ path: String) -> Bool {
    var attempts = opening.attempts[step] ?? []
    if let last = history[step]?.latestAttempt { attempts.append(last) }
    if attempts.isEmpty { return false }
    guard let present = (try? site.files.digest(path)) ?? nil else { return false }
    return attempts.contains { site.world.written(at: path, by: $0, in: site.state) == present }
  }
}
