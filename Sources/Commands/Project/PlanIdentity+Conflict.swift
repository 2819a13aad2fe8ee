internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

extension PlanIdentity {
  /// The refusal when the record under the plan's id is that of another file that is there and has the id still: a
  /// copy would go on with the runs of its original, and skip what that did.
  static func conflict(_ runnable: RunnablePlan) throws -> Refusal? {
    let (plan, project) = (runnable.planned.plan, runnable.project)
    // Without an id the path itself is the identity.
    guard plan.key != plan.path else { return nil }
    let record = try JournalAccess.read(project.state) { reader throws(JournalError) in
      try reader.plans().first { $0.key == plan.key }
    }
    guard let record, record.path != plan.path else { return nil }
    let other = project.root + "/" + record.path
    guard let bytes = try? PlanFile.bytes(other), let id = id(in: bytes, path: record.path),
      id == PlanIdentity.id(in: runnable.loaded.source.bytes, path: plan.path)
    else { return nil }
    let words = [record.path, plan.path].map { ShellQuoting.quoted(PathName.shown(project.root + "/" + $0)) }
    return Refusal(
      .refused, "\"\(plan.path)\" and \"\(record.path)\" have the same id, \"\(id)\"",
      details: ["what is recorded under it belongs to \"\(record.path)\"; give the other one an id of its own"],
      nextCommands: ["validate \(words.joined(separator: " "))"])
  }
}
