package import PlanModel

/// What a plan declares and expressions may read.
package struct DeclaredNames: Sendable {
  /// What is known about the values that a step publishes.
  package enum StepValues: Sendable {
    /// The step's program decides.
    case any
    case keys([String])
    /// An agent step: its program or a person decides, and it hands off to these.
    case agent(receivers: [String])
  }

  package var parameters: [String: Parameter.Kind]
  package var environment: Set<String>
  package var secrets: Set<String>
  /// Those of `environment` whose values hold secrets.
  package var secretEnvironment: Set<String>
  package var steps: [String: StepValues]

  package init(
    parameters: [String: Parameter.Kind] = [:], environment: Set<String> = [],
    secrets: Set<String> = [], secretEnvironment: Set<String> = [], steps: [String: StepValues] = [:]
  ) {
    self.parameters = parameters
    self.environment = environment
    self.secrets = secrets
    self.secretEnvironment = secretEnvironment
    self.steps = steps
  }
}
