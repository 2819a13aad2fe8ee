internal import Executor
internal import Glibc
internal import Journal
internal import PlanModel
internal import Subprocess

/// `execplan doctor --action NAME`: the program of an external action, held against the protocol.
enum DoctorActionCommand {
  static func run(_ invocation: Invocation, name: String) throws -> ExitCode {
    guard let directory = ProjectRoot.workingDirectory() else {
      throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
    }
    let project = invocation.projects.project(ofFolder: directory)
    let name =
      name.hasPrefix(ActionDescription.programPrefix)
      ? String(name.dropFirst(ActionDescription.programPrefix.count)) : name
    guard !name.isEmpty, !name.contains("/") else {
      throw CommandFailure(.usage, "--action takes the name of an action, as it stands behind \"uses\"")
    }
    let value = try invocation.parsed.value("with").map { try Self.value($0) }
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    var conformance = ActionConformance(
      name: name, folders: project.actionFolders, environment: ProcessEnvironment.inherited(), scratch: scratch.path)
    if invocation.parsed.has("describe") { return try describe(conformance, invocation) }
    let findings = conformance.check(with: value) { program in
      try? PlanFile.bytes(program + ".json", limit: ActionReply.limit)
    }
    let report = DoctorReport(rows: findings.map { .init(check: "action", finding: DoctorFinding($0)) })
    if invocation.parsed.value("format") == "json" {
      invocation.console.write(report.json)
    } else {
      invocation.console.write(report.text(invocation.console.outputStyle))
    }
    return report.isHealthy ? .success : .failure
  }

  /// What the file beside the program is to hold.
  private static func describe(_ conformance: ActionConformance, _ invocation: Invocation) throws -> ExitCode {
    do {
      let value = try JSONReader.read(try conformance.description())
      invocation.console.write(JSONWriter.pretty(value) + "\n")
      return .success
    } catch {
      throw CommandFailure(
        .failure, (error as? EvaluationError)?.message ?? "\(error)", advice: "execplan doctor --action NAME says more")
    }
  }

  /// JSON, or the path of a file with it.
  private static func value(_ text: String) throws(CommandFailure) -> Value {
    var bytes = Array(text.utf8)
    if !text.drop(while: { $0 == " " }).hasPrefix("{") { bytes = try PlanFile.bytes(text, limit: ActionReply.limit) }
    do throws(JSONError) {
      return try JSONReader.read(bytes)
    } catch {
      throw CommandFailure(
        .usage, "--with is no JSON: \(error.message) at byte \(error.offset)", advice: "write --with '{\"field\": 1}'")
    }
  }
}

extension DoctorFinding {
  fileprivate init(_ finding: ActionConformance.Finding) {
    let status: Status =
      switch finding.status {
      case .ok: .ok
      case .warning: .warn
      case .failure: .fail
      }
    self.init(status, finding.subject, finding.detail, advice: finding.advice)
  }
}

/// A folder of our own for as long as something is tried in it.
private struct ScratchFolder {
  let path: String

  init() throws(CommandFailure) {
    let base = "/tmp/execplan-doctor-XXXXXX"
    var template = Array(base.utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard made else { throw CommandFailure(.ioError, "can't make a folder below /tmp: \(ErrnoText.text(errno))") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// What can't be removed stays below /tmp.
  func remove() { try? FolderTree.remove(path) }
}
