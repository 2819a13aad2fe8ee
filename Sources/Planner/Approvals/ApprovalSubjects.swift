internal import Digest
internal import PlanGraph
package import PlanModel
internal import SourceText

/// What each question of a plan is about. Made once for all of them: it looks at every step.
package struct ApprovalSubjects {
  private let planned: PlannedPlan
  private let named: ApprovedFiles
  /// By the id of a phase, its steps and its gate.
  private let phases: [String: [Int]]
  /// What belongs to no phase: the steps under `finally` and the gates at the end. They judge and end what was begun, so
  /// whoever lets a phase begin agrees to them.
  private let closing: [Int]

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
    closing = planned.nodes.indices.filter { node in
      guard planned.nodes[node].phase == nil || planned.graph.nodes[node].isFinally else { return false }
      return !planned.nodes[node].isDemandedApproval && planned.nodes[node].step.closes == nil
        && !planned.nodes[node].step.isFound
    }
  }

  /// The nodes that an approval is about.
  ///
  /// That of a plan covers all of it, that of a phase the steps and the gate of the phase, and what belongs to no phase.
  /// A step that asks covers what comes after it, up to the next one that asks. Items that a run finds are in what finds them.
  package func covered(by node: Int) -> [Int] {
    switch planned.graph.nodes[node].kind {
    case .approval(nil):
      return planned.nodes.indices.filter { $0 != node && !planned.nodes[$0].step.isFound }
    case .approval(let phase?): return (phases[planned.plan.phases[phase].id.value] ?? []) + closing
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
  ///
  /// - Parameter done: what a step came to; nil while it is not done.
  package func subject(
    of node: Int, _ files: any FileProbe, done: (Int) -> Checkpoint?
  ) throws(FileProbeError) -> ApprovalSubject {
    let parts = try named.parts(of: named.named(bySteps: covered(by: node)), files)
    return subject(of: node, with: parts, files, done: done)
  }

  /// - Parameter parts: the files as they were when they were looked at.
  package func subject(
    of node: Int, with parts: [ApprovalSubject.Part], _ files: any FileProbe, done: (Int) -> Checkpoint?
  ) -> ApprovalSubject {
    ApprovalSubject(texts: texts(of: node, files, done), files: parts)
  }

  /// What an approval is about, for looking at its files more than once.
  package func topic(of node: Int, _ files: any FileProbe, done: (Int) -> Checkpoint?) -> ApprovalTopic {
    ApprovalTopic(texts(of: node, files, done), named.named(bySteps: covered(by: node)), named)
  }

  /// All that is no file.
  private func texts(of node: Int, _ files: any FileProbe, _ done: (Int) -> Checkpoint?) -> [ApprovalSubject.Part] {
    let plan = planned.plan
    var parts: [ApprovalSubject.Part] = []
    func add(_ kind: ApprovalSubject.Part.Kind, _ name: String, _ texts: [String?]) {
      parts.append(.init(kind: kind, name: name, digest: ApprovalSubjects.digest(texts)))
    }
    var judged = 0..<0
    var outside: Set<Int> = []
    switch planned.graph.nodes[node].kind {
    case .approval(nil):
      add(.plan, "", [plan.title, plan.notes.purpose])
      judged = plan.phases.indices
    case .approval(let phase?):
      judged = phase..<phase + 1
      outside = Set(closing)
    case .step, .gate, .finally: break
    }
    for index in judged { add(.phase, plan.phases[index].id.value, texts(ofPhase: index)) }
    add(
      .parameters, "",
      plan.parameters.map { "\($0.name.value)=\(JSONWriter.compact($0.value ?? .null))" } + [plan.profile])
    add(.secrets, "", plan.secrets.flatMap(ApprovalSubjects.texts))
    add(.settings, "", [plan.order.rawValue, plan.strategy?.rawValue, plan.timeout.map(ApprovedTerms.text)])
    if let values = AskedValues(planned, node) {
      add(.values, planned.nodes[node].id, [values.digest(files, done).hex])
    }
    for index in [node] + covered(by: node) {
      let asked = planned.nodes[index]
      let terms = ApprovedTerms(asked, statics: planned.statics).definition
      if asked.isBarrier {
        if asked.isGroup, !terms.fields.isEmpty { add(.group, asked.id, [terms.digest.hex]) }
        continue
      }
      add(
        index == node ? .question : asked.isGate ? .gate : outside.contains(index) ? .closing : .step, asked.id,
        [asked.digest.hex, terms.digest.hex, asked.step.title, asked.step.description])
    }
    return parts
  }

  /// Where a secret comes from decides which one it is; what it is stands nowhere.
  private static func texts(of secret: Secret) -> [String] {
    let source: [String] =
      switch secret.source {
      case .environment(let variable): ["env", variable.value]
      case .file(let path): ["file", path.text]
      case .command(let words): ["command"] + words.map(\.value)
      }
    return [secret.name.value, "\(secret.isOptional)", "\(source.count)"] + source
  }

  /// What people read of a phase, and after which phases it comes.
  private func texts(ofPhase index: Int) -> [String?] {
    let phases = planned.plan.phases
    let phase = phases[index]
    let before = phase.needs?.map(\.value) ?? (index > 0 ? [phases[index - 1].id.value] : [])
    var texts: [String?] = [phase.title, phase.objective]
    for list in [phase.deliverables, phase.criteria, before] { texts += [String(list.count)] + list }
    return texts
  }

  /// Over texts, each with its length before it.
  static func digest(_ texts: [String?]) -> SHA256Digest {
    var hash = SHA256()
    for text in texts {
      hash.update("\(text.map(\.utf8.count) ?? -1):")
      hash.update(text ?? "")
    }
    return hash.finish()
  }
}
