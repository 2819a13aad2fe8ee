internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import SourceText

@testable internal import Commands

/// Loads texts as `validate` does, in a project without files.
enum LoadedExample {
  /// A YAML plan.
  static func load(_ bytes: [UInt8]) -> LoadedPlan {
    load(SourceFile(path: "example.execplan.yaml", bytes: bytes), standard: nil)
  }

  /// An example of a rule. Only those of the standard are held to it, so that others can be short.
  static func load(_ text: String, of rule: Rule) -> LoadedPlan {
    let isOfStandard = StandardRules.all.contains { $0.code == rule.code }
    return load(
      SourceFile(path: RulePage.isMarkdown(text) ? "example.md" : "example.execplan.yaml", text: text),
      standard: isOfStandard ? StandardProfile(level: codexOnly.contains(rule.code) ? .codex : .lenient) : nil)
  }

  static func findings(_ text: String, of rule: Rule) -> [Diagnostic] { load(text, of: rule).diagnostics }

  /// The rules that find something under `codex` only.
  private static let codexOnly: Set = ["EP603", "EP703"]

  private static func load(_ source: SourceFile, standard: StandardProfile?) -> LoadedPlan {
    var collector = DiagnosticCollector()
    let document = PlanDocument.read(source, into: &collector)
    return LoadedPlan.load(
      document, found: collector, path: source.path, in: Project(root: "/nonexistent", stateDirectory: nil),
      input: ParameterInput(), standard: standard)
  }
}
