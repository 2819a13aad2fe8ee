internal import Reporting
internal import Testing

/// The schema of `execplan.config.yaml` allows and forbids what the program does, as far as a schema can say it.
struct ConfigSchemaTests {
  private let schema: JSONValue

  init() throws { schema = try JSONValue(parsing: Schema.config.text) }

  @Test(arguments: [
    "{}", "null", #"{"exclude": "corpus"}"#,
    #"{"plans": ["ops/*.yaml"], "exclude": ["a", "!a/b"], "standard": "codex", "actions": "tools", "state_dir": "s"}"#,
    #"{"rules": {"EP402": "off", "ep401-repeats-badly": "info", "unused-parameter": "error"}, "x-any": [1]}"#,
    #"{"new": {"dir": "docs", "format": "md"}, "require": ["Rollback", 7]}"#,
  ]) func acceptsWhatIsAllowed(text: String) throws {
    #expect(try SchemaValidator(root: schema).problems(JSONValue(parsing: text)) == [])
  }

  @Test(arguments: [
    "[]", #"{"exclud": ["a"]}"#, #"{"exclude": {"a": 1}}"#, #"{"exclude": [["a"]]}"#, #"{"exclude": ""}"#,
    #"{"standard": "strict"}"#, #"{"rules": {"EP402": "never"}}"#, #"{"rules": ["EP402"]}"#,
    #"{"rules": {"EP9 9": "off"}}"#, #"{"new": "docs"}"#, #"{"new": {"format": "toml"}}"#, #"{"new": {"folder": "x"}}"#,
    #"{"state_dir": ["a"]}"#,
  ]) func refusesWhatIsForbidden(text: String) throws {
    let found = try SchemaValidator(root: schema).problems(JSONValue(parsing: text))
    #expect(!found.isEmpty)
    #expect(!found.contains { $0.contains("unsupported") })
  }
}
