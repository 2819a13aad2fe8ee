internal import Digest
internal import Journal
internal import PlanModel
internal import Planner

extension OpeningReader {
  /// What people have said by now, where the plan asks and nobody has passed yet.
  func standings() throws(JournalError) -> [String: ApprovalStanding] {
    let asking = planned.nodes.indices.filter { planned.nodes[$0].isApproval }
    if asking.isEmpty { return [:] }
    let book = try ApprovalBook.read(
      journal, plan: key, run: opening.position.run?.id, now: site.world.wallNow())
    let spoken = asking.filter { !book.isSilent(about: planned.nodes[$0].id) }
    if spoken.isEmpty { return [:] }
    let subjects = ApprovalSubjects(planned)
    var standings: [String: ApprovalStanding] = [:]
    for node in spoken {
      let id = planned.nodes[node].id
      guard case .approve(let action) = planned.nodes[node].step.action,
        let subject = try? subjects.subject(of: node, site.files)
      else { continue }
      standings[id] = try book.standing(of: action, step: id, about: subject, journal)
    }
    return standings
  }

  /// Approvals that the run has passed and that are about something else by now: people are asked again, unless all
  /// that they were asked about is done.
  mutating func voidApprovals() throws(JournalError) {
    let passed = planned.nodes.indices.filter {
      planned.nodes[$0].isApproval && opening.position.checkpoints[planned.nodes[$0].id]?.outcome == .attested
    }
    if passed.isEmpty { return }
    let subjects = ApprovalSubjects(planned)
    for node in passed {
      let id = planned.nodes[node].id
      guard let checkpoint = opening.position.checkpoints[id],
        let subject = try? subjects.subject(of: node, site.files),
        subject.digest != checkpoint.fingerprint.inputs
      else { continue }
      let isOver = subjects.covered(by: node).allSatisfy {
        planned.nodes[$0].isBarrier || planned.nodes[$0].isApproval || opening.position.isDone(planned.nodes[$0].id)
      }
      if isOver { continue }
      opening.position.checkpoints[id] = nil
      opening.position.dropped[id] = Reason(.approval)
      opening.notes.append("\"\(id)\" is asked again: what was approved has changed")
    }
  }
}
