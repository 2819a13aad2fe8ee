internal import SourceText

/// What is known before anything runs: parameters, the plan's `env`, and the plan itself.
package struct StaticScope: EvaluationScope, Sendable {
  private var parameters: [String: Value] = [:]
  private var environment: [String: Value] = [:]
  private var planID: String
  private var title: String
  private var path: String

  package init(parameters: [Parameter], planID: String?, title: String, path: String) {
    for parameter in parameters {
      self.parameters[parameter.name.value] = parameter.value ?? (parameter.isRequired ? nil : .null)
    }
    self.planID = planID ?? path
    self.title = title
    self.path = path
  }

  package init(plan: Plan) {
    self.init(parameters: plan.parameters, planID: plan.id?.value, title: plan.title, path: plan.path)
    add(environment: plan.env)
  }

  /// Adds the plan's variables; one whose text is not known before the run is left out.
  package mutating func add(environment variables: [Step.Variable]) {
    for variable in variables {
      if let value = try? variable.value.render(in: self) { environment[variable.name.value] = value }
    }
  }

  package func value(of reference: Reference) throws(EvaluationError) -> Value? {
    switch reference {
    case .parameter(let name): return parameters[name]
    case .environment(let name): return environment[name]
    case .plan(.id): return .string(planID)
    case .plan(.title): return .string(title)
    case .plan(.path): return .string(path)
    case .secret, .stepValue, .stepStatus, .state, .run, .ownValue, .item:
      throw EvaluationError("\"\(reference.text)\" is not known before the run")
    }
  }

  package func fileExists(matching glob: String) throws(EvaluationError) -> Bool { throw StaticScope.notStatic }
  package func hashFiles(_ globs: [String]) throws(EvaluationError) -> String { throw StaticScope.notStatic }
  package func secretExists(_ name: String) throws(EvaluationError) -> Bool { throw StaticScope.notStatic }
  package func hasFailed() throws(EvaluationError) -> Bool { throw StaticScope.notStatic }
  package func hasSucceeded() throws(EvaluationError) -> Bool { throw StaticScope.notStatic }
  package func isSkipped(_ step: String) throws(EvaluationError) -> Bool { throw StaticScope.notStatic }

  private static let notStatic = EvaluationError("it is not known before the run")
}
