internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner

extension OpeningReader {
  /// What people have said by now, where the plan asks and nobody has passed yet.
  func standings() throws(JournalError) -> [String: ApprovalStanding] {
    let asking = planned.nodes.indices.filter { planned.nodes[$0].isApproval }
    if asking.isEmpty { return [:] }
    let book = try ApprovalBook.read(journal, plan: key, run: opening.position.run?.id)
    let spoken = asking.filter { !book.isSilent(about: planned.nodes[$0].id) }
    if spoken.isEmpty { return [:] }
    let subjects = ApprovalSubjects(planned)
    var standings: [String: ApprovalStanding] = [:]
    for node in spoken {
      let id = planned.nodes[node].id
      guard case .approve(let action) = planned.nodes[node].step.action,
        let subject = try? subjects.subject(of: node, site.files, done: done)
      else { continue }
      standings[id] = try book.standing(
        of: action, step: id, about: subject.digest, now: site.world.wallNow(), journal
      ) { subject }
    }
    return standings
  }

  /// Approvals that the run has passed and that are about something else by now: people are asked again, unless all
  /// that they were asked about is done. Comes last, when it is known what runs again. Where the files can't be read,
  /// nobody knows what they are, and people are asked again.
  mutating func voidApprovals() throws(JournalError) {
    let passed = planned.nodes.indices.filter {
      planned.nodes[$0].isApproval && opening.position.checkpoints[planned.nodes[$0].id]?.outcome == .attested
    }
    if passed.isEmpty { return }
    let subjects = ApprovalSubjects(planned)
    var voided: [Int] = []
    for node in passed {
      let id = planned.nodes[node].id
      guard let checkpoint = opening.position.checkpoints[id] else { continue }
      let subject = try? subjects.subject(of: node, site.files, done: done)
      if let subject, subject.digest == checkpoint.fingerprint.inputs { continue }
      if subjects.covered(by: node).allSatisfy(isOver) { continue }
      opening.position.checkpoints[id] = nil
      opening.position.stale.remove(id)
      opening.position.dropped[id] = Reason(.approval)
      opening.notes.append(
        "\"\(id)\" is asked again: "
          + (subject == nil ? "a file that was approved can't be read" : "what was approved has changed"))
      voided.append(node)
    }
    // What is done lies between the question and what is to come, which waits for it: it is looked at again, and stays.
    for dependent in planned.graph.downstream(of: voided) where !planned.nodes[dependent].isFinally {
      let id = planned.nodes[dependent].id
      if opening.position.checkpoints[id] != nil { opening.position.stale.insert(id) }
    }
  }

  private func done(_ node: Int) -> Checkpoint? { opening.position.checkpoints[planned.nodes[node].id] }

  /// Whether nothing of a node is to come any more; of one that finds items, nothing of those that it found.
  private func isOver(_ node: Int) -> Bool {
    if planned.nodes[node].isBarrier || planned.nodes[node].isApproval { return true }
    return ([node] + planned.graph.found(by: node)).allSatisfy {
      opening.position.isDone(planned.nodes[$0].id)
    }
  }
}
