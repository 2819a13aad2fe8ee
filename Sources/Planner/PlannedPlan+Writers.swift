internal import PlanModel
internal import SourceText

/// Several steps that write one path: only what the last of them left is compared.
extension PlannedPlan {
  /// The first path of a node that an earlier writer makes anew, and that writer: the node must write it again.
  ///
  /// - Parameter ran: whether a node runs, or ran, in this run.
  package func rewritten(_ node: Int, where ran: (Int) -> Bool) -> (path: String, by: String)? {
    for pattern in nodes[node].step.recordedOutputs where pattern.isLiteral && !pattern.isNegated {
      for earlier in writers.earlier(than: node, writing: pattern.text) where ran(earlier) {
        return (pattern.text, nodes[earlier].id)
      }
    }
    return nil
  }

  /// The paths of a node that a later step has written since.
  package func superseded(_ node: Int, where hasRun: (Int) -> Bool) -> Set<String> {
    let step = nodes[node].step
    var paths: Set<String> = []
    for pattern in step.recordedOutputs + step.recordedInputs where pattern.isLiteral {
      if writers.later(than: node, writing: pattern.text).contains(where: hasRun) { paths.insert(pattern.text) }
    }
    return paths
  }
}
