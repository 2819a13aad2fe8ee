internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Testing

/// Items that are found in the values of other steps.
struct ExpansionTests {
  private static let plan = """
    steps:
      - {id: list, run: list}
      - id: fetch
        needs: [list]
        foreach: fromJSON(steps.list.values.names)
        inputs: ["${{ item }}.in"]
        outputs: ["${{ item }}.out"]
        run: fetch ${{ item }}
      - {id: load, needs: [fetch], run: load}
    """

  private func items(_ text: String, of bench: PlanBench) throws -> [ForeachItem] {
    let value = try JSONReader.read(Array(text.utf8))
    return try #require(bench.planned.nodes[bench.node("fetch[*]")].step.expansion).items(of: value)
  }

  private func found(_ text: String, in bench: PlanBench) throws -> PlannedPlan {
    bench.planned.finding(["fetch[*]": try items(text, of: bench)])
  }

  @Test(arguments: [
    (#"["a", 2, true]"#, ["a", "2", "true"]), (#"{"x": 1, "y": [2]}"#, ["x", "y"]), ("[]", []),
  ])
  func itemsHaveTheKeysOfTheMapOrTheirOwnText(_ text: String, _ keys: [String]) throws {
    let bench = try PlanBench(Self.plan)
    let items = try items(text, of: bench)
    #expect(items.map(\.key) == keys)
    #expect(items.map(\.index) == Array(0..<keys.count))
  }

  @Test(arguments: [
    (#"["a", "b", "a"]"#, "\"foreach\" gives the key \"a\" twice"),
    (#"["a", ""]"#, "item 2 of \"foreach\" has an empty key"),
    (#"[{"n": 1}]"#, "an item that is a map needs a key"),
    ("7", "\"foreach\" needs a list or a map, not a whole number"),
    (#""a,b""#, "a text is taken apart with split(text, ',') or fromJSON(text)"),
  ])
  func whatGivesNoItemsSaysWhy(_ text: String, _ message: String) throws {
    let bench = try PlanBench(Self.plan)
    let problem = #expect(throws: ExpansionProblem.self) { try items(text, of: bench) }
    #expect(problem?.message.contains(message) == true, "\(problem?.message ?? "")")
  }

  @Test func moreItemsThanAreAllowedAreRefused() throws {
    let bench = try PlanBench(Self.plan)
    let expansion = try #require(bench.planned.nodes[bench.node("fetch[*]")].step.expansion)
    #expect(try expansion.items(of: .list((0..<100_000).map(Value.int))).count == 100_000)
    #expect(throws: ExpansionProblem("\"foreach\" has 100001 items; at most 100000 are allowed")) {
      try expansion.items(of: .list((0..<100_001).map(Value.int)))
    }
  }

  @Test func anItemWhoseStepIsNoneIsNamedWithTheLine() throws {
    let bench = try PlanBench(
      Self.plan.replacing("{id: load", with: "{id: other").replacing("run: load", with: "run: x"))
    let expansion = try #require(bench.planned.nodes[bench.node("fetch[*]")].step.expansion)
    let problem = #expect(throws: ExpansionProblem.self) {
      try expansion.steps(for: [ForeachItem(key: "x", value: .list([]), index: 0)])
    }
    #expect(
      problem?.message.hasPrefix("item \"x\": line 10: a list cannot stand in a text") == true, "\(problem as Any)")
  }

  @Test func theRecordOfItemsIsReadAsItWasWritten() throws {
    let items = [
      ForeachItem(key: "a", value: .map([.init("n", .int(1))]), index: 0),
      ForeachItem(key: "b", value: .null, index: 1),
    ]
    #expect(ForeachItem.recorded(in: [ForeachItem.record(of: items)]) == items)
    #expect(ForeachItem.recorded(in: []) == nil)
  }

  @Test func whatIsFoundStandsBetweenWhatFoundItAndTheWhole() throws {
    let bench = try PlanBench(Self.plan)
    let planned = try found(#"["b", "a/c"]"#, in: bench)
    let ids = planned.shownNodes.map { planned.nodes[$0].id }
    #expect(ids == ["list", "fetch[*]", "fetch[b]", "fetch[a%2Fc]", "fetch", "load"])
    #expect(planned.order.map { planned.nodes[$0].id } == ids)
    let graph = planned.graph
    let item = try #require(graph.index(of: "fetch[a%2Fc]"))
    let whole = try #require(graph.index(of: "fetch"))
    let template = try #require(graph.index(of: "fetch[*]"))
    #expect(graph.needs(of: item).map(\.from) == [template])
    #expect(Set(graph.needs(of: whole).map(\.from)) == Set([template] + graph.found(by: template)))
    #expect(graph.dependents(of: item).map(\.to) == [whole])
    #expect(graph.downstream(of: [template]).contains(item))
    #expect(graph.upstream(of: [item]).contains(try #require(graph.index(of: "list"))))
    #expect(planned.nodes[item].step.outputs.map(\.text) == ["a/c.out"])
    #expect(planned.members(of: whole)?.map(\.key) == ["b", "a/c"])
    // What was found is no part of the plan.
    #expect(planned.digest == bench.planned.digest)
    #expect(planned.storedText(source: nil) == bench.planned.storedText(source: nil))
  }

  @Test func whatIsFoundAgainKeepsItsNodeAndTheRestIsGone() throws {
    let bench = try PlanBench(Self.plan)
    var planned = try found(#"["a", "b"]"#, in: bench)
    let template = bench.node("fetch[*]")
    let before = planned.graph.found(by: template)
    let expansion = try #require(planned.nodes[template].step.expansion)
    let steps = try expansion.steps(for: items(#"["c", "b"]"#, of: bench))
    let answer = planned.find(steps, by: template, for: bench.node("fetch"))
    #expect(answer.gone == [before[0]])
    #expect(answer.added.map { planned.nodes[$0].id } == ["fetch[c]"])
    #expect(planned.members(of: bench.node("fetch"))?.map(\.node) == [answer.added[0], before[1]])
    #expect(planned.writers.all(writing: "a.out").isEmpty)
    #expect(planned.writers.all(writing: "b.out") == [before[1]])
  }

  @Test func definitionsCoverTheTemplateAndTheList() throws {
    let base = try PlanBench(Self.plan)
    let node = base.node("fetch[*]")
    let before = base.planned.nodes[node].definition
    for (old, new, finds) in [
      ("run: fetch ${{ item }}", "run: get ${{ item }}", true), ("values.names", "values.others", false),
      ("inputs: [\"${{ item }}.in\"]", "inputs: [\"${{ item }}.txt\"]", true),
    ] {
      let changed = try PlanBench(Self.plan.replacing(old, with: new)).planned.nodes[node].definition
      #expect(changed.digest != before.digest, "\(new)")
      #expect(changed.findsItems(like: before) == finds, "\(new)")
    }
  }

  @Test func beforeTheListIsDoneOneEntryShowsThatItemsAreUnknown() throws {
    var bench = try PlanBench(Self.plan)
    #expect(
      bench.decisions() == ["list": "run first_run", "fetch[*]": "unknown unknown_until", "load": "run first_run"])
    #expect(bench.detail("fetch[*]") == "\"list\"")
    // The list is done in this run, and the items are not found yet.
    bench.position.checkpoints["list"] = try bench.success(
      "list", values: [.init("names", .string(#"["a", "b"]"#))])
    #expect(bench.decision("fetch[*]") == "run finds_items")
    #expect(bench.detail("fetch[*]") == "2")
  }

  @Test func anItemIsUpToDateWhateverTheListSaysOfOthers() throws {
    var bench = try PlanBench(Self.plan, ["a.in": "1", "a.out": "2", "b.in": "1"])
    bench.planned = try found(#"["a", "b"]"#, in: bench)
    try bench.succeeded("list", values: [.init("names", .string(#"["a"]"#))])
    try bench.succeeded("fetch[a]")
    bench.position.checkpoints["list"] = try bench.success(
      "list", run: 2, values: [.init("names", .string(#"["a", "b"]"#))])
    bench.position.checkpoints["fetch[*]"] = try bench.success("fetch[*]", run: 2)
    #expect(bench.decision("fetch[a]") == "skip up_to_date")
    #expect(bench.decision("fetch[b]") == "run first_run")
  }

  @Test func pathsOfItemsMustDifferFromThoseOfOtherSteps() throws {
    let bench = try PlanBench(
      Self.plan
        + "\n  - {id: other, run: x, outputs: [b.out]}\n  - {id: after, needs: [fetch], run: x, outputs: [a.out]}\n")
    let template = bench.node("fetch[*]")
    let expansion = try #require(bench.planned.nodes[template].step.expansion)
    let steps = try expansion.steps(for: items(#"["a", "b"]"#, of: bench))
    #expect(bench.planned.problem(withPathsOf: [steps[0]], by: template) == nil)
    #expect(
      bench.planned.problem(withPathsOf: steps, by: template)?.hasPrefix(
        "\"fetch[b]\" and \"other\" both write \"b.out\"") == true)
  }

  @Test func twoItemsThatWriteOnePathAreARace() throws {
    let bench = try PlanBench(Self.plan.replacing("${{ item }}.out", with: "one.out"))
    let expansion = try #require(bench.planned.nodes[bench.node("fetch[*]")].step.expansion)
    let steps = try expansion.steps(for: items(#"["a", "b"]"#, of: bench))
    #expect(
      GraphRules.race(among: steps, pools: [])?.hasPrefix("\"fetch[a]\" and \"fetch[b]\" both write \"one.out\"")
        == true)
    #expect(GraphRules.race(among: [steps[0]], pools: []) == nil)
  }
}
