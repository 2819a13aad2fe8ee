package import PlanModel

/// What is known of a need when a step is looked at.
package enum NeedForecast: Sendable {
  /// It is done in this run.
  case done(Checkpoint)
  /// It will run. `mayEqual`: its result may turn out equal to what the step's last success saw.
  case willRun(mayEqual: Bool)
  /// It is not known yet whether it will run.
  case unknown
  /// It waits for a person, or is blocked itself.
  case held
  /// It is not part of this run's selection and has no result.
  case absent
}
