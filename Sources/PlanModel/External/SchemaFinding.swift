package import SourceText

/// What is not as a schema wants it, and where in the plan.
package struct SchemaFinding: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A field that there is not; the names that there are.
    case unknownField(known: [String])
    case missingField
    case wrongType
    case badValue
  }

  package var kind: Kind
  /// Of the value in the plan; of the key for a field that there is not.
  package var range: SourceRange
  /// As a JSON pointer: `/files/0/path`; empty for the whole.
  package var pointer: String
  /// Lower case, no full stop.
  package var message: String
  /// The field that there is not.
  package var name: String?
}
