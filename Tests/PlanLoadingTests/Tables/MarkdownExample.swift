internal import Diagnostics
internal import PlanDocument
internal import PlanModel
internal import SourceText

@testable internal import PlanLoading

/// A markdown plan that is read as `show` reads it.
struct MarkdownExample {
  let plan: Plan
  let source: SourceFile
  let diagnostics: [Diagnostic]

  init(_ text: String, path: String = "plans/example.md", exists: Set<String>? = nil) {
    var collector = DiagnosticCollector()
    source = SourceFile(path: path, text: text)
    let document = PlanDocument.read(source, into: &collector)
    let result = PlanLoader.load(document, path: path, files: exists.map { SomeFiles(paths: $0) })
    plan = result.plan ?? Plan(title: "", path: path)
    collector.append(contentsOf: result.diagnostics.diagnostics)
    diagnostics = collector.sorted().filter { !$0.rule.code.hasPrefix("EP6") && !$0.rule.code.hasPrefix("EP7") }
  }

  /// A plan that holds one table.
  static func table(_ text: String) -> MarkdownExample { MarkdownExample("# Plan\n\n## Tasks\n\n\(text)\n") }

  var ids: [String] { plan.tasks.map(\.id.value) }

  /// `T2<T1`, in the order of the rows.
  var needs: [String] { plan.tasks.flatMap { task in task.needs.map { "\(task.id.value)<\($0.value)" } } }

  func task(_ id: String) -> PlanTask? { plan.tasks.first { $0.id.value == id } }

  /// `EP320@7:21`
  var findings: [String] {
    diagnostics.map { diagnostic in
      let place = source.location(of: diagnostic.range.lowerBound)
      return "\(diagnostic.rule.code)@\(place.line):\(place.column)"
    }
  }
}
