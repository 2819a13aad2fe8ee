internal import Diagnostics
internal import PlanLoading

/// What the configuration makes of findings about one plan.
struct RuleLevels: Sendable {
  /// By the code of the rule.
  private let levels: [String: RuleLevel]

  /// - Parameter selected: codes that the person asks for; they are not switched off.
  init(_ settings: ProjectSettings, path: String, selected: Set<String> = []) {
    levels = settings.levels(for: path).filter { $0.value != .off || !selected.contains($0.key) }
  }

  /// The finding as it is to be reported; nil if its rule is switched off.
  func applied(to diagnostic: Diagnostic) -> Diagnostic? {
    guard let level = levels[diagnostic.rule.code] else { return diagnostic }
    guard let severity = level.severity else { return nil }
    var diagnostic = diagnostic
    diagnostic.severity = severity
    return diagnostic
  }

  func applied(to diagnostics: [Diagnostic]) -> [Diagnostic] {
    levels.isEmpty ? diagnostics : diagnostics.compactMap { applied(to: $0) }
  }
}
