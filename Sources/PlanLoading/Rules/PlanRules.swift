package import Diagnostics
internal import PlanModel

/// The rules of this stage.
package enum PlanRules {
  typealias Check = @Sendable (Plan, (any FileQuestions)?, inout DiagnosticCollector) -> Void

  /// The rules that look at a whole decoded plan.
  static let checks: [Check] = [
    MissingFileRule.check, TransactionRule.check, RepeatsBadlyRule.check, OnInterruptRule.check, VerifyRule.check,
    EveryRunRule.check, UnusedParameterRule.check, MissingPlanRule.check,
  ]

  /// Every rule that this stage can report.
  package static let all: [Rule] =
    [
      .unknownKey, .missingKey, .wrongType, .badValue, .badDuration, .badEstimate, .badSize, .badIdentifier,
      .duplicateIdentifier, .noAction, .severalActions, .badPath, .missingFile, .unknownName, .badParameter,
      .conflictingKeys, .notSupportedYet, .badPattern, .badMode, .unsupportedVersion, .notStatic, .transaction,
      .nearMissStep, .unquotedValue, .scriptAsText, .secondScript, .nearMissKey, .unstatedNeeds,
      .repeatsBadly, .onInterrupt, .verify, .everyRun, .cutByComment, .unusedParameter,
      .unknownTask, .duplicateTask, .taskNeedsItself, .missingPlan, .taskCycle,
    ] + ExpressionRules.all
}
