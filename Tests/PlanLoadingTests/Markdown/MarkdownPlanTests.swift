internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import SourceText
internal import Testing

/// The plan around the steps: order, phases, gates, undo, expectations, front matter.
struct MarkdownPlanTests {
  @Test func stepsRunAsListedUntilOneSaysWhatItNeeds() throws {
    let first = "1. `a`: A\n\n       true\n\n2. `b`: B"
    let script = "\n\n       true\n\n3. `c`: C.\n\n       true\n"
    #expect(MarkdownSketch.steps(first + script).plan?.order == .listed)
    let graph = MarkdownSketch.steps(first + ". Needs: `a`." + script)
    #expect(graph.plan?.order == .graph && graph.places == ["EP325@16:5"])
    let stated = MarkdownSketch.steps(first + ". Needs: none." + script)
    #expect(stated.plan?.order == .graph && stated.step("b")?.needs.isEmpty == true)
  }

  @Test func stepsOfValidationAreGatesAfterAllOthers() throws {
    let sketch = MarkdownSketch(
      """
      # Gates

      ## Validation and Acceptance

      1. `good`: it is good.

             true

      ## Concrete Steps

      1. `work`: work.

             true

      """)
    let plan = try #require(sketch.plan)
    #expect(plan.steps.map(\.id.value) == ["work", "good"])
    #expect(plan.steps.map(\.isGate) == [false, true] && plan.order == .listed)
  }

  @Test func undoBelongsToItsStep() throws {
    let sketch = MarkdownSketch(
      """
      # Undo

      ```yaml {execplan}
      steps:
        - {id: c, run: touch c}
      ```

      ## Concrete Steps

      1. `a`: A

             mkdir a

      2. `b`: B

             touch b

      ## Idempotence and Recovery

      - Undo of `a`: remove it.

            rmdir a

      ### Undo of `b`

      ```python
      import os; os.remove("b")
      ```

      1. Undo of `c`:

         ```yaml
         file: {path: c, absent: true}
         ```

      """)
    guard case .run(let first) = sketch.step("a")?.undo, case .run(let second) = sketch.step("b")?.undo else {
      Issue.record("no undo")
      return
    }
    #expect(first.script.text == "rmdir a\n" && second.interpreter?.words == ["python3"])
    #expect(sketch.step("c")?.undo?.kind == .file)
    #expect(sketch.places.isEmpty, "\(sketch.findings.map(\.message))")
  }

  @Test(arguments: [
    ("Milestone 1: Foo", "milestone-1"), ("Phase 2 (Week 1–4): Extract", "phase-2"), ("Phase 2a - Load", "phase-2a"),
    ("Phase B", "phase-b"), ("3. Milestone 1.2 — Bar", "milestone-1.2"), ("Phase `extract`: All of it", "extract"),
    ("Milestone: The end of it", "milestone-the-end-of-it"), ("**Phase 1**", "phase-1"),
    ("Phase Load and Test: now", "phase-load-and-test"),
  ])
  func headingsOfPhasesHaveSlugs(heading: String, id: String) throws {
    let sketch = MarkdownSketch.steps("### \(heading)\n\n#### Step `a`: A\n\n    true\n")
    #expect(sketch.plan?.phases.map(\.id.value) == [id])
    #expect(sketch.step("a")?.phase?.value == id)
  }

  @Test func phasesTakeAttributesAndSteps() throws {
    let sketch = MarkdownSketch.steps(
      """
      ### Milestone 1: Data

      Objective: have the data. Estimate: `2d`.

      - Deliverables: `a.csv`, `b.csv`
      - Gate: `test -s a.csv`

      1. `a`: A

             true

      ### Milestones in general

      ### Milestone 2: More

      The estimate: about a day.

      ### Step `b`: B

      Phase: `milestone-2`

          true

      ## Outcomes & Retrospective

      ### Milestone 3: no phase

      """)
    let plan = try #require(sketch.plan)
    #expect(plan.phases.map(\.id.value) == ["milestone-1", "milestone-2"])
    let phase = plan.phases[0]
    #expect(phase.objective == "have the data" && phase.estimate != nil && phase.title == "Milestone 1: Data")
    #expect(phase.deliverables == ["a.csv", "b.csv"] && phase.gate.count == 1)
    #expect(plan.steps.map { $0.phase?.value } == ["milestone-1", "milestone-2"])
  }

