internal import Digest
internal import PlanGraph
internal import PlanModel
internal import SourceText

extension PlannedPlan {
  /// The nodes at which people are asked, in the order of the plan.
  package var approvals: [Int] { listedNodes.filter { nodes[$0].isApproval } }

  /// The steps that an approval is about.
  ///
  /// That of a plan covers all of it, that of a phase the steps and the gate of the phase. A step that asks covers what
  /// comes after it, up to the next one that asks. Items that a run finds are in what finds them.
  package func covered(byApproval node: Int) -> [Int] {
    switch graph.nodes[node].kind {
    case .approval(nil):
      return nodes.indices.filter { $0 != node && !nodes[$0].step.isFound }
    case .approval(let phase?):
      let id = plan.phases[phase].id.value
      return nodes.indices.filter {
        $0 != node && nodes[$0].phase == id && !graph.nodes[$0].isFinally && !nodes[$0].step.isFound
      }
    case .step, .gate, .finally:
      var seen: Set<Int> = [node]
      var stack = [node]
      while let next = stack.popLast() {
        for edge in graph.dependents(of: next) where !nodes[edge.to].isApproval && seen.insert(edge.to).inserted {
          stack.append(edge.to)
        }
      }
      seen.remove(node)
      return seen.filter { !nodes[$0].step.isFound }.sorted()
    }
  }

  /// What an approval is about, as the plan and the files are now.
  package func subject(
    ofApproval node: Int, files: any FileProbe
  ) throws(FileProbeError) -> ApprovalSubject {
    var parts: [ApprovalSubject.Part] = []
    func add(_ kind: ApprovalSubject.Part.Kind, _ name: String, _ texts: [String?]) {
      parts.append(.init(kind: kind, name: name, digest: PlannedPlan.digest(texts)))
    }
    switch graph.nodes[node].kind {
    case .approval(nil): add(.plan, "", [plan.title, plan.notes.purpose])
    case .approval, .step, .gate, .finally: break
    }
    for phase in phases(ofApproval: node) {
      add(.phase, phase.id.value, [phase.title, phase.objective] + phase.deliverables + phase.criteria)
    }
    add(
      .parameters, "",
      plan.parameters.map { "\($0.name.value)=\(JSONWriter.compact($0.value ?? .null))" } + [plan.profile])
    add(.secrets, "", plan.secrets.map(\.name.value))
    let covered = covered(byApproval: node)
    for index in [node] + covered where !nodes[index].isBarrier {
      add(
        index == node ? .question : nodes[index].isGate ? .gate : .step, nodes[index].id,
        [nodes[index].digest.hex, nodes[index].step.title, nodes[index].step.description])
    }
    for path in try ApprovedFiles(self).paths(ofSteps: covered, files) {
      parts.append(
        .init(kind: .file, name: path, digest: try files.digest(path) ?? PlannedPlan.digest([nil])))
    }
    return ApprovalSubject(parts: parts)
  }

  private func phases(ofApproval node: Int) -> [Phase] {
    switch graph.nodes[node].kind {
    case .approval(nil): plan.phases
    case .approval(let phase?): [plan.phases[phase]]
    case .step, .gate, .finally: []
    }
  }

  /// Over texts, each with its length before it.
  private static func digest(_ texts: [String?]) -> SHA256Digest {
    var hash = SHA256()
    for text in texts {
      hash.update("\(text.map(\.utf8.count) ?? -1):")
      hash.update(text ?? "")
    }
    return hash.finish()
  }
}
