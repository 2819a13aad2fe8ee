internal import PlanGraph
internal import PlanModel
internal import Testing

@Suite struct SelectionTests {
  static let plan = """
    phase: p
    phase: q
    a phase=p labels=db
    b phase=p needs=a
    c phase=q needs=b reads=b
    d defaults=a needs=a labels=db
    finally:
    z
    """

  struct Case: Sendable {
    var selection: Selection
    var expected: String

    init(_ selection: Selection, _ expected: String) {
      self.selection = selection
      self.expected = expected
    }
  }

  @Test(arguments: [
    Case(Selection(), "a b c d"),
    Case(Selection(only: ["b"]), "b"),
    Case(Selection(only: ["a", "d"]), "a d"),
    Case(Selection(only: ["label:db"]), "a d"),
    Case(Selection(until: ["b"]), "a b"),
    Case(Selection(from: ["b"]), "b c"),
    Case(Selection(from: ["b"], until: ["b"]), "b"),
    Case(Selection(from: ["a"], phases: ["p"]), "a b"),
    Case(Selection(phases: ["p", "q"]), "a b c"),
    Case(Selection(skip: ["a"]), "b c d"),
    Case(Selection(skip: ["z"]), "a b c d"),
    Case(Selection(skip: ["b"]), "\"b\" can't be skipped: \"c\" reads its values; skip \"c\" too"),
    Case(Selection(skip: ["b", "c"]), "a d"),
    Case(Selection(only: ["e"]), "no step is called \"e\"; did you mean \"a\""),
    Case(Selection(only: ["gate:p"]), "no step is called \"gate:p\""),
    Case(Selection(only: ["label:dv"]), "no step is called \"label:dv\"; did you mean \"label:db\""),
    Case(Selection(phases: ["r"]), "no phase is called \"r\"; did you mean \"p\""),
    Case(
      Selection(only: ["z"]),
      "\"z\" stands under \"finally\" and runs at the end of every run; select steps of the main part"),
    Case(
      Selection(only: ["a"], phases: ["q"]),
      "the selection is empty: no step satisfies all of --only, --from, --until and --phase"),
  ]) func flagsNarrowEachOther(_ test: Case) {
    let plan = PlanSketch(SelectionTests.plan).plan
    let graph = StepGraph(plan)
    switch test.selection.closure(in: graph, of: plan) {
    case .success(let nodes): #expect(nodes.sorted().map { graph.nodes[$0].id }.joined(separator: " ") == test.expected)
    case .failure(let error): #expect(error.message == test.expected)
    }
  }
}
