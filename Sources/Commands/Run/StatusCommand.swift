internal import Executor
internal import Journal
internal import PlanModel
internal import Reporting
internal import Subprocess

/// `execplan status`: where a plan stands, or all plans.
enum StatusCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    let json = parsed.value("format") == "json"
    return try Reply.of(invocation, json: json) {
      let console = invocation.console
      let width = TerminalSize.of(descriptor: 1)?.width
      guard parsed.positional("PLAN") != nil || parsed.has("run") else {
        let list = try all(invocation)
        if json {
          console.write(list.json())
        } else {
          console.write(list.text(console.outputStyle, now: WallClock.now(), width: width))
        }
        return .success
      }
      let reference = try PlanReference.find(invocation, parsed.positional("PLAN"))
      let view = try StatusReport.view(
        reference.project.state, plan: reference.key, run: try runID(invocation, reference), command: reference.command)
      if json {
        console.write(view.json())
      } else {
        console.write(
          view.text(
            console.outputStyle, now: WallClock.now(), width: width, showsResources: console.isVerbose))
      }
      return .success
    }
  }

  private static func runID(_ invocation: Invocation, _ reference: PlanReference) throws -> Int64? {
    guard let id = invocation.parsed.count("run").map(Int64.init) else { return nil }
    let run = try JournalAccess.read(reference.project.state) { reader throws(JournalError) in try reader.run(id) }
    guard run?.plan == reference.key else {
      throw CommandFailure(.usage, "there is no run \(id) of \"\(reference.key)\"", advice: "execplan runs")
    }
    return id
  }

  /// Every plan of the project, those that were never run too.
  private static func all(_ invocation: Invocation) throws -> StatusListView {
    guard let here = ProjectRoot.workingDirectory() else {
      throw CommandFailure(.ioError, "the working directory is gone")
    }
    let project = try invocation.project(ofFolder: here)
    let records = try JournalAccess.read(project.state) { reader throws(JournalError) in try reader.plans() }
    var entries: [StatusView] = []
    var seen: Set<String> = []
    for record in records {
      seen.insert(record.path)
      let path = project.root + "/" + record.path
      let command = CommandWords(plan: ShellQuoting.quoted(PathName.shown(path)))
      entries.append(try StatusReport.view(project.state, plan: record.key, run: nil, command: command))
    }
    for path in PlanDiscovery(project: project).plans(below: project.root) where !seen.contains(project.relative(path))
    {
      let words = ShellQuoting.quoted(PathName.shown(path))
      entries.append(StatusView(plan: project.relative(path), run: nil, nextCommand: "execplan apply \(words)"))
    }
    return StatusListView(plans: entries)
  }
}
