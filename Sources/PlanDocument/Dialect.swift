/// The form in which a plan is written.
package enum Dialect: String, Sendable, CaseIterable {
  case yaml
  case markdown
  /// `{strategy, actions: […]}`: the older plans of generators.
  case json
}
