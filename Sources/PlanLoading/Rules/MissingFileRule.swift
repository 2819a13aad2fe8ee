internal import Diagnostics
internal import PlanModel

/// EP213: a file that an action reads must exist or be made by a step.
enum MissingFileRule {
  static func check(_ plan: Plan, _ files: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    guard let files else { return }
    var sources: [PathPattern] = []
    plan.eachStep { step in
      if let path = step.action.sourcePath, path.isLiteral, !path.text.contains("${{") {
        sources.append(path)
      }
    }
    if sources.isEmpty { return }
    var written: Set<String> = []
    var hasPatterns = false
    plan.eachStep { step in
      for path in step.writtenPaths {
        written.insert(path.text)
        hasPatterns = hasPatterns || !path.isLiteral
      }
    }
    for path in sources where !written.contains(path.text) && !files.exists(path.text) {
      if hasPatterns, plan.steps.contains(where: { makes($0, path) }) { continue }
      collector.report(
        .missingFile, path.range, "there is no file \"\(path.text)\"",
        notes: ["paths are relative to the project root; a file that a step makes must be among its \"outputs\""])
    }
  }

  private static func makes(_ step: Step, _ path: PathPattern) -> Bool {
    step.outputs.contains { output in
      !output.isLiteral && !output.isNegated && (try? Glob(output.text).matches(path.text)) ?? false
    }
  }
}