  @Test func expectedOutputBecomesExpectations() throws {
    let sketch = MarkdownSketch.steps(
      """
      1. `a`: A. Expected exit: `3`.

             true

         It prints this. Expected output contains:

             x
             ...

         Expected output is exactly:

         ```text
         y
         ```

         Expected stderr matches: `^z$`

         Expected output matches:

             v\\d

      """)
    let expect = try #require(sketch.step("a")?.expect)
    #expect(expect.exit == [3])
    #expect(expect.stdout.map(\.op) == [.containsLines, .lines, .matches] && expect.stderr.map(\.op) == [.matches])
    #expect(expect.stdout[0].firstLine == 14 && expect.stdout[1].firstLine == 20)
    guard case .value(.string(let pattern)) = expect.stdout[2].operand else {
      Issue.record("\(expect.stdout[2].operand)")
      return
    }
    #expect(pattern == "v\\d")
    #expect(sketch.places.isEmpty)
  }

  @Test func frontMatterOfOthersIsLeftAlone() throws {
    let prose = MarkdownSketch("---\ntitle: T\nid: not an id\nparams: [x]\nphases: none\nphsaes: 1\n---\n# H\n")
    #expect(prose.plan?.title == "T" && prose.plan?.id == nil && prose.findings.isEmpty)
    let ours = MarkdownSketch("---\nexecplan: 1\nkind: x\ntiemout: 5m\nid: i\n---\n# H\n")
    #expect(ours.plan?.title == "H" && ours.plan?.id?.value == "i" && ours.places == ["EP234@4:1"])
  }

  @Test func aFileWithoutTitleIsCalledByItsName() {
    #expect(MarkdownSketch("## Progress\n", path: "a/b.md").plan?.title == "b.md")
  }

  @Test func itemsOfProgressFollowStepsAndPhases() throws {
    let sketch = MarkdownSketch(
      """
      # Progress

      ## Progress

      - [x] (2026-01-02 10:00Z) `a`: done.
      - [ ] `milestone-1`
      - [ ] `nobody`: not one of ours.
      - [ ] a: without backticks

      ## Concrete Steps

      ### Milestone 1

      1. `a`: A

             true

      """)
    let plan = try #require(sketch.plan)
    let progress = LivingSections(try #require(sketch.document.markdown)).progress
    let links = ProgressLink.all(in: plan, progress)
    #expect(links.map(\.target) == [.step("a"), .phase("milestone-1")])
    #expect(links.map(\.item.state) == [.done, .open])
  }

  @Test func hostileTextsAreRead() {
    let texts = [
      String(repeating: "1. ", count: 5000) + "`a`: x", String(repeating: "- ", count: 3000) + "```sh {#a\n",
      "## Concrete Steps\n\n1. " + String(repeating: "`", count: 9999), "```sh {#", "```sh {#a =\"",
      "```sh {#a ===}\n```",
      "# Step `", "### Step ``", "### Step ` `:", "## Phase", "## Phase `", "## Milestone 1..:", "1. `a`:",
      "## Concrete Steps\n\n1. `a`: " + String(repeating: "Needs: ", count: 5000),
      "## Concrete Steps\n\n1. `a`: " + String(repeating: "Needs: `", count: 5001),
      "## Concrete Steps\n\n1. `a`: **Needs:\n\n       x", "---\nexecplan: 1\n---\n```yaml {execplan}\n```\n",
      "```yaml {execplan}", "## Idempotence and Recovery\n\n1. Undo of", "1. Undo of `a",
      "\u{FEFF}---\n---\n```sh {#a}",
    ]
    for text in texts { _ = MarkdownSketch(text) }
  }
}
