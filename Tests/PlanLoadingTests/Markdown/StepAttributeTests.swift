internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import Testing

/// Attributes of a step: where they may stand and what their values mean.
struct StepAttributeTests {
  /// A step with some text above its script.
  private static func step(_ text: String) -> MarkdownSketch {
    .steps("### Step `z`: Z\n\n    true\n\n### Step `a`: A\n\n\(text)\n\n    true\n")
  }

  @Test(arguments: [
    "Needs: `z` · Timeout: `10m` · Outputs: `dist/**`, `b/*.txt`",
    "Needs: `z`\nTimeout: `10m`\nOutputs: `dist/**`, `b/*.txt`",
    "Needs: `z` Timeout: `10m` Outputs: `dist/**`, `b/*.txt`",
    "Needs: `z`. Timeout: `10m`. Outputs: `dist/**` and `b/*.txt`.",
    "Needs:\n`z` · Timeout:\n`10m` · Outputs: `dist/**`,\n`b/*.txt`",
    "- Needs: `z`\n- Timeout: `10m`\n- Outputs: `dist/**`, `b/*.txt`\n\nProse.",
    "**Needs:** `z`; **Timeout**: `10m`; __Outputs:__ `dist/**, b/*.txt`",
    "Needs: `z`, Timeout: `10m` | Outputs: `dist/**`; `b/*.txt`",
    "A sentence. Needs: `z`. Another one. Timeout: `10m` Outputs: `dist/**`, `b/*.txt` and so on.",
    "Depends on: `z`\n\nTimeout: `10m`\n\nOutput: `dist/**`, `b/*.txt`",
    "needs: `z` · timeout: `10m` · outputs: `dist/**`, `b/*.txt`",
  ])
  func spellingsMeanTheSame(text: String) throws {
    let sketch = Self.step(text)
    let step = try #require(sketch.step("a"))
    #expect(step.needs.map(\.value) == ["z"])
    #expect(step.timeout == .seconds(600))
    #expect(step.outputs.map(\.text) == ["dist/**", "b/*.txt"])
    #expect(sketch.places.isEmpty, "\(sketch.findings.map(\.message))")
  }

  @Test func valuesWithoutBackticksAreRead() throws {
    let sketch = Self.step("Needs: z\nTimeout: 10m\nOutputs: src/\\*\\*/x\\_y.c, b.txt\nOwner: A. Person")
    let step = try #require(sketch.step("a"))
    #expect(step.needs.map(\.value) == ["z"] && step.timeout == .seconds(600))
    #expect(step.outputs.map(\.text) == ["src/**/x_y.c", "b.txt"])
    #expect(sketch.marked("EP231") == ["src/\\*\\*/x\\_y.c"])
  }

  @Test func noneIsAnEmptyList() throws {
    for text in ["Needs: none", "Needs: `none`", "Needs: None.", "Needs: —"] {
      let step = try #require(Self.step(text).step("a"))
      #expect(step.needs.isEmpty)
    }
  }

  @Test func structuredValuesAreYAML() throws {
    let sketch = Self.step(
      "Needs: `z` · Env: `A=1`, `B=two words` · Retry: `{times: 2, delay: 1s}` · Expect: `{exit: [0, 3]}` · "
        + "Verify: `[ -d . ]`, `test -e x` · Cwd: `the repository root` · Retries below: nothing")
    let step = try #require(sketch.step("a"))
    #expect(step.env.map(\.name.value) == ["A", "B"] && step.env.last?.value.literal == "two words")
    #expect(step.retry.times == 2 && step.expect.exit == [0, 3])
    #expect(step.verify.count == 2 && step.cwd?.literal == ".")
  }

  @Test func yamlInBracesMayGoOnInTheNextLineAndStandSeveralTimes() throws {
    let sketch = Self.step(
      "Verify: `{title: One, exists:\na.txt}`, `{title: Two words,\n  run: \"test  -e b\"}`,\n`test -e c`")
    #expect(sketch.places.isEmpty, "\(sketch.findings.map(\.message))")
    let checks = try #require(sketch.step("a")).verify
    #expect(checks.map(\.title) == ["One", "Two words", nil])
    guard case .exists(let exists) = checks.first?.kind, case .run(let run) = checks.dropFirst().first?.kind,
      case .run(let last) = checks.last?.kind
    else {
      Issue.record("\(checks)")
      return
    }
    #expect(exists.glob.text == "a.txt" && run.script.text == "test  -e b" && last.script.text == "test -e c")
    let broken = Self.step("Verify: `{title: One,\nexsits: a.txt}`")
    #expect(broken.places.first?.hasPrefix("EP2") == true && broken.places.first?.contains("@15:1") == true)
  }

  @Test(arguments: [
    ("Tiemout: `10m`", "Tiemout"),
    ("Needs: `z` · Tiemout: `10m`", "Tiemout"),
    ("Looks at it. Tiemout: `10m`.", "Tiemout"),
    ("Looks at it.\nTimeuot: 10m", "Timeuot"),
    ("- Needs: `z`\n- Tiemout: `10m`\n\nProse.", "Tiemout"),
    ("Warning: it takes long.", "Warning"),
    ("Looks at it.\nWarning: it takes long.", "Warning"),
    ("Workign directory: `src`", "Workign directory"),
  ])
  func anUnknownWordWithAColonIsAnErrorAtItsPlace(text: String, word: String) {
    #expect(Self.step(text).marked("EP201") == [word])
  }

  @Test(arguments: [
    "Note: this is prose.", "It prints two things: a and b.", "Run:", "See https://example.org: it is there.",
    "The default is 80. The path is C:\\x and the time 10:30.", "Expected: it fails.", "Expected to be fast.",
    "Notes: none.", "A line that is wrapped so that the next one begins with a word and a\ncolon: this is prose.",
    "`Timeout: 5m` is an example.", "They print:", "Write them into two\ndirectories:",
    "Run it with these\ninputs:", "1. Edit it: now.\n2. Then: look.\n\nProse.",
  ])
  func proseStaysProse(text: String) throws {
    let sketch = Self.step("Needs: `z`\n\n" + text)
    #expect(sketch.places.isEmpty, "\(sketch.findings.map(\.message))")
    #expect(sketch.step("a")?.timeout == nil)
  }

  @Test func aLabelAboveAListOfAPhaseIsProse() {
    let sketch = MarkdownSketch.steps("### Step `a`: A\n\n    true\n\n## Milestone 1: M\n\nGate:\n\n- it works\n")
    #expect(sketch.places.isEmpty, "\(sketch.findings.map(\.message))")
    #expect(sketch.step("a") != nil)
  }

  @Test func anAttributeThatIsGivenTwiceIsAnError() {
    #expect(Self.step("Needs: `z` · Timeout: `5m`\n\nTimeout: `6m`").marked("EP216") == ["Timeout"])
  }

  @Test func attributesBelowTheScriptAreNearMisses() {
    let sketch = MarkdownSketch.steps("### Step `a`: A\n\n    true\n\nTimeout: `10m`\n")
    #expect(sketch.places == ["EP230@12:1"])
    #expect(sketch.step("a")?.timeout == nil)
  }

  @Test func placesAreThoseOfTheFile() throws {
    let sketch = Self.step("Needs: `nobody`, `z` · Timeout: `ten`")
    let need = try #require(sketch.step("a")?.needs.first)
    #expect(sketch.source.text(need.range) == "nobody")
    #expect(sketch.marked("EP205") == ["ten"])
  }
}
