internal import PlanModel
internal import SourceText
internal import Subprocess

/// A server that is reached with `psql`: everything that is needed to give it a script.
package struct PostgresSession: Sendable {
  let world: any ExecutionWorld
  let command: ProgramCommand
  let cancellation: Cancellation
  /// How long a script may take; nil: somebody else watches the time.
  var timeout: Duration?
  /// Begins the lines that a script writes about itself.
  let nonce: String

  /// Bytes of rows that a query may give.
  static let rowsLimit = 16 << 20

  /// - Throws: when an expression of the connection has no value, or its text can't be read.
  init(_ connection: PostgresConnection, context: StepContext) throws {
    world = context.site.world
    cancellation = context.cancellation
    nonce = "execplan-\(UInt64.random(in: .min ... .max))"
    var environment = try context.environment()
    try PostgresSession.apply(connection, context, to: &environment)
    var command = ProgramCommand.found(
      // Without start-up files, quiet, rows without their headings, and never a question for a password.
      [
        "psql", "-X", "-q", "-A", "-t", "--no-password", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-v",
        "SHOW_CONTEXT=never", "-f", "-",
      ], environment, context.site.root, nil)
    command.isInterrupted = true
    // More than the longest value, in its longest form.
    command.outputLimit = PostgresSession.rowsLimit + (1 << 20)
    self.command = command
  }

  /// What the plan says of a connection wins over the variables of execplan's own environment.
  private static func apply(
    _ connection: PostgresConnection, _ context: StepContext, to environment: inout ProcessEnvironment
  ) throws {
    var values: [(keyword: PostgresKeyword, value: String)] = []
    if let template = connection.text {
      let text = PostgresSession.afterScheme(try template.renderText(in: context.scope))
      do throws(PostgresText.Problem) {
        values = try PostgresText.parse(text)
      } catch {
        throw EvaluationError("the text of the connection can't be read: \(error.message)", template.range)
      }
    }
    for setting in connection.settings {
      values.append((setting.keyword, try setting.value.renderText(in: context.scope)))
    }
    if !values.isEmpty { environment["PGSERVICE"] = nil }
    if values.contains(where: { $0.keyword == .host }) { environment["PGHOSTADDR"] = nil }
    for (keyword, value) in values {
      if value.utf8.contains(0) {
        throw EvaluationError("the setting \"\(keyword.rawValue)\" of the connection holds a NUL byte")
      }
      environment[keyword.variable] = value
    }
    // Execplan writes and reads UTF-8, and reads the words of psql.
    environment["PGCLIENTENCODING"] = "UTF8"
    environment["LC_ALL"] = "C"
    environment["LANGUAGE"] = nil
    if environment["PGAPPNAME"] == nil { environment["PGAPPNAME"] = "execplan \(context.step.id.value)" }
    // A host that swallows packets is not waited for by the step's timeout alone.
    if environment["PGCONNECT_TIMEOUT"] == nil { environment["PGCONNECT_TIMEOUT"] = "30" }
  }

  /// A value may be a whole URL, or what stands behind "postgres:" in a plan.
  private static func afterScheme(_ text: String) -> String {
    for scheme in ["postgres:", "postgresql:"] where text.hasPrefix(scheme) {
      return String(text.dropFirst(scheme.utf8.count))
    }
    return text
  }

  /// Gives `psql` a script and waits for its end.
  ///
  /// - Throws: when it can't be started.
  func run(_ input: PostgresInput) throws -> PostgresReport {
    var command = try foundCommand()
    command.input = Array(input.text.utf8)
    let completion = try world.complete(command, timeout: timeout, cancellation: cancellation)
    return PostgresReport(completion, nonce: nonce)
  }

  /// Starts `psql`, which is to be given its script line by line.
  ///
  /// - Throws: when it can't be started.
  func converse() throws -> Conversation {
    try world.converse(try foundCommand(), timeout: timeout, cancellation: cancellation)
  }

  private func foundCommand() throws(DatabaseProblem) -> ProgramCommand {
    guard case .notFound? = command.problem else { return command }
    throw DatabaseProblem(
      message: "there is no program \"psql\"; install the client of PostgreSQL, or put its folder into PATH",
      exitCode: 127)
  }

  /// A script that is to be given to this session.
  func input() -> PostgresInput { PostgresInput(nonce: nonce) }
}
