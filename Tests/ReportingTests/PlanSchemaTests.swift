internal import Foundation
internal import PlanModel
internal import Reporting
internal import Testing

struct PlanSchemaTests {
  private static func step(_ members: String) -> String {
    #"{"execplan": 1, "title": "T", "steps": [{"id": "a", \#(members)}]}"#
  }

  private static func top(_ members: String) -> String {
    #"{"execplan": 1, "title": "T", "steps": [{"id": "a", "run": "make"}], \#(members)}"#
  }

  static let good: [String] = [
    #"{"execplan": 1, "title": "T", "steps": [{"id": "a", "run": "make"}], "x-anchors": {"any": [1]}}"#,
    top(
      #""params_files": "a.yaml", "dotenv": [".env", ".env.local"], "requires": {"commands": "git", "env": ["A_1"], "files": []}"#
    ),
    step(#""run": "make""#),
    step(#""run": {"script": "print(1)", "interpreter": "python3"}"#),
    step(#""run": {"script": "print(1)", "interpreter": ["python3", "-u"]}"#),
    step(#""exec": ["echo", 1, "${{ params.x }}"]"#),
    step(#""file": {"path": "a", "content": "x", "mode": "0644"}"#),
    step(#""file": {"path": "a", "mode": 644}"#),
    step(#""file": {"path": "a", "source": "b", "render": true}"#),
    step(#""file": {"path": "a", "template": "b"}"#),
    step(#""file": {"path": "a", "directory": true}"#),
    step(#""file": {"path": "a", "link": "b"}"#),
    step(#""file": {"path": "a", "absent": true}"#),
    step(#""edit": {"path": "a", "line": "x", "ensure": "absent"}"#),
    step(#""edit": {"path": "a", "block": {"marker": "m", "text": "t", "comment": "//"}}"#),
    step(#""edit": {"path": "a", "replace": {"pattern": "^p", "with": "q"}}"#),
    step(#""sql": {"database": "sqlite:w.db", "file": "s.sql", "exactly_once": true, "bind": {"d": 1}}"#),
    step(#""sql": {"query": "select 1 as n", "rows": "all"}"#),
    step(#""sql": {"statements": ["select 1"]}"#),
    step(#""check": [{"exists": "*.json"}, "test -s x", {"run": "true", "severity": "warn", "title": "t"}]"#),
    step(
      #""check": [{"exists": {"glob": "*", "count": {"ge": 3}, "size": {"gt": "1KB"}, "age": {"le": "1d"}, "min_count": 1, "min_size": "1 KiB", "max_age": "1d"}}]"#
    ),
    step(#""check": [{"file": {"path": "a", "contains": "x", "matches": "^x", "eq": "x"}}]"#),
    step(#""check": [{"run": {"script": "p", "expect": {"exit": [0, 3], "stdout": {"contains": "ok"}}}}]"#),
    step(
      #""check": [{"sql": {"query": "select 1", "expect": {"value": {"in": [1, 2]}, "duration": {"le": "500ms"}}}}]"#),
    step(#""check": [{"sql": {"database": "sqlite:w.db", "query": "select 1", "expect": {"value": 0}}}]"#),
    step(#""run": "m", "secrets": ["A"]"#),
    step(#""run": "m", "secrets": "A""#),
    step(#""file": {"path": "/etc/x", "content": "x", "allow_outside": true}"#),
    step(#""edit": {"path": "../x", "line": "x", "allow_outside": true}"#),
    top(
      #""secrets": {"A": {"env": "A"}, "B": {"file": "/run/b", "optional": true}, "C": {"command": ["pass", "c"]}}"#),
    step(#""manual": "Rotate the key""#),
    step(
      #""manual": {"instructions": "i", "artifacts": "p.txt", "criteria": ["c", {"exists": "p.txt"}], "values": {"ticket": {"type": "string"}}}"#
    ),
    step(
      #""run": "m", "needs": "b", "inputs": "src/**", "outputs": ["d"], "creates": "x", "labels": "slow", "x-note": 1, "timeout": "1h30m", "retry": 2, "when": "params.x == 'y'", "undo": {"run": "u"}"#
    ),
    step(
      #""run": "m", "retry": {"times": 4, "delay": "1s", "factor": 2, "max_delay": "30s", "max_elapsed": "10m", "jitter": true, "on_exit": 75, "not_on_exit": [64], "on_timeout": true}"#
    ),
    step(
      #""run": "m", "expect": {"exit": 0, "stderr": "", "stdout": {"lines": "a", "contains_lines": "b"}, "duration": {"le": "5m"}}, "verify": [{"exists": "d"}], "state": {"w": "${{ values.m }}"}, "on_interrupt": "verify", "idempotent": false, "once": true, "always": false, "allow_failure": true, "gate": true, "sync_outputs": true, "priority": 3, "pool": "db", "env": {"A": 1}, "shell": ["sh", "-c"], "cwd": "x", "unless": "true", "owner": "o", "estimate": "2-3d", "title": "t", "description": "d", "phase": "p", "undoes": ["b"]"#
    ),
    top(
      #""id": "x", "purpose": "p", "strategy": "greenfield", "order": "listed", "params": {"tasks": 1000, "l": [1], "d": {"type": "date", "required": true, "choices": ["a"], "description": "x", "default": null}}, "env": {"TZ": "UTC"}"#
    ),
    top(
      #""defaults": {"shell": "sh -c", "cwd": ".", "timeout": "10m", "retry": 0, "pool": "db", "idempotent": true, "on_interrupt": "ask", "database": "sqlite:w.db", "sync_outputs": true}, "pools": {"db": 1, "net": {"size": 4}}, "profiles": {"prod": {"extends": "base", "params": {"env": "prod"}, "env": {"A": "b"}}}"#
    ),
    top(
      #""resources": {"team": [{"role": "r", "fte": 0.5}], "infrastructure": "pg", "budget": "2 EUR"}, "success_factors": ["f"], "risks": ["r", {"risk": "r", "likelihood": "l", "impact": "i", "mitigation": "m"}], "milestones": ["m", {"name": "n", "date": "2026-12-01", "criteria": "c"}], "calendar": {"day": "8h", "week": "5d", "sprint": "2w"}, "run_key": "date", "timeout": "2h""#
    ),
    top(
      #""phases": [{"id": "p", "title": "P", "objective": "o", "description": "d", "owner": "w", "estimate": "1 sprint", "deliverables": "f", "gate": [{"exists": "f"}], "needs": []}], "finally": [{"id": "z", "run": "stop", "undoes": "a"}]"#
    ),
  ]

  static let bad: [String] = [
    #"{"title": "T", "steps": []}"#,
    #"{"execplan": 2, "title": "T", "steps": []}"#,
    #"{"execplan": 1, "steps": []}"#,
    #"{"execplan": 1, "title": "T"}"#,
    #"{"execplan": 1, "title": "T", "steps": {}}"#,
    top(#""tittle": "T""#),
    top(#""params_files": {"a": 1}"#),
    top(#""dotenv": [[".env"]]"#),
    top(#""requires": ["git"]"#),
    top(#""requires": {"command": "git"}"#),
    top(#""requires": {"env": ["A-B"]}"#),
    step(#""title": "no action""#),
    step(#""run": "a", "exec": ["b"]"#),
    step(#""file": {"path": "a", "content": "x"}, "manual": "m""#),
    step(#""run": "a", "need": ["b"]"#),
    step(#""run": "a", "timeout": 90"#),
    step(#""run": "a", "timeout": "1.5h""#),
    step(#""run": "a", "retry": {"attempts": 3}"#),
    step(#""run": "a", "retry": -1"#),
    step(#""run": "a", "needs": {"b": 1}"#),
    step(#""run": "a", "on_interrupt": "retry""#),
    step(#""run": "a", "idempotent": "yes""#),
    step(#""run": "a", "env": {"A=B": "x"}"#),
    step(#""run": "a", "env": {"EXECPLAN_A": "x"}"#),
    step(#""run": "a", "id": "has space""#).replacingOccurrences(of: #""id": "a", "#, with: ""),
    step(#""run": {"interpreter": "python3"}"#),
    step(#""run": ["a"]"#),
    step(#""exec": "a b""#),
    step(#""exec": []"#),
    step(#""file": {"content": "x"}"#),
    step(#""file": {"path": "a"}"#),
    step(#""file": {"path": "a", "content": "x", "source": "b"}"#),
    step(#""file": {"path": "a", "content": "x", "render": true}"#),
    step(#""file": {"path": "a", "directory": false}"#),
    step(#""file": {"path": "a", "mode": "rw-r--r--"}"#),
    step(#""edit": {"path": "a"}"#),
    step(#""edit": {"path": "a", "line": "x", "replace": {"pattern": "p", "with": "q"}}"#),
    step(#""edit": {"path": "a", "block": {"text": "t"}}"#),
    step(#""sql": {"database": "mysql:x", "query": "select 1"}"#),
    step(#""sql": {"database": "sqlite:w.db"}"#),
    step(#""sql": {"query": "select 1", "file": "a.sql"}"#),
    step(#""sql": {"file": "a.sql", "rows": "all"}"#),
    step(#""check": [{"exist": "a"}]"#),
    step(#""check": [{"exists": "a", "run": "b"}]"#),
    step(#""check": [{"title": "nothing"}]"#),
    step(#""check": [{"exists": "a", "severity": "warning"}]"#),
    step(#""check": [{"sql": {"query": "q", "expect": {"value": {"gte": 1}}}}]"#),
    step(#""check": [{"sql": {"query": "q", "expect": {"value": {}}}}]"#),
    step(#""manual": {"artifacts": ["a"]}"#),
    step(#""run": "a", "undo": {"run": "b", "exec": ["c"]}"#),
    step(#""run": "a", "undo": {}"#),
    step(#""run": "a", "expect": {"exit": 300}"#),
    step(#""fetch": {"url": "http://h/"}"#),
    step(#""fetch": {"url": "http://h/", "path": "p", "sha256": "abc"}"#),
    step(#""http": {"method": "GET"}"#),
    step(#""http": "ftp://h/""#),
    step(#""http": {"url": "http://h/", "method": "FETCH"}"#),
    step(#""http": {"url": "http://h/", "body": "a"}"#),
    step(#""http": {"url": "http://h/", "expect": {"json": {"id": 1}}}"#),
    step(#""http": {"url": "http://h/", "expect": {"status": 99}}"#),
    step(#""wait": {"interval": "1s"}"#),
    step(#""wait": {"for": {"host": "h"}}"#),
    step(#""wait": {"for": {"duration": "1s", "port": 80}}"#),
    step(#""run": "a", "http": "http://h/""#),
    step(#""run": "a", "foreach": 5"#),
    top(#""order": "sequential""#),
    top(#""params": {"d": {"type": "datum"}}"#),
    top(#""params": {"a b": 1}"#),
    top(#""pools": {"db": 0}"#),
    top(#""pools": {"db": {"sizes": 1}}"#),
    top(#""phases": [{"title": "without id"}]"#),
    top(#""secrets": {"A": {}}"#),
    top(#""secrets": {"A": "value"}"#),
    top(#""secrets": {"A": {"env": "A", "file": "b"}}"#),
    top(#""secrets": {"a b": {"env": "A"}}"#),
    top(#""risks": [{"likelihood": "low"}]"#),
    top(#""calendar": {"day": 8}"#),
  ]

  /// Read once: the tests below run for each of a hundred plans.
  private static let parsed = try? JSONValue(parsing: Schema.plan.text)
  private let schema: JSONValue

  init() throws {
    schema = try #require(PlanSchemaTests.parsed)
  }

  @Test(arguments: good)
  func acceptsWhatTheFormatAllows(_ plan: String) throws {
    #expect(try SchemaValidator(root: schema).problems(JSONValue(parsing: plan)) == [])
  }

  @Test(arguments: bad)
  func refusesWhatTheFormatForbids(_ plan: String) throws {
    let found = try SchemaValidator(root: schema).problems(JSONValue(parsing: plan))
    #expect(!found.isEmpty)
    #expect(!found.contains { $0.contains("unsupported") })
  }

  /// Editors show these; and a closed object without them would be a guess.
  @Test(arguments: [Schema.plan, .config])
  func everyPropertyIsDescribedWithAnExampleThatIsValid(_ name: Schema) throws {
    let schema = try JSONValue(parsing: name.text)
    func visit(_ node: JSONValue, _ path: String, isPropertyMap: Bool) {
      for (key, child) in node.members {
        let here = "\(path)/\(key)"
        if isPropertyMap, child != .bool(false) {
          #expect(child["description"]?.text?.isEmpty == false, "\(here)")
          #expect(child["markdownDescription"]?.text?.isEmpty == false, "\(here)")
          let examples = child["examples"]?.elements ?? []
          #expect(!examples.isEmpty, "\(here)")
          var alone = child.members
          alone["definitions"] = schema["definitions"]
          for example in examples {
            #expect(SchemaValidator(root: .object(alone)).problems(example) == [], "\(here)")
          }
        }
        if key != "examples" { visit(child, here, isPropertyMap: key == "properties" && !isPropertyMap) }
      }
      for child in node.elements { visit(child, path, isPropertyMap: false) }
    }
    visit(schema, "", isPropertyMap: false)
  }

  /// Editors repeat the completions of branches, and some do not check `oneOf` of `required` at all.
  @Test func aStepIsOneFlatListOfProperties() throws {
    let step = try #require(schema["definitions"]?["step"])
    #expect(step["additionalProperties"] == .bool(false))
    #expect(step["oneOf"] == nil && step["allOf"] == nil)
    for branch in step["anyOf"]?.elements ?? [] { #expect(Set(branch.members.keys) == ["required"]) }
    let kinds = Set(ActionKind.allCases.map(\.rawValue))
    #expect(Set(step["anyOf"]?.elements.compactMap { $0["required"]?.elements.first?.text } ?? []) == kinds)
    for kind in kinds {
      let others = step["dependencies"]?[kind]?["properties"]?.members ?? [:]
      #expect(Set(others.keys) == kinds.subtracting([kind]) && others.values.allSatisfy { $0 == .bool(false) })
    }
  }

  @Test func namesOfTheModelAreThoseOfTheSchema() throws {
    func names(_ node: JSONValue?) -> Set<String> { Set(node?["enum"]?.elements.compactMap(\.text) ?? []) }
    let definitions = try #require(schema["definitions"])
    let step = try #require(definitions["step"]?["properties"])
    #expect(names(step["on_interrupt"]) == Set(OnInterrupt.allCases.map(\.rawValue)))
    #expect(names(definitions["valueType"]) == Set(Parameter.Kind.allCases.map(\.rawValue)))
    #expect(names(definitions["check"]?["properties"]?["severity"]) == Set(Check.Severity.allCases.map(\.rawValue)))
    let operators = Set(Comparison.Operator.allCases.map(\.rawValue))
    #expect(Set(definitions["comparison"]?["properties"]?.members.keys ?? [:].keys) == operators.union(["equals"]))
    #expect(names(schema["properties"]?["order"]) == Set(Plan.Order.allCases.map(\.rawValue)))
    #expect(names(schema["properties"]?["strategy"]) == Set(Plan.Strategy.allCases.map(\.rawValue)))
  }

  @Test(arguments: Schema.allCases)
  func theEmbeddedTextIsTheFile(_ schema: Schema) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try String(contentsOf: root.appendingPathComponent("schemas/\(schema.fileName)"), encoding: .utf8)
    let isEqual = Array(file.utf8) == Array(schema.text.utf8)
    #expect(isEqual, "run .ci/embed-schemas")
  }
}
