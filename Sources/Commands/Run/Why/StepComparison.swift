internal import Digest
internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// What is not as it was at the last success of a step: field by field, file by file, value by value, need by need.
///
/// Of values and results only digests are told: what they are stands in the journal, and is nobody's business here.
struct StepComparison {
  let runnable: RunnablePlan
  let node: PlannedNode
  let last: Checkpoint
  let circumstances: StepCircumstances

  private var step: Step { node.step }
  /// The run in which the step ran.
  private var run: Int64 { last.carriedFrom ?? last.run }

  func comparison() throws -> WhyView.Comparison {
    var comparison = WhyView.Comparison(run: run)
    comparison.definition = digests(last.fingerprint.definition, node.digest)
    if comparison.definition.isChanged { comparison.fields = fields() }
    comparison.values = try values()
    let reads = step.allReferences.contains { $0.value.step != nil }
    comparison.upstream = digests(
      last.fingerprint.upstream,
      reads && comparison.values.contains { $0.isUnknown }
        ? nil : UpstreamValues.digest(of: step, in: circumstances.scope))
    (comparison.inputs, comparison.inputFiles) = files(
      step.recordedInputs, last.inputFiles, last.fingerprint.inputs)
    (comparison.outputs, comparison.outputFiles) = files(
      step.recordedOutputs, last.outputFiles, last.fingerprint.outputs)
    comparison.needs = circumstances.needs.map { need($0.id, $0.forecast) }
    return comparison
  }

  private func digests(_ old: SHA256Digest?, _ new: SHA256Digest?) -> WhyView.Digests {
    WhyView.Digests(old: old?.hex, new: new?.hex)
  }

  // MARK: Definition

  private func fields() -> [WhyView.Field] {
    let stored = try? JournalAccess.read(
      runnable.site.state,
      { reader throws(JournalError) in
        try StoredDefinitions(run: last.run, in: reader)
          .definition(of: node.id, digest: last.fingerprint.definition)
      })
    guard let old = stored else { return [] }
    return node.definition.difference(from: old).map {
      .init(name: $0.name, old: shown($0.old), new: shown($0.new))
    }
  }

  private func shown(_ values: [String]?) -> String? {
    values.map { $0.map { DefinitionText.readable($0) }.joined(separator: ", ") }
  }

  // MARK: Values

  /// The values of other steps that it reads: then by the record of that run, now by the forecast.
  private func values() throws -> [WhyView.Read] {
    var seen: Set<String> = []
    let references = step.allReferences.map(\.value).filter { $0.step != nil && seen.insert($0.text).inserted }
    if references.isEmpty { return [] }
    let run = run
    var past = circumstances.scope
    past.checkpoints = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      try reader.checkpoints(run: run)
    }
    past.pending = []
    return references.map { reference in
      let old = (try? past.value(of: reference)) ?? nil
      do throws(EvaluationError) {
        let new = try circumstances.scope.value(of: reference)
        return WhyView.Read(name: reference.text, digests: digests(digest(old), digest(new)))
      } catch {
        return WhyView.Read(name: reference.text, digests: digests(digest(old), nil), isUnknown: true)
      }
    }
  }

  private func digest(_ value: Value?) -> SHA256Digest? {
    value.map { SHA256.digest(of: JSONWriter.stored($0)) }
  }

  // MARK: Files

  private func files(
    _ patterns: [PathPattern], _ before: [FileDigest], _ old: SHA256Digest?
  ) -> (WhyView.Digests, [WhyView.Read]) {
    guard let now = try? FileDigests.of(patterns, runnable.site.files) else { return (digests(old, nil), []) }
    let (was, present) = (table(before), table(now))
    return (
      digests(old, FileDigests.digest(now)),
      FileDigests.differences(from: before, to: now).map { change in
        WhyView.Read(
          name: change.path, digests: digests(was[change.path] ?? nil, present[change.path] ?? nil),
          isMissing: change.isMissing)
      }
    )
  }

  private func table(_ files: [FileDigest]) -> [String: SHA256Digest?] {
    Dictionary(files.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Needs

  private func need(_ id: String, _ forecast: NeedForecast) -> WhyView.Need {
    let old = last.needResults[id]
    switch forecast {
    case .done(let checkpoint):
      return .init(id: id, state: .done, result: digests(old, checkpoint.result))
    case .willRun: return .init(id: id, state: .runs, result: digests(old, nil))
    case .unknown: return .init(id: id, state: .unknown, result: digests(old, nil))
    case .held: return .init(id: id, state: .held, result: digests(old, nil))
    case .absent: return .init(id: id, state: .left, result: digests(old, nil))
    }
  }
}
