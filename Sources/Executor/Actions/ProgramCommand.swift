internal import PlanModel
internal import SourceText
package import Subprocess

/// A program of a step, wholly decided: what is started, with which words, where, and with what environment.
package struct ProgramCommand: Sendable {
  package var executable: String
  package var arguments: [String]
  package var environment: ProcessEnvironment
  var directory: String
  /// Started without a shell, although the step is shell text.
  var isDirect = false
  /// A script that is too long for an argument, or for an interpreter that reads files.
  var scriptFile: (path: String, text: String)?
  /// What the program reads from stdin; nil: `/dev/null`.
  var input: [UInt8]?
  /// Bytes of stdout, and of stderr, that are kept in memory when it is run to its end.
  var outputLimit = 1 << 20
  /// Whether it is ended when it writes more than that.
  var endsWhenCut = false
  /// Bytes of the largest file that it may write; it is ended by SIGXFSZ when it would write more.
  var fileSizeLimit: Int?
  /// It is ended with SIGINT instead of SIGTERM when it is run to its end.
  var isInterrupted = false
  /// Why there is nothing to start: that makes the attempt fail as the shell says it, with 127 or 126.
  var problem: SpawnError?

  /// Longer scripts go by file: one argument may hold at most 131,072 bytes on Linux.
  private static let argumentLimit = 96 * 1024

  /// The command for shell text or the text of another interpreter.
  ///
  /// - Parameter scriptPath: where a script may be written that can't be an argument.
  static func script(
    _ script: ShellScript, interpreter: Interpreter?, context: StepContext, scriptPath: String
  ) throws -> ProgramCommand {
    var environment = try context.environment()
    let bindings = try context.bindings(of: script)
    for (name, value) in bindings { environment[name] = value }
    let directory = try context.directory()
    environment.enter(directory)
    let shell = interpreter ?? context.step.shell
    if interpreter == nil, shell.isDefault, !environment.changesShells,
      let words = SimpleCommand.parse(script.text, bindings: bindings), let name = words.first,
      case .found(let path) = ProgramSearch.find(name, path: environment["PATH"], directory: directory)
    {
      return ProgramCommand(
        executable: path, arguments: words, environment: environment, directory: directory, isDirect: true)
    }
    var words = shell.words
    var file: (path: String, text: String)?
    // An option at the end (`-c`, `-e`) takes the text itself; anything else reads a file.
    if let last = words.last, words.count > 1, last.hasPrefix("-"), script.text.utf8.count <= argumentLimit {
      words.append(script.text)
    } else {
      if shell.isShell, let last = words.last, last == "-c" { words.removeLast() }
      file = (scriptPath, script.text)
      words.append(scriptPath)
    }
    return found(words, environment, directory, file)
  }

  /// The command of an `exec` action.
  static func exec(_ action: ExecAction, context: StepContext) throws -> ProgramCommand {
    var words: [String] = []
    for argument in action.arguments {
      let value = try argument.render(in: context.scope)
      if case .list(let items) = value, argument.soleExpression != nil {
        for item in items { words.append(try text(item, argument.range)) }
      } else {
        words.append(try text(value, argument.range))
      }
    }
    let directory = try context.directory()
    var environment = try context.environment()
    environment.enter(directory)
    return found(words, environment, directory, nil)
  }

  private static func text(_ value: Value, _ range: SourceRange) throws(EvaluationError) -> String {
    guard let text = value.text else {
      throw EvaluationError("an argument cannot be a \(value.typeName); use join or toJSON", range)
    }
    return text
  }

  static func found(
    _ words: [String], _ environment: ProcessEnvironment, _ directory: String, _ file: (path: String, text: String)?
  ) -> ProgramCommand {
    guard let name = words.first else { return nothing("", environment, directory, .notFound(program: "")) }
    switch ProgramSearch.find(name, path: environment["PATH"], directory: directory) {
    case .found(let path):
      return ProgramCommand(
        executable: path, arguments: words, environment: environment, directory: directory, scriptFile: file)
    case .notFound: return nothing(name, environment, directory, .notFound(program: name))
    case .notExecutable: return nothing(name, environment, directory, .notExecutable(program: name))
    }
  }

  private static func nothing(
    _ name: String, _ environment: ProcessEnvironment, _ directory: String, _ problem: SpawnError
  ) -> ProgramCommand {
    ProgramCommand(executable: name, arguments: [], environment: environment, directory: directory, problem: problem)
  }

  func request() throws(SpawnError) -> SpawnRequest {
    if let problem { throw problem }
    var request = SpawnRequest(
      executable: executable, arguments: StringBlock(arguments), environment: environment.block, directory: directory)
    request.fileSizeLimit = fileSizeLimit.map(UInt64.init)
    return request
  }

  func writeScriptFile() throws {
    guard let scriptFile else { return }
    try PrivateFile.write(scriptFile.text, to: scriptFile.path)
  }
}
