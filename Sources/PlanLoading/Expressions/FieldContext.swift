/// Where an expression stands, and what it may read there. `params`, `env` and `plan` it always may.
package struct FieldContext: Sendable {
  package struct Roots: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `steps.…`
    package static let steps = Roots(rawValue: 1)
    /// `state.…`
    package static let state = Roots(rawValue: 2)
    /// `run.…`
    package static let run = Roots(rawValue: 4)
    /// `secrets.…`
    package static let secrets = Roots(rawValue: 8)
    /// `item.…`
    package static let item = Roots(rawValue: 16)
    /// `values.…`: what the step itself has published.
    package static let ownValues = Roots(rawValue: 32)
    /// `exists('glob')` and `hashFiles(…)`.
    package static let files = Roots(rawValue: 64)
    /// `failed()`, `succeeded()` and `skipped('ID')`.
    package static let outcome = Roots(rawValue: 128)

    /// What is known when a step is about to run.
    package static let atRunTime: Roots = [.steps, .state, .run, .files, .outcome]
  }

  /// The key, as messages name it: `when`, `outputs`.
  package var name: String
  package var roots: Roots

  package init(_ name: String, _ roots: Roots) {
    self.name = name
    self.roots = roots
  }
}
