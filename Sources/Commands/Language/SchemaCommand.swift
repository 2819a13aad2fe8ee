internal import Executor
internal import Glibc
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
    let folder = (root == "/" ? "" : root) + "/schemas"
    let path = "\(folder)/\(schema.fileName)"
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
    return .success
  }
}
