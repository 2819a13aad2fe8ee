/// The forms in which findings are written.
package enum OutputFormat: String, Sendable, CaseIterable {
  case text, json, sarif, github, junit
}
