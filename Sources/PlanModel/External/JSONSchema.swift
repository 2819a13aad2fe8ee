/// A JSON Schema, of the part of draft-07 that describes the fields of an external action.
///
/// A keyword that it does not know is an error where the schema is read, so that nothing passes because it was not
/// looked at.
package indirect enum JSONSchema: Hashable, Sendable {
  /// `true`, or `{}`.
  case anything
  /// `false`: no value is right.
  case nothing
  case rules(Rules)

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case null, boolean, integer, number, string, array, object

    /// With its article, for messages.
    var phrase: String {
      switch self {
      case .null: "null"
      case .boolean: "true or false"
      case .integer: "a whole number"
      case .number: "a number"
      case .string: "a text"
      case .array: "a list"
      case .object: "a mapping"
      }
    }
  }

  package struct Property: Hashable, Sendable {
    package var name: String
    package var schema: JSONSchema
  }

  package struct Rules: Hashable, Sendable {
    /// Empty: any.
    package var kinds: [Kind] = []
    /// One of these values; nil: any.
    package var allowed: [Value]?
    package var properties: [Property] = []
    package var required: [String] = []
    /// For properties that are not listed.
    package var additional: JSONSchema = .anything
    package var items: JSONSchema = .anything
    package var itemCount = Bounds()
    package var propertyCount = Bounds()
    /// Of texts, in characters.
    package var length = Bounds()
    package var pattern: String?
    package var range = Range()
    package var areItemsUnique = false
  }

  package struct Bounds: Hashable, Sendable {
    package var least: Int?
    package var most: Int?
  }

  package struct Range: Hashable, Sendable {
    package var minimum: Double?
    package var maximum: Double?
    package var isMinimumExcluded = false
    package var isMaximumExcluded = false
  }
}
