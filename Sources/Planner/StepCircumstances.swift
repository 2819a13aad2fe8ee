/// What is known around a step when it is looked at: its needs, and what its expressions can read.
package struct StepCircumstances: Sendable {
  /// The direct needs by id.
  package var needs: [(id: String, forecast: NeedForecast)]
  package var scope: RunScope
}
