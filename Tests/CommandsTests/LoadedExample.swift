internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import SourceText

@testable internal import Commands

/// Loads texts as `validate` does, in a project without files.
enum LoadedExample {
  /// - Parameter isMarkdown: the rules of the standard have markdown plans as examples.
  static func load(_ bytes: [UInt8], isMarkdown: Bool = false, _ standard: StandardProfile = .init()) -> LoadedPlan {
    let path = isMarkdown ? "example.md" : "example.execplan.yaml"
    var collector = DiagnosticCollector()
    let document = PlanDocument.read(SourceFile(path: path, bytes: bytes), into: &collector)
    return LoadedPlan.load(
      document, found: collector, path: path, in: Project(root: "/nonexistent", stateDirectory: nil),
      input: ParameterInput(), standard: standard)
  }

  static func load(_ text: String, of rule: Rule) -> LoadedPlan {
    load(
      Array(text.utf8), isMarkdown: RulePage(rule: rule).isAboutMarkdown,
      StandardProfile(level: ["EP603", "EP703"].contains(rule.code) ? .codex : .lenient))
  }

  static func findings(_ text: String) -> [Diagnostic] { load(Array(text.utf8)).diagnostics }

  /// The findings in an example of a rule, with the standard at which the rule finds something.
  static func findings(_ text: String, of rule: Rule) -> [Diagnostic] { load(text, of: rule).diagnostics }
}
