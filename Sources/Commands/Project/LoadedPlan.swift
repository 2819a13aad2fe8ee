internal import Diagnostics
internal import Executor
internal import PlanDocument
internal import PlanGraph
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import SourceText

/// A plan file that was read, decoded and checked.
struct LoadedPlan {
  let source: SourceFile
  /// Relative to the project root.
  let path: String
  let project: Project
  let document: PlanDocument
  /// Nil when the file is no plan at all.
  let plan: Plan?
  let graph: StepGraph?
  /// What stands after suppressions, in the order of the file.
  let diagnostics: [Diagnostic]
  /// Errors without whose repair the plan is not what its author wrote, and that a comment or the configuration
  /// silences: `validate` keeps quiet about them, but nothing can be done with the plan.
  let silencedErrors: [Diagnostic]
  let parameterProblems: [ParameterProblem]

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Why the plan can't be carried out, shown or drawn; empty if it can.
  var obstacles: [Diagnostic] {
    guard hasErrors || !silencedErrors.isEmpty || plan == nil || graph == nil else { return [] }
    return diagnostics.filter { $0.severity != .info } + silencedErrors
  }

  /// - Parameters:
  ///   - path: relative to the project root.
  ///   - selected: codes of rules that the person asks for, whatever the configuration says.
  static func load(
    _ source: SourceFile, path: String, in project: Project, input: ParameterInput, selected: Set<String> = []
  ) -> LoadedPlan {
    var collector = DiagnosticCollector()
    let document = PlanDocument.read(source, into: &collector)
    return load(document, found: collector, path: path, in: project, input: input, selected: selected)
  }

  /// - Parameters:
  ///   - found: what was found when the document was read.
  ///   - standard: what a markdown plan is held to; nil: its form is not looked at, as it is no reason not to carry a
  ///     plan out.
  static func load(
    _ document: PlanDocument, found: DiagnosticCollector, path: String, in project: Project, input: ParameterInput,
    selected: Set<String> = [], standard: StandardProfile? = nil
  ) -> LoadedPlan {
    let source = document.source
    var collector = found
    let files = files(of: project)
    let result = PlanLoader.load(document, path: path, input: input, files: files)
    collector.append(contentsOf: result.diagnostics.diagnostics)
    if let standard {
      collector.append(contentsOf: StandardRules.check(document, profile: standard, files: files).diagnostics)
    }
    var graph: StepGraph?
    if let plan = result.plan {
      let checked = GraphRules.check(plan, overlap: PathPattern.couldOverlap)
      graph = checked.graph
      collector.append(contentsOf: checked.diagnostics)
    }
    if !document.suppressions.isEmpty, result.plan != nil {
      reportUnused(document.suppressions, in: source, &collector)
    }
    let levels = RuleLevels(project.settings, path: path, selected: selected)
    var diagnostics: [Diagnostic] = []
    var silenced: [Diagnostic] = []
    for diagnostic in collector.sorted() {
      let left =
        document.suppressions.suppresses(diagnostic, in: source) ? nil : levels.applied(to: diagnostic)
      if let left { diagnostics.append(left) }
      if left?.severity != .error, RuleCatalogue.isAboutReading(diagnostic.rule) { silenced.append(diagnostic) }
    }
    return LoadedPlan(
      source: source, path: path, project: project, document: document, plan: result.plan, graph: graph,
      diagnostics: diagnostics,
      silencedErrors: silenced, parameterProblems: result.parameterProblems)
  }
}

extension LoadedPlan {
  /// What the loader may ask about the files of a project.
  static func files(of project: Project) -> any FileQuestions {
    ProjectFiles(root: project.root, actionFolders: project.settings.configuration.actions.map(\.text))
  }

  /// EP802: comments that silence nothing.
  private static func reportUnused(
    _ suppressions: Suppressions, in source: SourceFile, _ collector: inout DiagnosticCollector
  ) {
    for unused in suppressions.unused(after: collector.diagnostics, in: source) {
      let rule = RuleCatalogue.rule(unused.rule)
      // Whether plans share an id is not seen in one file, and a comment may be about this rule itself.
      let beyondOneFile = [Rule.duplicatePlanID.code, Rule.planCycle.code, Rule.unusedSuppression.code]
      if let rule, beyondOneFile.contains(rule.code) { continue }
      if rule != nil {
        collector.report(
          .unusedSuppression, unused.range, "\"\(unused.rule)\" finds nothing here", notes: ["remove the comment"])
      } else {
        let near = RuleCatalogue.nearest(unused.rule).map { "did you mean \"\($0)\"?" }
        collector.report(
          .unusedSuppression, unused.range, "there is no rule \"\(unused.rule)\"",
          notes: [near ?? "name a code or a name that \"execplan explain\" lists"])
      }
    }
  }
}

/// Answers the loader's questions about files.
private struct ProjectFiles: FileQuestions {
  let root: String
  let actionFolders: [String]

  func exists(_ path: String) -> Bool { PathName.exists(absolute(path)) }

  func content(of path: String, limit: Int) -> FileContent {
    guard PathName.isThere(absolute(path)) else { return .missing }
    do throws(CommandFailure) {
      return .bytes(try PlanFile.bytes(absolute(path), limit: limit))
    } catch {
      return .unreadable(error.message)
    }
  }

  private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : root + "/" + path }
}
