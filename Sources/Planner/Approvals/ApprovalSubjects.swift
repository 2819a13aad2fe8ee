internal import Digest
internal import PlanGraph
internal import PlanModel
internal import SourceText

/// What each question of a plan is about. Made once for all of them: it looks at every step.
package struct ApprovalSubjects {
  private let planned: PlannedPlan
  private let named: ApprovedFiles
  /// By the id of a phase, its steps and its gate.
  private let phases: [String: [Int]]

  package init(_ planned: PlannedPlan) {
    self.planned = planned
    named = ApprovedFiles(planned)
    var phases: [String: [Int]] = [:]
    if planned.graph.approvalCount > 0 {
      for (index, node) in planned.nodes.enumerated()
      where !planned.graph.nodes[index].isFinally && !planned.graph.nodes[index].isApproval && !node.step.isFound {
        // What ends a called plan belongs to the phase from which it is called.
        let call = node.step.closes.flatMap(planned.graph.index(of:))
        if let phase = node.phase ?? call.flatMap({ planned.nodes[$0].phase }) {
          phases[phase, default: []].append(index)
        }
      }
    }
    self.phases = phases
  }

  /// The nodes that an approval is about.
  ///
  /// That of a plan covers all of it, that of a phase the steps and the gate of the phase. A step that asks covers what
  /// comes after it, up to the next one that asks. Items that a run finds are in what finds them.
  package func covered(by node: Int) -> [Int] {
    switch planned.graph.nodes[node].kind {
    case .approval(nil):
      return planned.nodes.indices.filter { $0 != node && !planned.nodes[$0].step.isFound }
    case .approval(let phase?): return phases[planned.plan.phases[phase].id.value] ?? []
    case .step, .gate, .finally:
      var seen: Set<Int> = [node]
      var stack = [node]
      while let next = stack.popLast() {
        for edge in planned.graph.dependents(of: next)
        where !planned.nodes[edge.to].isApproval && seen.insert(edge.to).inserted {
          stack.append(edge.to)
        }
      }
      seen.remove(node)
      return seen.filter { !planned.nodes[$0].step.isFound }.sorted()
    }
  }

  /// What an approval is about, as the plan and the files are now.
  package func subject(of node: Int, _ files: any FileProbe) throws(FileProbeError) -> ApprovalSubject {
    let plan = planned.plan
    var parts: [ApprovalSubject.Part] = []
    func add(_ kind: ApprovalSubject.Part.Kind, _ name: String, _ texts: [String?]) {
      parts.append(.init(kind: kind, name: name, digest: ApprovalSubjects.digest(texts)))
    }
    var judged: [Phase] = []
    switch planned.graph.nodes[node].kind {
    case .approval(nil):
      add(.plan, "", [plan.title, plan.notes.purpose])
      judged = plan.phases
    case .approval(let phase?): judged = [plan.phases[phase]]
    case .step, .gate, .finally: break
    }
    for phase in judged {
      add(.phase, phase.id.value, [phase.title, phase.objective] + phase.deliverables + phase.criteria)
    }
    add(
      .parameters, "",
      plan.parameters.map { "\($0.name.value)=\(JSONWriter.compact($0.value ?? .null))" } + [plan.profile])
    add(.secrets, "", plan.secrets.map(\.name.value))
    let covered = covered(by: node)
    for index in [node] + covered where !planned.nodes[index].isBarrier {
      let asked = planned.nodes[index]
      add(
        index == node ? .question : asked.isGate ? .gate : .step, asked.id,
        [asked.digest.hex, asked.step.title, asked.step.description])
    }
    for path in try named.paths(ofSteps: covered, files) {
      parts.append(
        .init(kind: .file, name: path, digest: try files.digest(path) ?? ApprovalSubjects.digest([nil])))
    }
    return ApprovalSubject(parts: parts)
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
