internal import Diagnostics
internal import Digest
internal import PlanDocument
internal import PlanGraph
internal import PlanLoading
internal import Planner
internal import SourceText
internal import Testing

@testable internal import PlanModel

/// A plan, files in memory, and what earlier runs are said to have left.
struct PlanBench {
  let files: MemoryProbe
  var planned: PlannedPlan
  var history: [String: StepMemory] = [:]
  var position = RunPosition()
  var state: [String: Value] = [:]
  var options = ForecastOptions()

  init(_ text: String, _ files: [String: String] = [:], _ location: Testing.SourceLocation = #_sourceLocation) throws {
    self.files = MemoryProbe(files)
    planned = try PlanBench.plan(text, location)
  }

  /// - Parameter text: what stands after `title`.
  static func plan(_ text: String, _ location: Testing.SourceLocation = #_sourceLocation) throws -> PlannedPlan {
    var collector = DiagnosticCollector()
    let source = SourceFile(
      path: "bench.execplan.yaml", text: "execplan: 1\ntitle: Bench\nid: bench\norder: graph\n" + text)
    let document = PlanDocument.read(source, into: &collector)
    let result = PlanLoader.load(document, path: "bench.execplan.yaml")
    collector.append(contentsOf: result.diagnostics.diagnostics)
    let plan = try #require(result.plan, sourceLocation: location)
    let checked = GraphRules.check(plan) { $0.text == $1.text }
    collector.append(contentsOf: checked.diagnostics)
    let errors = collector.sorted().filter { $0.severity == .error }.map(\.message)
    #expect(errors.isEmpty, sourceLocation: location)
    return try #require(PlannedPlan(plan, checked.graph), sourceLocation: location)
  }

  func node(_ id: String) -> Int { planned.graph.index(of: id) ?? -1 }

  /// What the success of a step with the files as they are now would record.
  func success(_ id: String, run: Int64 = 1, values: [Value.Entry] = [], attempt: Int64 = 1) throws -> Checkpoint {
    let node = planned.nodes[node(id)]
    let inputs = try FileDigests.of(node.step.recordedInputs, files)
    let outputs = try FileDigests.of(node.step.recordedOutputs, files)
    var needResults: [String: SHA256Digest] = [:]
    for need in planned.needIDs(of: self.node(id)) { needResults[need] = history[need]?.lastSuccess?.result }
    let scope = RunScope(
      statics: planned.statics, checkpoints: history.compactMapValues(\.lastSuccess), files: files)
    return Checkpoint(
      step: id, run: run, attempt: attempt, outcome: .succeeded,
      fingerprint: Fingerprint(
        definition: node.digest, upstream: UpstreamValues.digest(of: node.step, in: scope),
        inputs: FileDigests.digest(inputs), outputs: FileDigests.digest(outputs)),
      values: values,
      result: ResultDigest.ofRun(node, values: values, outputs: outputs, run: run, attempt: attempt),
      needResults: needResults, inputFiles: inputs, outputFiles: outputs, endedAt: 1, bootID: "boot")
  }

  /// Says that steps succeeded in run 1, one after another.
  mutating func succeeded(_ ids: String..., values: [Value.Entry] = []) throws {
    for id in ids {
      history[id] = StepMemory(latestAttempt: .succeeded, lastSuccess: try success(id, values: values))
    }
  }

  var forecast: Forecast {
    Forecast(
      planned: planned, files: files, position: position, history: history, state: state, options: options)
  }

  /// `run input_changed`, `skip up_to_date`, by step.
  func decisions() -> [String: String] {
    Dictionary(
      forecast.changeSet().entries.map { entry in
        (entry.id, "\(entry.decision.decision.rawValue) \(entry.decision.reasons.first?.kind.rawValue ?? "")")
      }, uniquingKeysWith: { a, _ in a })
  }

  func decision(_ id: String) -> String { decisions()[id] ?? "" }

  func detail(_ id: String) -> String {
    forecast.changeSet().entries.first { $0.id == id }?.decision.reasons.first?.detail ?? ""
  }
}
