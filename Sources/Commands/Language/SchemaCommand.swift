internal import Executor
internal import Glibc
internal import PlanLoading
internal import PlanModel
internal import Reporting

/// `execplan schema`.
enum SchemaCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let schema = invocation.parsed.positional("NAME").flatMap(Schema.init(rawValue:)) ?? .plan
    guard invocation.parsed.has("install") else {
      invocation.console.write(schema.text)
      return .success
    }
    guard let here = ProjectRoot.workingDirectory() else {
      throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
    }
    let root = invocation.projects.project(ofFolder: here).root
    let folder = (root == "/" ? "" : root) + "/.vscode"
    let path = "\(folder)/\(schema.installedName)"
    guard unsafe mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw CommandFailure(.ioError, "cannot make the folder \"\(folder)\": \(ErrnoText.text(errno))")
    }
    let bytes = Array(schema.text.utf8)
    if let old = try? PlanFile.bytes(path), old == bytes {
      invocation.console.say("\(PathName.shown(path)): up to date")
    } else {
      try AtomicFile.replace(path, with: bytes)
      invocation.console.say("\(PathName.shown(path)): written")
    }
    if let files = files(of: schema) {
      invocation.console.say(
        "VS Code uses it with this in .vscode/settings.json: \"yaml.schemas\": {\".vscode/\(schema.installedName)\": "
          + "\"\(files)\"}; any editor with this as the first line of a file at the root: "
          + "# yaml-language-server: $schema=.vscode/\(schema.installedName)")
    }
    return .success
  }

  /// Which files an editor holds against the schema; nil for those of outputs.
  private static func files(of schema: Schema) -> String? {
    switch schema {
    case .plan: "*.execplan.yaml"
    case .config: ProjectConfiguration.fileName
    case .events, .diagnostics, .changeset, .saved, .status, .report, .test: nil
    }
  }
}
