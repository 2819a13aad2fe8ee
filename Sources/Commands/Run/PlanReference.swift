internal import Executor
internal import Journal
internal import PlanModel

/// A plan as commands about its record name it: they work when the plan file no longer parses, or is gone.
struct PlanReference {
  let project: Project
  let key: String
  let command: CommandWords
  /// The plan's file, if it is there.
  let file: String?

  /// - Throws: exit 64 when no plan can be meant.
  static func find(_ invocation: Invocation, _ word: String?) throws -> PlanReference {
    guard let here = ProjectRoot.workingDirectory() else {
      throw CommandFailure(.ioError, "the working directory is gone")
    }
    if let word {
      let path = PathName.absolute(word)
      if PathName.exists(path), !PathName.isFolder(path) {
        if let refusal = SavedPlanFile.refusal(of: path) { throw refusal }
        return try ofFile(path, invocation)
      }
      let project = try invocation.project(ofFolder: here)
      let records = try JournalAccess.read(project.state) { reader throws(JournalError) in try reader.plans() }
      let relative = project.relative(path)
      if let record = records.first(where: { $0.key == word || $0.path == relative || $0.path == word }) {
        return PlanReference(
          project: project, key: record.key, command: CommandWords(plan: ShellQuoting.quoted(word)), file: nil)
      }
    }
    return try ofFile(try PlanArgument(invocation: invocation, prefersUnfinished: true).path(word), invocation)
  }

  private static func ofFile(_ path: String, _ invocation: Invocation) throws -> PlanReference {
    let project = try invocation.project(ofFile: path)
    let relative = project.relative(path)
    let bytes = (try? PlanFile.bytes(path)) ?? []
    let base = PlanIdentity.id(in: bytes, path: relative)
    let records = try JournalAccess.read(project.state) { reader throws(JournalError) in try reader.plans() }
    // What the journal knows of this path holds when the file can't be read any more.
    let known = records.first { $0.path == relative }
    var key = base ?? known?.key ?? relative
    if let record = records.last(where: { $0.path == relative && $0.key.hasPrefix(key + "?") }) { key = record.key }
    return PlanReference(
      project: project, key: key, command: CommandWords(plan: ShellQuoting.quoted(PathName.shown(path))), file: path)
  }
}
