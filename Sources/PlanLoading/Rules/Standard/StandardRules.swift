package import Diagnostics
package import PlanDocument

/// The rules of the ExecPlan standard, which hold for markdown plans only.
package enum StandardRules {
  typealias Check = @Sendable (StandardSubject, inout DiagnosticCollector) -> Void

  static let checks: [Check] = [
    MissingSectionRule.check, MisspeltHeadingRule.check, HeadingAliasRule.check, MissingTitleRule.check,
    LivingDocumentRule.check, DuplicateSectionRule.check, OuterFenceRule.check, UnclosedFenceRule.check,
    CodeAsTextRule.check, MissingRequirementRule.check, PlaceholderRule.check,
    AbsolutePathRule.check, MissingPathRule.check, WorkingDirectoryRule.check, IndexDisagreesRule.check,
    CheckboxElsewhereRule.check, ProgressChecklistRule.check, MissingTimestampRule.check, TimestampFormRule.check,
    ImpossibleTimeRule.check, TimeOrderRule.check, UnknownStateRule.check, DecisionFieldsRule.check,
    SurpriseFieldsRule.check, EmptyOutcomesRule.check, LabelSpellingRule.check,
  ]

  package static let all: [Rule] = [
    .missingSection, .misspeltHeading, .headingAlias, .missingTitle, .livingDocument, .duplicateSection,
    .outerFence, .unclosedFence, .codeAsText, .missingRequirement, .placeholder, .absolutePath, .missingPath,
    .workingDirectory, .indexDisagrees,
    .checkboxElsewhere, .progressChecklist, .missingTimestamp, .timestampForm, .impossibleTime, .timeOrder,
    .unknownState, .decisionFields, .surpriseFields, .emptyOutcomes, .labelSpelling,
  ]

  /// What the standard has to say about a plan; nothing about one that is not markdown.
  ///
  /// - Parameter files: rules about files are left out without it.
  package static func check(
    _ document: PlanDocument, profile: StandardProfile, files: (any FileQuestions)? = nil
  ) -> DiagnosticCollector {
    var collector = DiagnosticCollector()
    guard let plan = document.markdown, profile.level == .codex || isExecPlan(plan) else { return collector }
    let subject = StandardSubject(document, plan, profile, files)
    for check in checks { check(subject, &collector) }
    return collector
  }

  /// Whether a plan means to be an ExecPlan: one of the older forms has sections of its own, unless it has three of
  /// the living ones as well.
  private static func isExecPlan(_ plan: MarkdownPlan) -> Bool {
    let kinds = Set(plan.sections.map(\.kind))
    return SectionKind.living.count { kinds.contains($0) } >= 3 || plan.form == nil
  }
}
