package import SourceText

/// What one agent leaves for another: read there as `steps.ID.handoff.RECEIVER`.
package struct Handoff: Hashable, Sendable {
  /// The role of the receiver.
  package var receiver: Located<String>
  /// What the receiver is to work with; it must be there. Nil: the artifacts of the step.
  package var artifacts: [PathPattern]?
  /// What the receiver is to do or to keep to.
  package var requirements: [Template]
  /// How the data is reached.
  package var dataAccess: StructuredTemplate?
  /// What the receiver can try its work with.
  package var testData: StructuredTemplate?

  package init(
    receiver: Located<String>, artifacts: [PathPattern]? = nil, requirements: [Template] = [],
    dataAccess: StructuredTemplate? = nil, testData: StructuredTemplate? = nil
  ) {
    self.receiver = receiver
    self.artifacts = artifacts
    self.requirements = requirements
    self.dataAccess = dataAccess
    self.testData = testData
  }

  /// Every expression in it.
  package var expressions: [Expression] {
    requirements.flatMap(\.expressions) + (dataAccess?.expressions ?? []) + (testData?.expressions ?? [])
  }

  /// Under which name the package is among the values of the step that makes it.
  package static func key(of receiver: String) -> String { prefix + receiver }

  /// What the names of packages begin with.
  package static let prefix = "handoff."
}
