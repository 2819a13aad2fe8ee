package import Diagnostics
internal import PlanModel

/// The rules of this stage.
package enum PlanRules {
  typealias Check = @Sendable (Plan, (any FileQuestions)?, inout DiagnosticCollector) -> Void

  /// The rules that look at a whole decoded plan, each with what some step must have for the rule to find anything.
  private static let checks: [(about: StepTraits, check: Check)] = [
    (.files, MissingFileRule.check), (.files, TransactionRule.check), (.files, UnboundedWaitRule.check),
    ([], RepeatsBadlyRule.check),
    (.details, OnInterruptRule.check), (.details, VerifyRule.check), ([], EveryRunRule.check),
    ([], UnusedParameterRule.check), ([], UnusedSecretRule.check), ([], MissingPlanRule.check),
  ]

  static func check(_ plan: Plan, _ files: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    let traits = plan.traits
    for rule in checks where traits.isSuperset(of: rule.about) { rule.check(plan, files, &collector) }
  }

  /// Every rule that this stage can report.
  package static let all: [Rule] =
    [
      .unknownKey, .missingKey, .wrongType, .badValue, .badDuration, .badEstimate, .badSize, .badIdentifier,
      .duplicateIdentifier, .noAction, .severalActions, .badPath, .missingFile, .unknownName, .badParameter,
      .conflictingKeys, .notSupportedYet, .badPattern, .badMode, .unsupportedVersion, .notStatic, .transaction,
      .psqlCommand, .ignoredInCall,
      .nearMissStep, .unquotedValue, .scriptAsText, .secondScript, .nearMissKey, .phaseWithoutHeading,
      .unstatedNeeds,
      .repeatsBadly, .onInterrupt, .verify, .unboundedWait, .everyRun, .cutByComment, .unusedParameter,
      .secretInArguments, .unusedSecret,
      .unknownTask, .duplicateTask, .taskNeedsItself, .missingPlan, .taskCycle,
    ] + ExpressionRules.all
}
