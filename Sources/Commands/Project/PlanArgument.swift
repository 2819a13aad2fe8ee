internal import Executor
internal import Journal
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// Finds the plan that a command is about: a path, an id, or none given.
struct PlanArgument {
  let invocation: Invocation
  /// Whether an unfinished run decides when no plan is named.
  var prefersUnfinished = false

  /// - Returns: the absolute path.
  /// - Throws: exit 64 when no plan, or more than one, could be meant.
  func path(_ word: String?) throws -> String {
    guard let word else { return try only() }
    let path = PathName.absolute(word)
    if PathName.exists(path), !PathName.isFolder(path) {
      if let refusal = SavedPlanFile.refusal(of: path) { throw refusal }
      return path
    }
    if PathName.isFolder(path) {
      let project = try invocation.project(ofFolder: path)
      return try one(PlanDiscovery(project: project).plans(below: path), "below \"\(word)\"")
    }
    if let found = try byID(word) { return found }
    throw CommandFailure(
      .usage, "there is no plan \"\(word)\"", advice: "give a file, or the id of a plan below this folder")
  }

  private func only() throws -> String {
    guard let here = ProjectRoot.workingDirectory() else {
      throw CommandFailure(.ioError, "the working directory is gone")
    }
    let project = try invocation.project(ofFolder: here)
    if prefersUnfinished {
      let runs = try JournalAccess.read(project.state) { reader throws(JournalError) in try reader.unfinishedRuns() }
      let paths = runs.map { project.root + "/" + $0.path }.filter { PathName.exists($0) }
      if paths.count == 1 { return paths[0] }
      if paths.count > 1 { return try one(paths, "with an unfinished run") }
    }
    let below = PlanDiscovery(project: project).plans(below: here)
    if !below.isEmpty { return try one(below, "below this folder") }
    return try one(PlanDiscovery(project: project).plans(below: project.root), "in this project")
  }

  private func one(_ paths: [String], _ place: String) throws -> String {
    guard let first = paths.first else {
      throw CommandFailure(
        .usage, "there is no plan \(place)", advice: "execplan new \"My plan\"")
    }
    guard paths.count == 1 else {
      let names = paths.prefix(20).map { "  " + PathName.shown($0) }.joined(separator: "\n")
      throw CommandFailure(.usage, "there are \(paths.count) plans \(place); name one of them:\n\(names)")
    }
    return first
  }

  private func byID(_ id: String) throws -> String? {
    guard !id.contains("/"), let here = ProjectRoot.workingDirectory() else { return nil }
    let project = try invocation.project(ofFolder: here)
    var found: [String] = []
    for (path, document) in PlanDiscovery(project: project).documents(below: project.root)
    where PlanIdentity.id(of: document) == id {
      found.append(path)
    }
    if found.count > 1 { return try one(found, "with the id \"\(id)\"") }
    return found.first
  }
}
