internal import PlanModel
package import Planner
internal import SourceText
internal import Subprocess

extension ApplySession {
  /// Gets the secrets that are to be had without running a program, and sees to it that nothing of this process that
  /// would hold them is kept.
  ///
  /// - Returns: why nothing may start.
  func prepareSecrets() -> Refusal? {
    guard !site.secrets.isEmpty else { return nil }
    ProcessMemory.hide()
    site.secrets.readAhead()
    return planned.secretInParameters(site, command)
  }
}

extension PlannedPlan {
  /// Parameters are recorded with the run and in saved plans, and shown.
  ///
  /// - Returns: why that may not be done; the secrets that are known by now count.
  package func secretInParameters(_ site: ExecutionSite, _ command: CommandWords) -> Refusal? {
    for parameter in plan.parameters {
      guard let value = parameter.value, let text = value.text,
        let name = site.secrets.nameOfSecret(in: Array(text.utf8))
      else { continue }
      return Refusal(
        .refused, "the parameter \"\(parameter.name.value)\" holds the secret \"\(name)\", and parameters are recorded",
        details: ["read it as \"secrets.\(name)\" in the plan"], nextCommands: ["validate \(command.plan)"])
    }
    return nil
  }
}
