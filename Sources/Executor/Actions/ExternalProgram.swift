internal import PlanModel
internal import Subprocess

/// The program of an external action: where it is, and how it is called.
struct ExternalProgram {
  /// `execplan-action-NAME`
  var name: String
  var executable: String
  var environment: ProcessEnvironment
  var directory: String

  /// Looks in the folders that the configuration names, then on `PATH`.
  static func find(
    _ name: String, in folders: [String], environment: ProcessEnvironment, directory: String
  ) throws(EvaluationError) -> ExternalProgram {
    var found = ProgramSearch.Result.notFound
    for folder in folders {
      found = ProgramSearch.find(folder + "/" + name, path: nil, directory: nil)
      if found != .notFound { break }
    }
    if found == .notFound { found = ProgramSearch.find(name, path: environment["PATH"], directory: directory) }
    switch found {
    case .found(let path):
      return ExternalProgram(name: name, executable: path, environment: environment, directory: directory)
    case .notExecutable(let path):
      throw EvaluationError("\"\(path)\" may not be executed: chmod +x \(ShellQuoting.quoted(path))")
    case .notFound:
      let places = folders.isEmpty ? "" : "in \(folders.map { "\"\($0)\"" }.joined(separator: ", ")) or "
      throw EvaluationError(
        "there is no program \"\(name)\" \(places)on PATH; \"actions\" in execplan.config.yaml names folders of the "
          + "project with such programs")
    }
  }

  /// It reads one JSON object and writes one; its only argument is the operation.
  func command(_ operation: String, input: [UInt8]) -> ProgramCommand {
    var command = ProgramCommand(
      executable: executable, arguments: [name, operation], environment: environment, directory: directory)
    command.input = input
    command.outputLimit = ActionReply.limit + 1
    return command
  }

  /// What the program reads.
  ///
  /// - Parameters:
  ///   - value: of `with`; nil: what is asked for is no work.
  static func request(
    _ operation: ActionDescription.Operation, with value: Value?, context: [Value.Entry]
  ) -> [UInt8] {
    var fields: [Value.Entry] = [
      .init("protocol", .int(ActionDescription.protocolVersion)), .init("operation", .string(operation.rawValue)),
    ]
    if let value { fields += [.init("with", value), .init("context", .map(context))] }
    return Array(JSONWriter.compact(.map(fields)).utf8) + [0x0A]
  }
}
