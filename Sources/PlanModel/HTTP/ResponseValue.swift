/// The values that an `http` step publishes.
package enum ResponseValue: String, Hashable, Sendable, CaseIterable {
  /// The number of the last response.
  case status
  /// By name in lower case; one that came several times, with commas.
  case headers
  /// The text.
  case body
  /// What the text says, if it is JSON.
  case json
}
