internal import Digest
internal import PlanModel
internal import Planner

/// Looks before a rollback begins whether somebody changed what it would make as it was.
///
/// An undo of the plan may bring a file back to what a restoration expects, so nothing is said about files that it may
/// write: they are looked at again when their turn comes.
struct ConflictLook {
  let site: ExecutionSite
  /// Paths that were looked at: later restorations of them find what this one leaves.
  private var seen: Set<String> = []
  private var written: Set<String> = []
  private var patterns: [Glob] = []
  /// Whether something came that may write anywhere.
  private var isBlind = false

  /// Patterns that each path is held against.
  private static let patternLimit = 50

  init(site: ExecutionSite) {
    self.site = site
  }

  mutating func conflicts(of restoration: Restoration) -> [PathChange] {
    var found: [PathChange] = []
    for place in restoration.places where seen.insert(place.place).inserted && !mayBeWritten(place.path) {
      guard let (present, content) = try? FileWriter.present(at: place.place, site),
        !present.matches(place.target), !place.knows(present)
      else { continue }
      found.append(
        PathChange(
          path: place.path, before: side(present, content),
          after: side(place.target, place.source.flatMap { UndoStore(site.state).content(of: $0) } ?? content)))
    }
    return found
  }

  private func side(_ place: UndoRecord.Place, _ content: [UInt8]?) -> PathChange.Side? {
    switch place.kind {
    case .absent: nil
    case .file:
      PathChange.Side(
        content.map { $0.count <= PathChange.sizeLimit ? .file($0) : .large($0.count) } ?? .large(0), mode: place.mode)
    case .folder: PathChange.Side(.folder, mode: place.mode)
    case .link: PathChange.Side(.link(target: place.target ?? ""))
    case .other: PathChange.Side(.other, mode: place.mode)
    }
  }

  private func mayBeWritten(_ path: String) -> Bool {
    isBlind || written.contains(path) || patterns.contains { $0.matches(path) }
  }

  /// Takes note of what an undo of the plan may write.
  mutating func pass(_ way: RollbackEntry.Way, _ undo: Step, outputs: [PathPattern]) {
    guard way == .action || way == .external else { return }
    switch undo.action {
    case .file, .edit, .fetch, .sql:
      written.formUnion(undo.writtenPaths.map(\.text))
    case .http, .check, .wait, .manual, .approve: break
    case .run, .exec, .agent, .uses:
      let globs = outputs.filter { !$0.isNegated }.compactMap { try? Glob($0.text) }
      if outputs.isEmpty || patterns.count + globs.count > ConflictLook.patternLimit {
        isBlind = true
      } else {
        patterns += globs
      }
    }
  }
}
