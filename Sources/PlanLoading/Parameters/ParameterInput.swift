package import PlanModel

/// What an invocation gives for parameters; later entries win.
package struct ParameterInput: Sendable {
  package struct Given: Sendable {
    package var name: String
    package var value: Value
    /// Where it came from, for messages: `--param`, a file's name.
    package var origin: String

    package init(name: String, value: Value, origin: String) {
      self.name = name
      self.value = value
      self.origin = origin
    }
  }

  package var given: [Given]
  package var profile: String?

  package init(given: [Given] = [], profile: String? = nil) {
    self.given = given
    self.profile = profile
  }
}
