internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// What a step expects of its output, with every expression evaluated, so that a keeper can judge it where there is no
/// plan.
struct OutputExpectations {
  var stdout: [Comparison]
  var stderr: [Comparison]

  init(_ expect: Expectation, in scope: some EvaluationScope) throws(EvaluationError) {
    stdout = try OutputExpectations.evaluated(expect.stdout, in: scope)
    stderr = try OutputExpectations.evaluated(expect.stderr, in: scope)
  }

  private static func evaluated(
    _ comparisons: [Comparison], in scope: some EvaluationScope
  ) throws(EvaluationError) -> [Comparison] {
    var result: [Comparison] = []
    for comparison in comparisons {
      var evaluated = comparison
      evaluated.operand = .value(try comparison.operandValue(in: scope))
      result.append(evaluated)
    }
    return result
  }

  /// What was expected and not found, in words.
  func mismatch(in output: KeptOutput) -> String? {
    if output.isCut { return "the output is longer than 1 GiB, so nothing can be said about what is expected of it" }
    for (comparisons, bytes, name) in [(stdout, output.stdout, "stdout"), (stderr, output.stderr, "stderr")]
    where !comparisons.isEmpty {
      let text = Value.string(String(decoding: bytes, as: UTF8.self))
      do throws(EvaluationError) {
        if let mismatch = try ExpectationCheck.mismatch(comparisons, text, name, in: NoScope()) { return mismatch }
      } catch {
        return error.message
      }
    }
    return nil
  }

  // MARK: For the request of a keeper

  /// Empty when nothing is expected.
  var bytes: [UInt8] {
    if stdout.isEmpty, stderr.isEmpty { return [] }
    return Array(
      JSONWriter.stored(
        .map([
          .init("stdout", .list(stdout.map(OutputExpectations.coded))),
          .init("stderr", .list(stderr.map(OutputExpectations.coded))),
        ])
      ).utf8)
  }

  /// nil when the bytes are not those of expectations.
  init?(bytes: [UInt8]) {
    guard let value = try? JSONReader.read(bytes, from: .stored),
      let stdout = OutputExpectations.comparisons(value["stdout"]),
      let stderr = OutputExpectations.comparisons(value["stderr"])
    else { return nil }
    self.stdout = stdout
    self.stderr = stderr
  }

  private static func coded(_ comparison: Comparison) -> Value {
    guard case .value(let operand) = comparison.operand else { return .null }
    return .map([
      .init("op", .string(comparison.op.rawValue)), .init("operand", operand),
      .init("line", comparison.firstLine.map(Value.int) ?? .null),
    ])
  }

  private static func comparisons(_ value: Value?) -> [Comparison]? {
    guard case .list(let items)? = value else { return nil }
    var result: [Comparison] = []
    for item in items {
      guard case .string(let name)? = item["op"], let op = Comparison.Operator(rawValue: name),
        let operand = item["operand"]
      else { return nil }
      var comparison = Comparison(op, .value(operand))
      if case .int(let line)? = item["line"] { comparison.firstLine = line }
      result.append(comparison)
    }
    return result
  }
}

/// A scope for comparisons whose operands are values: nothing is asked of it.
private struct NoScope: EvaluationScope {
  func value(of reference: Reference) throws(EvaluationError) -> Value? { nil }
  func fileExists(matching glob: String) throws(EvaluationError) -> Bool { throw NoScope.nothing }
  func hashFiles(_ globs: [String]) throws(EvaluationError) -> String { throw NoScope.nothing }
  func secretExists(_ name: String) throws(EvaluationError) -> Bool { throw NoScope.nothing }
  func hasFailed() throws(EvaluationError) -> Bool { throw NoScope.nothing }
  func hasSucceeded() throws(EvaluationError) -> Bool { throw NoScope.nothing }
  func isSkipped(_ step: String) throws(EvaluationError) -> Bool { throw NoScope.nothing }

  private static let nothing = EvaluationError("nothing can be asked here")
}
