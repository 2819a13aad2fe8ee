internal import Executor
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import Reporting

/// `execplan new TITLE`.
enum NewCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let console = invocation.console
    guard let here = ProjectRoot.workingDirectory() else {
      throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
    }
    let title = invocation.parsed.positional("TITLE") ?? ""
    guard title.contains(where: { !$0.isWhitespace }) else {
      throw CommandFailure(.usage, "the title is empty", advice: "execplan new \"My plan\"")
    }
    let project = try invocation.project(ofFolder: here)
    let id = try id(invocation.parsed.value("id") ?? PlanSlug.of(title), isChosen: invocation.parsed.has("id"))
    let plans = PlanDiscovery(project: project).documents(below: project.root)
    let path = try path(
      invocation.parsed.value("output"), id: id, isMarkdown: isMarkdown(invocation, project), in: project,
      here: here, plans.map(\.path))
    if PathName.exists(path) {
      throw CommandFailure(
        .usage, "there is already a file \"\(PathName.shown(path))\"", advice: "write elsewhere: -o PATH")
    }
    for (other, document) in plans where PlanIdentity.id(of: document) == id {
      throw CommandFailure(
        .usage, "the plan \"\(PathName.shown(other))\" has the id \"\(id)\" already", advice: "choose another: --id ID")
    }
    let text =
      PlanDocument.isMarkdown(path)
      ? SampleDocument(title: title, id: id).text
      : SamplePlan(title: title, id: id, schema: schema(for: path, in: project)).text
    try NewFile.write(Array(text.utf8), to: path)
    let name = PathName.shown(path)
    console.write(name + "\n")
    console.say("it runs as it stands; next: execplan validate \(ShellQuoting.quoted(name))")
    return .success
  }

  private static func id(_ id: String, isChosen: Bool) throws -> String {
    guard PlanSlug.isIdentifier(id) else {
      throw CommandFailure(
        .usage, "\"\(PrintableText.line(id))\" cannot be an id",
        advice: "use letters, digits, \"_\", \"-\" and \".\", with a letter, digit or \"_\" first")
    }
    return id
  }

  /// What the person says counts, then the name of the file, then the configuration.
  private static func isMarkdown(_ invocation: Invocation, _ project: Project) -> Bool {
    if invocation.parsed.has("format") { return invocation.parsed.value("format") == "markdown" }
    if let output = invocation.parsed.value("output") {
      if PlanDocument.isMarkdown(output) { return true }
      if output.hasSuffix(".yaml") || output.hasSuffix(".yml") { return false }
    }
    return project.settings.configuration.newPlans.format != .yaml
  }

  /// Where the plan goes: where the person says, else where the configuration says, else into
  /// the folder `plans`, else beside the other plans, else here.
  private static func path(
    _ chosen: String?, id: String, isMarkdown: Bool, in project: Project, here: String, _ plans: [String]
  ) throws -> String {
    let fileName = isMarkdown ? "\(id).md" : "\(id).execplan.yaml"
    if let chosen {
      let path = PathName.absolute(chosen)
      if chosen.hasSuffix("/") || PathName.isFolder(path) { return path + "/" + fileName }
      let isYAML = chosen.hasSuffix(".yaml") || chosen.hasSuffix(".yml")
      guard isMarkdown ? PlanDocument.isMarkdown(chosen) : isYAML else {
        throw CommandFailure(
          .usage, "\"\(chosen)\" is no name for a \(isMarkdown ? "markdown" : "YAML") plan",
          advice: "end it in \(isMarkdown ? ".md" : ".execplan.yaml"), or name a folder")
      }
      return path
    }
    if let folder = project.settings.configuration.newPlans.folder { return "\(project.root)/\(folder)/\(fileName)" }
    let folder = project.root + "/plans"
    if PathName.isFolder(folder) { return folder + "/" + fileName }
    let folders = Set(plans.map(PathName.parent))
    return (folders.count == 1 ? folders.first ?? here : here) + "/" + fileName
  }

  /// The project's copy of the schema, as the plan's file names it; nil if there is none.
  private static func schema(for path: String, in project: Project) -> String? {
    for candidate in [".vscode/execplan.schema.json", "schemas/execplan.schema.json"] {
      guard PathName.exists(project.root + "/" + candidate), path.hasPrefix(project.root + "/") else { continue }
      let depth = project.relative(path).split(separator: "/").count - 1
      return (depth == 0 ? "./" : String(repeating: "../", count: depth)) + candidate
    }
    return nil
  }
}
