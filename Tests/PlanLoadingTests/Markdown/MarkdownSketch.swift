internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import SourceText

/// A markdown plan that a test writes in place, and what loading makes of it.
struct MarkdownSketch {
  let source: SourceFile
  let document: PlanDocument
  let plan: Plan?
  let findings: [Diagnostic]

  init(_ text: String, path: String = "plan.md") {
    source = SourceFile(path: path, text: text)
    var collector = DiagnosticCollector()
    document = PlanDocument.read(source, into: &collector)
    let result = PlanLoader.load(document, path: path)
    collector.append(contentsOf: result.diagnostics.diagnostics)
    plan = result.plan
    findings = collector.sorted()
  }

  /// With front matter and the heading of the section where steps stand.
  static func steps(_ text: String) -> MarkdownSketch {
    MarkdownSketch("---\nexecplan: 1\n---\n# Sketch\n\n## Concrete Steps\n\n" + text)
  }

  func step(_ id: String) -> Step? { plan?.steps.first { $0.id.value == id } }

  /// The script of a step that is one, with its shell or interpreter in front if that is not the default.
  func script(_ id: String) -> String? {
    guard case .run(let run) = step(id)?.action else { return nil }
    return run.script.text
  }

  /// `EP201@3:5` for each finding that is no hint.
  var places: [String] {
    findings.filter { $0.severity != .info }.map { finding in
      let place = source.location(of: finding.range.lowerBound)
      return "\(finding.rule.code)@\(place.line):\(place.column)"
    }
  }

  /// The text that the findings of a rule mark.
  func marked(_ code: String) -> [String] {
    findings.filter { $0.rule.code == code }.map { source.text($0.range) }
  }
}
