internal import Glibc
package import PlanModel
internal import SourceText
package import Subprocess

/// Holds the program of an external action against the protocol: what it answers to each operation, and to what it must
/// refuse.
///
/// Without a value for `with` nothing is asked for that could have an effect.
package struct ActionConformance {
  package struct Finding: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
      case ok, warning, failure
    }

    package var status: Status
    package var subject: String
    package var detail: String
    package var advice: String?
  }

  private let name: String
  private let folders: [String]
  private let environment: ProcessEnvironment
  /// An empty folder in which the program works.
  private let scratch: String
  private let world = SystemWorld()
  private var findings: [Finding] = []

  /// For each call of the program.
  private static let time = Duration.seconds(60)

  package init(name: String, folders: [String], environment: ProcessEnvironment, scratch: String) {
    self.name = name
    self.folders = folders
    self.environment = environment
    self.scratch = scratch
  }

  // MARK: Answers

  /// What the program answers to `describe`, as it wrote it.
  ///
  /// - Throws: when it is not there, or its answer can't be used.
  package func description() throws -> [UInt8] {
    let completion = try run(try program(), "describe", ExternalProgram.request(.describe, with: nil, context: []))
    guard case .exited(0) = completion.status else { throw EvaluationError(ActionConformance.end(completion)) }
    _ = try ActionDescription(reading: completion.output)
    return completion.output
  }

  /// Makes all checks.
  ///
  /// - Parameters:
  ///   - value: for `with`; nil: only what has no effect is asked for.
  ///   - described: what stands in the file beside the program, by the program's path; nil: there is none.
  package mutating func check(with value: Value?, described: (String) -> [UInt8]?) -> [Finding] {
    let program: ExternalProgram
    do {
      program = try self.program()
      add(.ok, "program", program.executable)
    } catch {
      add(.failure, "program", "\(EvaluationError.message(of: error))")
      return findings
    }
    guard let description = checkDescription(program) else { return findings }
    checkFile(program, description, described(program.executable))
    checkRefusals(program, description)
    guard let value else {
      add(.warning, "effects", "not tried", "give it something to do in an empty folder: --with '{…}'")
      return findings
    }
    let tree = StructuredTemplate.value(value, .fileStart)
    if let finding = SchemaCheck.findings(in: tree, against: description.schema, what: "with").first {
      add(.failure, "with", finding.message, "give --with what the action describes")
      return findings
    }
    checkEffects(program, description, value)
    return findings
  }

  private func program() throws(EvaluationError) -> ExternalProgram {
    var environment = environment
    environment.enter(scratch)
    return try ExternalProgram.find(
      ActionDescription.programPrefix + name, in: folders, environment: environment, directory: scratch)
  }

  private mutating func add(
    _ status: Finding.Status, _ subject: String, _ detail: String, _ advice: String? = nil
  ) {
    findings.append(Finding(status: status, subject: subject, detail: detail, advice: advice))
  }

  // MARK: describe

  private mutating func checkDescription(_ program: ExternalProgram) -> ActionDescription? {
    do {
      let description = try ActionDescription(reading: try self.description())
      var words = [description.idempotence.rawValue]
      if description.probes { words.append("probe") }
      if description.undoes { words.append("undo") }
      let summary = description.summary.map { "\($0) (\(words.joined(separator: ", ")))" }
      add(.ok, "describe", summary ?? words.joined(separator: ", "))
      return description
    } catch {
      add(
        .failure, "describe", EvaluationError.message(of: error),
        "print {\"protocol\": 1, \"idempotence\": …, \"with\": {…}} and exit with 0")
      return nil
    }
  }

  private mutating func checkFile(_ program: ExternalProgram, _ description: ActionDescription, _ file: [UInt8]?) {
    let path = program.executable + ".json"
    let advice = "execplan doctor --action \(name) --describe > \(ShellQuoting.quoted(path))"
    guard let file else {
      return add(.warning, "description file", "there is no \"\(path)\", so validate can't check \"with\"", advice)
    }
    if let stored = try? ActionDescription(reading: file), stored == description {
      add(.ok, "description file", path)
    } else {
      add(.failure, "description file", "\"\(path)\" does not say what the program says", advice)
    }
  }

  // MARK: What it must refuse

  private mutating func checkRefusals(_ program: ExternalProgram, _ description: ActionDescription) {
    refuses(
      program, "unknown operation", "no-such-operation", ExternalProgram.request(.describe, with: nil, context: []))
    refuses(program, "unreadable input", "apply", Array("{\"protocol\": 1, \"with\": ".utf8))
    refuses(program, "no input", "apply", [])
    refuses(program, "input that is no request", "apply", Array("[1, 2]\n".utf8))
    if !description.undoes {
      refuses(program, "undo", "undo", ExternalProgram.request(.undo, with: .map([]), context: context))
    }
    if !description.probes {
      refuses(program, "probe", "probe", ExternalProgram.request(.probe, with: .map([]), context: context))
    }
  }

  /// What can't be done must not look like a success.
  private mutating func refuses(_ program: ExternalProgram, _ subject: String, _ operation: String, _ input: [UInt8]) {
    do {
      let completion = try run(program, operation, input)
      switch completion.status {
      case .exited(64): add(.ok, subject, "refused with exit 64")
      case .exited(0): add(.failure, subject, "exit 0, as if it had been done", "exit with 64")
      case .exited(let code):
        add(.warning, subject, "exit \(code)", "exit with 64, which says that trying again is no use")
      case .signalled(let signal): add(.failure, subject, "ended by signal \(signal)", "exit with 64")
      }
    } catch {
      add(.failure, subject, EvaluationError.message(of: error))
    }
  }

  // MARK: What it does

  private mutating func checkEffects(_ program: ExternalProgram, _ description: ActionDescription, _ value: Value) {
    if description.probes, reply(program, .probe, value, "probe") == nil { return }
    guard let first = reply(program, .apply, value, "apply") else { return }
    for path in first.artifacts where unsafe access(scratch + "/" + path, F_OK) != 0 {
      add(.failure, "artifacts", "it says that it made \"\(path)\", and that is not there")
    }
    if description.idempotence == .convergent || description.idempotence == .transactional {
      if let second = reply(program, .apply, value, "apply again"), second.changed == true {
        add(
          .failure, "apply again", "it says that it changed something, though nothing was to be done",
          "answer {\"changed\": false}")
      }
    }
    if description.probes { expect(true, reply(program, .probe, value, "probe after apply"), "probe after apply") }
    guard description.undoes, reply(program, .undo, value, "undo") != nil, description.probes else { return }
    expect(false, reply(program, .probe, value, "probe after undo"), "probe after undo")
  }

  private mutating func expect(_ done: Bool, _ reply: ActionReply?, _ subject: String) {
    guard let reply else { return }
    if reply.isDone == done { return }
    add(.failure, subject, "it answers \"done\": \(reply.isDone.map { "\($0)" } ?? "null"), and \(done) is right")
  }

  private mutating func reply(
    _ program: ExternalProgram, _ operation: ActionDescription.Operation, _ value: Value, _ subject: String
  ) -> ActionReply? {
    do {
      let completion = try run(
        program, operation.rawValue, ExternalProgram.request(operation, with: value, context: context))
      guard case .exited(0) = completion.status else { throw EvaluationError(ActionConformance.end(completion)) }
      let reply = try ActionReply(reading: completion.output)
      if let failure = reply.failure { throw EvaluationError("exit 0, and yet an error: \(failure.message)") }
      if operation == .probe, reply.isDone == nil {
        add(.warning, subject, "it can't tell", "answer \"done\": true or false where that can be known")
      } else {
        add(.ok, subject, reply.reason ?? (operation == .probe ? "done: \(reply.isDone == true)" : "exit 0"))
      }
      return reply
    } catch {
      add(.failure, subject, EvaluationError.message(of: error))
      return nil
    }
  }

  private var context: [Value.Entry] {
    [
      .init("project", .string(scratch)), .init("run_id", .string("0")), .init("step_id", .string("doctor")),
      .init("attempt", .string("1")), .init("idempotency_key", .string("doctor")),
    ]
  }

  private func run(_ program: ExternalProgram, _ operation: String, _ input: [UInt8]) throws -> Completion {
    let completion = try world.complete(
      program.command(operation, input: input), timeout: ActionConformance.time, cancellation: Cancellation())
    if completion.outcome == .timedOut {
      throw EvaluationError(
        "it gave no answer within \(ActionConformance.time.wholeMilliseconds / 1000) s and was ended")
    }
    return completion
  }

  /// How it ended, with what it says about it.
  private static func end(_ completion: Completion) -> String {
    let end =
      switch completion.status {
      case .exited(let code): "exit \(code)"
      case .signalled(let signal): "signal \(signal)"
      }
    if let failure = (try? ActionReply(reading: completion.output))?.failure { return "\(end): \(failure.message)" }
    let errors = String(decoding: completion.errorOutput.suffix(2000), as: UTF8.self)
    let last = errors.split(whereSeparator: \.isNewline).last.map { ": \($0.prefix(300))" } ?? ""
    return end + last
  }
}
