internal import Diagnostics
internal import Executor
internal import PlanLoading
internal import PlanModel
internal import SourceText
internal import YAML

/// Gathers what an invocation gives for parameters: `--params-file`, then `--param`, then `--profile`.
enum ParameterFiles {
  static func input(_ parsed: ParsedCommand) throws(CommandFailure) -> ParameterInput {
    guard parsed.declares("param") else { return ParameterInput() }
    var input = ParameterInput(profile: parsed.value("profile"))
    for path in parsed.values("params-file") {
      input.given += try read(path).map { .init(name: $0.key, value: $0.value, origin: path) }
    }
    for (key, value) in parsed.assignments("param") {
      input.given.append(.init(name: key, value: .string(value), origin: "--param"))
    }
    return input
  }

  private static func read(_ path: String) throws(CommandFailure) -> [Value.Entry] {
    let source: SourceFile
    do throws(CommandFailure) {
      source = try PlanFile.read(PathName.absolute(path))
    } catch {
      // It is no plan, so what is wrong is the command line.
      throw CommandFailure(.usage, error.message, advice: error.advice)
    }
    var collector = DiagnosticCollector()
    let node = YAMLParser.parse(source, into: &collector)
    if let problem = collector.sorted().first(where: { $0.severity == .error }) {
      let place = source.location(of: problem.range.lowerBound)
      throw CommandFailure(.usage, "\(path):\(place.line):\(place.column): \(problem.message)")
    }
    guard let node else { return [] }
    guard node.isMapping else { throw CommandFailure(.usage, "\"\(path)\" must map the names of parameters to values") }
    return node.entries.map { Value.Entry($0.key.text, $0.value.plainValue) }
  }
}
