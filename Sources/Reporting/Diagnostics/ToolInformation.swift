internal import Diagnostics

/// What a report says about the program that wrote it.
package struct ToolInformation: Hashable, Sendable {
  package var version: String
  /// An absolute URI: where the program comes from, if it has a place of its own.
  package var informationURI: String?
  /// An absolute URI with `{code}` in it: the page of a rule.
  package var rulePageURI: String?

  package init(version: String, informationURI: String? = nil, rulePageURI: String? = nil) {
    self.version = version
    self.informationURI = informationURI
    self.rulePageURI = rulePageURI
  }

  func helpURI(_ rule: Rule) -> String? { rulePageURI?.replacing("{code}", with: rule.code) }
}
