internal import SourceText
internal import Testing

@testable internal import PlanModel

/// The part of JSON Schema that describes what an external action takes.
struct JSONSchemaTests {
  private static func value(_ json: String) throws -> Value { try JSONReader.read(Array(json.utf8)) }

  private static func findings(_ json: String, _ schema: String) throws -> [String] {
    let schema = try JSONSchema(reading: try value(schema))
    return SchemaCheck.findings(in: .value(try value(json), .fileStart), against: schema, what: "with")
      .map { "\($0.pointer): \($0.message)" }
  }

  @Test(arguments: [
    ("1", "true"), ("1", "{}"), ("1", #"{"title": "x", "default": 2, "examples": [1]}"#),
    ("1", #"{"type": "integer"}"#), ("1.0", #"{"type": "integer"}"#), ("1", #"{"type": "number"}"#),
    ("1.5", #"{"type": ["string", "number"]}"#), ("null", #"{"type": "null"}"#), ("true", #"{"type": "boolean"}"#),
    ("[]", #"{"type": "array", "maxItems": 0}"#), (#"{"a": 1}"#, #"{"type": "object", "minProperties": 1}"#),
    ("2", #"{"enum": [1, 2.0]}"#), (#"{"a": 1, "b": [2]}"#, #"{"const": {"b": [2.0], "a": 1}}"#),
    ("3", #"{"minimum": 3, "maximum": 3}"#), ("3", #"{"exclusiveMinimum": 2.9, "exclusiveMaximum": 3.1}"#),
    (#""é""#, #"{"minLength": 1, "maxLength": 1}"#), (#""ab""#, #"{"pattern": "^a"}"#), ("5", #"{"pattern": "^a"}"#),
    ("[1, 2]", #"{"uniqueItems": true, "items": {"type": "integer"}}"#),
    (#"{"x": 1}"#, #"{"additionalProperties": {"type": "integer"}}"#), (#"{"x": 1}"#, #"{"required": ["x"]}"#),
  ]) func whatIsAllowedGivesNoFinding(json: String, schema: String) throws {
    #expect(try Self.findings(json, schema) == [])
  }

  @Test(arguments: [
    ("1", "false", [": \"with\" can't have a value"]),
    ("1", #"{"type": "string"}"#, [": \"with\" must be a text, not 1"]),
    ("1.5", #"{"type": "integer"}"#, [": \"with\" must be a whole number, not 1.5"]),
    (#""x""#, #"{"type": ["null", "boolean"]}"#, [": \"with\" must be null or true or false, not \"x\""]),
    ("[1]", #"{"type": "object"}"#, [": \"with\" must be a mapping, not [1]"]),
    ("3", #"{"enum": [1, "2"]}"#, [": \"with\" must be one of 1, \"2\", not 3"]),
    ("3", #"{"const": 1}"#, [": \"with\" must be 1, not 3"]),
    ("3", #"{"minimum": 4}"#, [": \"with\" must be at least 4"]),
    ("3", #"{"exclusiveMinimum": 3}"#, [": \"with\" must be more than 3"]),
    ("3.5", #"{"maximum": 3.25}"#, [": \"with\" must be at most 3.25"]),
    ("3", #"{"exclusiveMaximum": 3}"#, [": \"with\" must be less than 3"]),
    (#""ab""#, #"{"maxLength": 1}"#, [": \"with\" must have at most 1 character, not 2"]),
    (#""b""#, #"{"pattern": "^a"}"#, [": \"with\" must match \"^a\", not \"b\""]),
    ("[]", #"{"minItems": 2}"#, [": \"with\" must have at least 2 items, not 0"]),
    ("[1, 2, 1]", #"{"uniqueItems": true}"#, [": \"with\" holds 1 twice"]),
    ("[1, \"a\"]", #"{"items": {"type": "integer"}}"#, ["/1: \"1\" must be a whole number, not \"a\""]),
    (#"{"a": 1}"#, #"{"maxProperties": 0}"#, [": \"with\" must have at most 0 fields, not 1"]),
    (
      #"{"a/b": {"c": 1}}"#, #"{"properties": {"a/b": {"required": ["d"], "additionalProperties": false}}}"#,
      ["/a~1b: \"a/b\" needs \"d\"", "/a~1b/c: unknown field \"c\" in \"a/b\""]
    ),
    (#"{"a": 1}"#, #"{"additionalProperties": {"type": "string"}}"#, ["/a: \"a\" must be a text, not 1"]),
    (#"{"a": 1}"#, #"{"properties": {"a": false}}"#, ["/a: \"a\" can't have a value"]),
  ]) func whatIsNotAllowedIsSaidWithItsPlace(json: String, schema: String, expected: [String]) throws {
    #expect(try Self.findings(json, schema) == expected)
  }

  @Test(arguments: [
    ("[]", "a schema is a mapping, true or false"),
    (#"{"type": "text"}"#, "/type: a type is one of null, boolean, integer, number, string, array, object"),
    (#"{"type": []}"#, "/type: it names no type"), (#"{"enum": []}"#, "/enum: it is a list of values"),
    (#"{"properties": []}"#, "/properties: it is a mapping"),
    (#"{"properties": {"a/b": 1}}"#, "/properties/a~1b: a schema is a mapping, true or false"),
    (#"{"required": "a"}"#, "/required: it is a list of names"),
    (#"{"minItems": -1}"#, "/minItems: it is a whole number of at least 0"),
    (#"{"minimum": "1"}"#, "/minimum: it is a number"), (#"{"uniqueItems": 1}"#, "/uniqueItems: it is true or false"),
    (##"{"$ref": "#/x"}"##, "/$ref: the keyword \"$ref\" is not supported here"),
    (#"{"items": {"oneOf": []}}"#, "/items/oneOf: the keyword \"oneOf\" is not supported here"),
  ]) func aSchemaThatCannotBeUsedIsRefused(schema: String, expected: String) throws {
    let value = try Self.value(schema)
    let problem = #expect(throws: JSONSchema.Problem.self) { try JSONSchema(reading: value) }
    #expect(problem?.description == expected)
  }

  @Test func deepSchemasAreRefusedAndManyFindingsCut() throws {
    let deep = String(repeating: #"{"items": "#, count: 40) + "true" + String(repeating: "}", count: 40)
    let value = try Self.value(deep)
    #expect(throws: JSONSchema.Problem.self) { try JSONSchema(reading: value) }
    let many = "[" + [String](repeating: "1", count: 500).joined(separator: ",") + "]"
    #expect(try Self.findings(many, #"{"items": {"type": "string"}}"#).count == SchemaCheck.findingLimit)
  }

  /// Before a run nothing is known of an expression but that text around it makes a text.
  @Test func expressionsAreHeldAgainstTheSchemaWhenTheyHaveValues() throws {
    let schema = try JSONSchema(reading: try Self.value(#"{"properties": {"a": {"type": "integer"}}}"#))
    func tree(_ segments: [Template.Segment]) -> StructuredTemplate {
      .map([.init(name: Located("a", .fileStart), value: .text(Template(segments, .fileStart)))], .fileStart)
    }
    let expression = Expression.literal(.string("x"), .fileStart)
    let sole = tree([.expression(expression)])
    #expect(SchemaCheck.findings(in: sole, against: schema, what: "with").isEmpty)
    let mixed = tree([.literal("n"), .expression(expression)])
    #expect(
      SchemaCheck.findings(in: mixed, against: schema, what: "with").map(\.message) == [
        "\"a\" must be a whole number, not a text"
      ])
    let statics = StaticScope(parameters: [], planID: nil, title: "", path: "p")
    let known = try sole.evaluated(in: statics)
    #expect(
      SchemaCheck.findings(in: known, against: schema, what: "with").map(\.message) == [
        "\"a\" must be a whole number, not \"x\""
      ])
  }
}
