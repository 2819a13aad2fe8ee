internal import Diagnostics
internal import PlanDocument
internal import PlanGraph
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// What holds of a plan file whatever stands in it.
struct PlanPromises {
  let document: PlanDocument
  let files: SameFile
  private(set) var findings: [Diagnostic]
  private(set) var plan: Plan?

  /// Loads the plan as `validate` does, draws its graph and computes what a run would store of it.
  init(_ document: PlanDocument, found: DiagnosticCollector, standard: StandardProfile? = nil) {
    self.document = document
    files = SameFile(bytes: document.source.bytes)
    var collector = found
    let loaded = PlanLoader.load(document, path: document.source.path, files: files)
    collector.append(contentsOf: loaded.diagnostics.diagnostics)
    plan = loaded.plan
    if let standard {
      let more = StandardRules.check(document, profile: standard, files: files)
      collector.append(contentsOf: more.diagnostics)
    }
    if let plan {
      let checked = GraphRules.check(plan, overlap: Self.couldOverlap)
      collector.append(contentsOf: checked.diagnostics)
      _ = GraphText.dot(checked.graph, plan)
      _ = GraphText.mermaid(checked.graph, plan)
      if !collector.hasErrors { _ = PlannedPlan(plan, checked.graph)?.storedText(source: nil) }
    }
    findings = collector.sorted()
  }

  /// A message is no sentence with a full stop; only the name of something in the plan may end with one.
  private func endsWell(_ message: String) -> Bool {
    guard message.hasSuffix("."), let name = message.split(separator: " ").last else { return !message.isEmpty }
    return document.source.text(SourceRange(start: 0, end: document.source.bytes.count)).contains(name)
  }

  /// Findings lie in the file, say something, and can be written in every form.
  func check() throws {
    let source = document.source
    let end = source.bytes.count
    for finding in findings {
      let places =
        [finding.range] + finding.related.map(\.range) + (finding.fix?.replacements.map(\.range) ?? [])
      for place in places {
        try promise(
          place.lowerBound <= place.upperBound && place.upperBound <= end, "\(finding) is outside of the file")
      }
      try promise(endsWell(finding.message), "\(finding.rule.code): \"\(finding.message)\"")
    }
    let left = findings.filter { !document.suppressions.suppresses($0, in: source) }
    _ = document.suppressions.unused(after: findings, in: source)
    let report = DiagnosticsReport([FileDiagnostics(file: source, diagnostics: left)])
    // One each time: a form costs as much as reading the plan.
    let format = OutputFormat.allCases[end % OutputFormat.allCases.count]
    let text = report.bytes(format, tool: ToolInformation(version: "0"))
    try promise(String(validating: text, as: UTF8.self) != nil, "a report as \(format) is not UTF-8")
    let fixed = SourceEditor.apply(left.compactMap(\.fix), to: source.bytes)
    var again = DiagnosticCollector()
    _ = PlanDocument.read(SourceFile(path: source.path, bytes: fixed.bytes), into: &again)
  }

  private static func couldOverlap(_ a: PathPattern, _ b: PathPattern) -> Bool {
    guard let first = try? Glob(a.text), let second = try? Glob(b.text) else { return false }
    return Glob.couldOverlap(first, second)
  }
}

/// Every file that a plan names holds what the plan itself holds, so that templates and dotenv files are any bytes,
/// too.
struct SameFile: FileQuestions {
  let bytes: [UInt8]

  func exists(_ path: String) -> Bool { path.utf8.count % 2 == 0 }

  func content(of path: String, limit: Int) -> FileContent {
    bytes.count <= limit ? .bytes(bytes) : .unreadable("it is too large")
  }
}
