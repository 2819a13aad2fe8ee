package import Digest

/// The four digests that decide whether a step is up to date.
package struct Fingerprint: Hashable, Sendable {
  /// D: the definition, with parameters bound and references to values, state and run left symbolic.
  package var definition: SHA256Digest
  /// V: the upstream values that it reads; nil until they are known.
  package var upstream: SHA256Digest?
  /// I: the inputs and the files that the action names, as they were before the action started.
  package var inputs: SHA256Digest?
  /// O: the declared outputs, after the action.
  package var outputs: SHA256Digest?

  package init(
    definition: SHA256Digest, upstream: SHA256Digest? = nil, inputs: SHA256Digest? = nil, outputs: SHA256Digest? = nil
  ) {
    self.definition = definition
    self.upstream = upstream
    self.inputs = inputs
    self.outputs = outputs
  }
}
