package import Digest
package import PlanModel

/// Which of the paths that steps would make are there already without being the plan's.
///
/// Taken when a run is opened: what comes to be while it goes on was made by it, whoever says so.
package struct PathClaims: Hashable, Sendable {
  /// Paths that are there, and that no step of the plan is recorded to have made.
  package var foreign: Set<String>
  /// All paths that steps of the plan are recorded to have made, with what they made there, if items are found while the
  /// run goes on: what those would make is not known before. Nil: everything is known.
  package var made: [String: Set<SHA256Digest>]?

  package init(foreign: Set<String> = [], made: [String: Set<SHA256Digest>]? = nil) {
    self.foreign = foreign
    self.made = made
  }

  /// Whether somebody else made what is at a path.
  ///
  /// - Parameters:
  ///   - isFound: whether a step asks that was found while the run goes on.
  ///   - comparesContent: whether what another step made there must be there as it was made.
  func isForeign(
    _ path: String, isFound: Bool, comparesContent: Bool, _ files: any FileProbe
  ) throws(FileProbeError) -> Bool {
    if foreign.contains(path) { return true }
    guard isFound, let made, let status = try files.status(path), status.kind != .directory else { return false }
    guard let digests = made[path] else { return true }
    guard comparesContent, let present = try files.digest(path) else { return false }
    return !digests.contains(present)
  }
}

extension Step {
  /// The paths at which the step makes something whole, so that what is there would be lost: what an `edit` does leaves
  /// the rest alone, and a guard says itself what is taken for done.
  ///
  /// What somebody is asked to make is looked at only where the plan says so: agents and people mostly work on what
  /// there is. What programs make is mostly made anew from sources, and may be there from another checkout or a build
  /// by hand: that is looked at where the plan has a `strategy` or somebody names an answer.
  ///
  /// - Parameters:
  ///   - coversPrograms: whether what programs declare to make is looked at where the step does not say so itself.
  ///   - isWanted: asked before what the step reads is looked at, which costs more.
  package func claimedPaths(
    coversPrograms: Bool, where isWanted: (String) -> Bool = { _ in true }
  ) -> [String] {
    switch action {
    case .file(let file):
      switch file.content {
      case .text, .source, .link: return [file.path.text].filter(isWanted)
      case .directory, .absent, .unchanged: return []
      }
    case .fetch(let fetch): return [fetch.path.text].filter(isWanted)
    case .edit, .check, .wait, .approve: return []
    case .manual(let manual): return onConflict == nil ? [] : literal(outputs + manual.acceptance.artifacts, isWanted)
    case .agent(let agent) where agent.program == nil:
      return onConflict == nil ? [] : literal(outputs + agent.acceptance.artifacts, isWanted)
    case .run, .exec, .sql, .http, .agent, .uses:
      guard coversPrograms || onConflict != nil, creates.isEmpty, unless == nil else { return [] }
      return literal(outputs, isWanted)
    }
  }

  /// Those of some paths that name one file each, and that the step does not read as well: that it changes.
  private func literal(_ patterns: [PathPattern], _ isWanted: (String) -> Bool) -> [String] {
    let named = patterns.filter { $0.isLiteral && !$0.isNegated }.map(\.text).filter(isWanted)
    if named.isEmpty { return [] }
    let read = readPaths.filter { !$0.isNegated }.compactMap { try? Glob($0.text) }
    let database = action.writtenDatabase?.text
    return named.filter { path in path != database && !read.contains { $0.matches(path) } }
  }
}
