internal import Digest
internal import PlanGraph
internal import PlanModel
internal import SourceText

/// The values of other steps that the text of a question reads: people agree to what they are shown, so they are a part of
/// what is approved.
package struct AskedValues: Sendable {
  private let planned: PlannedPlan
  private let node: Int
  private let references: [Located<Reference>]

  /// - Returns: nil when the text reads none.
  package init?(_ planned: PlannedPlan, _ node: Int) {
    guard case .approve(let action) = planned.nodes[node].step.action else { return nil }
    references = action.message.references.filter { if case .stepValue = $0.value { true } else { false } }
    if references.isEmpty { return nil }
    self.planned = planned
    self.node = node
  }

  /// The steps, each once.
  package var sources: [String] { Set(references.compactMap(\.value.step)).sorted() }

  /// - Parameter done: what a step came to; nil while it is not done.
  func digest(_ files: any FileProbe, _ done: (Int) -> Checkpoint?) -> SHA256Digest {
    var scope = RunScope(statics: planned.statics, files: files)
    scope.item = planned.nodes[node].step.item
    for id in sources {
      guard let source = planned.graph.index(of: id) else { continue }
      if planned.nodes[source].isGroup { scope.groups.insert(id) }
      scope.checkpoints[id] = AskedValues.outcome(of: source, in: planned, done)
    }
    return UpstreamValues.digest(of: references, in: scope)
  }

  /// That of a group is made of those of its members.
  private static func outcome(
    of node: Int, in planned: PlannedPlan, _ done: (Int) -> Checkpoint?
  ) -> Checkpoint? {
    if let checkpoint = done(node) { return checkpoint }
    guard planned.nodes[node].isGroup else { return nil }
    return planned.groupResult(of: node) { outcome(of: $0, in: planned, done) }
  }
}
