internal import Digest
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Makes checks and says what was looked for and what was found.
struct CheckEvaluator {
  let context: StepContext
  /// A folder of the state directory for scripts that are too long for an argument.
  let scratch: String
  /// Whether the checks are part of an attempt. Its timer, which began before them, then ends their programs too: with
  /// a timer of their own it would be chance which of the two calls the end of the attempt.
  var isTimed = false

  func evaluate(_ checks: [Check]) -> [CheckResult] { evaluation(of: checks).results }

  /// Makes checks, each of which gets a result: what was not looked at does not hold.
  func evaluation(of checks: [Check]) -> CheckEvaluation {
    var evaluation = CheckEvaluation()
    for (index, check) in checks.enumerated() {
      let isCancelled = context.cancellation.isCancelled
      if case .table(let table) = check.kind, !isCancelled {
        evaluation.add(table, check, TableChecks(context: context, isTimed: isTimed))
      } else {
        evaluation.results.append(
          CheckResult(
            title: check.title ?? CheckEvaluator.title(of: check), severity: check.severity,
            failure: isCancelled ? "it was cancelled before" : failure(of: check, index)))
      }
    }
    return evaluation
  }

  /// The first failure that counts as an error, in one line; nil if all such checks hold.
  static func failure(in results: [CheckResult]) -> String? {
    let failed = results.filter { $0.failure != nil && $0.severity == .error }
    guard let first = failed.first, let text = first.failure else { return nil }
    let more = failed.count > 1 ? " (and \(failed.count - 1) more)" : ""
    return "\(first.title): \(text)\(more)"
  }

  static func title(of check: Check) -> String {
    switch check.kind {
    case .exists(let exists): "exists \(exists.glob.text)"
    case .file(let file): "file \(file.path.text)"
    case .run(let run): "run \(firstLine(run.script.text))"
    case .sql(let sql): "sql \(firstLine(sql.query.text))"
    case .table(let table): "table \(table.source.name)"
    case .http(let http): "http \(firstLine(http.request.url.literal ?? ""))"
    }
  }

  private static func firstLine(_ text: String) -> String {
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    return line.count > 50 ? line.prefix(49) + "…" : line
  }

  private func failure(of check: Check, _ index: Int) -> String? {
    do {
      switch check.kind {
      case .exists(let exists): return try failure(of: exists)
      case .file(let file): return try failure(of: file)
      case .run(let run): return try failure(of: run, index)
      case .sql(let sql): return try failure(of: sql)
      // It gives a result for each of its expectations.
      case .table: return nil
      case .http(let http): return try failure(of: http, index)
      }
    } catch let error as EvaluationError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  // MARK: Kinds

  private func failure(of exists: Check.Exists) throws -> String? {
    let matches = try context.site.files.matches([exists.glob])
    if exists.count.isEmpty {
      if matches.isEmpty { return "nothing matches \"\(exists.glob.text)\"" }
    } else if let text = try mismatch(exists.count, .int(matches.count), "the number of matches") {
      return text
    }
    guard !exists.size.isEmpty || !exists.age.isEmpty else { return nil }
    for path in matches {
      guard let status = try context.site.files.status(path) else { continue }
      if let text = try mismatch(exists.size, .int(status.size), "the size of \"\(path)\" in bytes") { return text }
      let age = Int(context.site.world.wallNow() - status.modifiedAt)
      if let text = try mismatch(exists.age, .int(age), "the age of \"\(path)\" in milliseconds") { return text }
    }
    return nil
  }

  private func failure(of file: Check.File) throws -> String? {
    let path = file.path.text
    guard try context.site.files.status(path) != nil else { return "\"\(path)\" is not there" }
    if let wanted = file.sha256 {
      let found = try context.site.files.digest(path)
      if found?.hex != wanted { return "the SHA-256 of \"\(path)\" is \(found?.hex ?? "unknown"), not \(wanted)" }
    }
    guard !file.content.isEmpty else { return nil }
    guard let bytes = try context.site.files.content(path, limit: DesiredFile.sizeLimit) else {
      return "\"\(path)\" is not there"
    }
    return try mismatch(file.content, .string(String(decoding: bytes, as: UTF8.self)), "\"\(path)\"")
  }

  private func failure(of run: Check.Run, _ index: Int) throws -> String? {
    let command = try ProgramCommand.script(
      run.script, interpreter: nil, context: context, scriptPath: "\(scratch).check\(index)")
    let completion = try context.site.world.complete(
      command, timeout: isTimed ? nil : context.step.timeout, cancellation: context.cancellation)
    switch completion.outcome {
    case .cancelled: return "it was cancelled"
    case .timedOut: return "it ran longer than the step's timeout"
    case .ended: break
    }
    if let text = ExpectationCheck.mismatch(run.expect, status: completion.status) {
      let last = lastLine(completion.errorOutput) ?? lastLine(completion.output)
      return last.map { "\(text): \($0)" } ?? text
    }
    let output = String(decoding: completion.output, as: UTF8.self)
    if let text = try mismatch(run.expect.stdout, .string(output), "stdout") { return text }
    let errors = String(decoding: completion.errorOutput, as: UTF8.self)
    return try mismatch(run.expect.stderr, .string(errors), "stderr")
  }

  private func failure(of sql: Check.SQL) throws -> String? {
    let values = try sql.query.bindings.map { try $0.evaluate(in: context.scope) }
    var reader = DatabaseReader(database: sql.database, context: context)
    reader.isTimed = isTimed
    let answers = try reader.answers(to: [.init(text: sql.query.text, values: values, limit: 1)])
    guard let answer = answers.first, let first = answer.rows.first?.first?.value else {
      return "the query gives no row"
    }
    if sql.value.isEmpty, sql.duration.isEmpty {
      let isTrue = ![.null, .int(0), .string(""), .bool(false)].contains(first)
      return isTrue ? nil : "the query gives \(first.masked(by: context.site.secrets.masker).shownText)"
    }
    if let text = try mismatch(sql.value, first, "the query's value") { return text }
    return try mismatch(sql.duration, .int(answer.elapsed.wholeMilliseconds), "the query's time in milliseconds")
  }

  private func failure(of http: Check.HTTP, _ index: Int) throws -> String? {
    let transfer = CurlTransfer(
      context: context, scratch: "\(scratch).check\(index)", timeout: isTimed ? nil : context.step.timeout)
    let started = context.site.world.bootNow()
    switch try WebExchange(transfer: transfer).perform(try WebRequest(http.request, in: context.scope)) {
    case .cancelled: return "it was cancelled"
    case .failed(let message, _, _): return message
    case .answered(let response):
      let elapsed = (context.site.world.bootNow() - started).wholeMilliseconds
      let check = ResponseCheck(expect: http.expect, scope: context.scope, masker: context.site.secrets.masker)
      return try check.mismatch(response, duration: elapsed)
    }
  }

  private func mismatch(_ comparisons: [Comparison], _ found: Value, _ what: String) throws -> String? {
    try ExpectationCheck.mismatch(comparisons, found, what, in: context.scope, masker: context.site.secrets.masker)
  }

  private func lastLine(_ bytes: [UInt8]) -> String? {
    let text = TerminalText.sanitized(
      String(decoding: context.site.secrets.masker.masked(bytes).suffix(2000), as: UTF8.self))
    return text.split(separator: "\n").last.map { String($0.prefix(200)) }
  }
}
