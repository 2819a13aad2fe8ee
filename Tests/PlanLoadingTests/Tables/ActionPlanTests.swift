internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import Testing

@testable internal import PlanLoading

/// The older form `{strategy, actions: […]}`.
struct ActionPlanTests {
  static let text = """
    {"strategy": "greenfield", "actions": [
      {"step_id": 1, "type": "create_source", "name": "shop", "file_path": "models/shop.yml",
       "description": "Name the tables", "dependencies": []},
      {"step_id": 2, "type": "create_staging", "name": "stg orders", "file_path": "models/stg.sql",
       "description": "Rename the columns", "dependencies": ["shop"]},
      {"step_id": 3, "type": "modify_mart", "name": "fct", "file_path": "models/fct.sql",
       "description": "Join", "dependencies": ["stg orders", "1"]}
    ]}
    """

  private static func read(_ text: String, exists: Set<String>? = nil) -> MarkdownExample {
    MarkdownExample(text, path: "plans/marts.json", exists: exists)
  }

  @Test func actionsBecomeStepsForAnAgent() throws {
    let example = Self.read(Self.text)
    let plan = example.plan
    #expect(plan.title == "marts" && plan.strategy == .greenfield && plan.hasExplicitOrder)
    #expect(plan.steps.map(\.id.value) == ["shop", "stg-orders", "fct"])
    #expect(plan.steps[2].needs.map(\.value) == ["stg-orders", "shop"])
    #expect(plan.steps[1].title == "create staging stg orders")
    guard case .agent(let agent) = plan.steps[1].action, case .text(let prompt) = agent.prompt else {
      Issue.record("not for an agent")
      return
    }
    #expect(prompt.literal == "Rename the columns")
    #expect(agent.acceptance.artifacts.map(\.text) == ["models/stg.sql"] && agent.program == nil)
    #expect(example.source.text(plan.steps[1].id.range) == "\"stg orders\"")
    #expect(example.findings.isEmpty)
  }

  @Test func withoutAStrategyTheFilesDecide() {
    let text = Self.text.replacing("\"strategy\": \"greenfield\", ", with: "")
    #expect(Self.read(text, exists: []).plan.strategy == .greenfield)
    #expect(Self.read(text, exists: ["models/fct.sql"]).plan.strategy == .brownfield)
    #expect(Self.read(text).plan.strategy == nil)
  }

  @Test(arguments: [
    ("create_source", "delete_source", "EP204"), ("create_source", "create_", "EP204"),
    ("\"shop\"]", "\"shp\"]", "EP301"),
    ("\"step_id\": 2", "\"step_id\": 1", "EP209"), ("\"fct\"", "\"shop\"", "EP209"),
    ("\"description\": \"Join\", ", "", "EP202"), ("file_path\": \"models/fct", "file_pth\": \"models/fct", "EP201"),
    ("greenfield", "purple", "EP204"), ("\"1\"]", "{}]", "EP203"),
  ]) func whatIsWrongIsAFinding(old: String, new: String, code: String) {
    let found = Self.read(Self.text.replacing(old, with: new)).findings
    // An unknown dependency is found in the graph.
    if code != "EP301" { #expect(found.contains { $0.hasPrefix(code) }, "\(found)") } else { #expect(found.isEmpty) }
  }

  @Test func aFileOfAnotherKindIsNoSuchPlan() {
    for text in [
      "{\"actions\": 5}", "{\"actions\": [1]}", "[]", "{\"execplan\": 1, \"actions\": []}", "{\"actions\": []}",
    ] {
      #expect(Self.read(text).plan.steps.isEmpty)
    }
  }
}
