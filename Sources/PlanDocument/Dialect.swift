/// The form in which a plan is written.
package enum Dialect: String, Sendable, CaseIterable {
  case yaml
  case markdown
  /// The older form `{"strategy": …, "actions": […]}`.
  case json
}
