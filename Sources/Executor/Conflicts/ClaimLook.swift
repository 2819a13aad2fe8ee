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
        made.contains(path) || nodes.contains { wroteLast(planned.nodes[$0].id, path) } ? nil : path
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

  private func made(_ isAsked: (String) -> Bool) -> Set<String> {
    var made: Set<String> = []
    for known in history.values {
      guard let last = known.lastSuccess, last.outcome != .adopted else { continue }
      for file in last.outputFiles where file.digest != nil && isAsked(file.path) { made.insert(file.path) }
    }
    // A run that goes on holds what no history counts any more: what was dropped to be done anew.
    for checkpoint in opening.position.former.values where checkpoint.outcome != .adopted {
      for file in checkpoint.outputFiles where file.digest != nil && isAsked(file.path) { made.insert(file.path) }
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
