internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import Testing

/// The three forms of a declared step, and what belongs to one.
struct DeclaredStepTests {
  @Test func aHeadingWithAnIDInBackticksIsAStep() throws {
    let sketch = MarkdownSketch.steps(
      """
      ### Step `build`: Build *all* of it

      Compiles.

      Timeout: `10m`

      More prose.

          make
          make install

      """)
    let step = try #require(sketch.step("build"))
    #expect(step.title == "Build *all* of it")
    #expect(step.description == "Compiles.\n\nMore prose.")
    #expect(step.timeout == .seconds(600))
    #expect(sketch.script("build") == "make\nmake install\n")
    #expect(sketch.places.isEmpty)
  }

  @Test(arguments: [
    "### Step `build`: Build it", "# Step `build`", "### 3. Step `build` — Build it", "### **Step `build`**: Build it",
    "###### STEP `build`:", "Step `build`: Build it\n---",
  ])
  func headingsMayBeNumberedAndMarked(heading: String) {
    #expect(MarkdownSketch.steps(heading + "\n\n    make\n").script("build") == "make\n")
  }

  @Test(arguments: [
    "### Step build: no backticks", "### Steps `build`", "### Build `step`", "### Step: `build` and more",
    "### `build`:",
  ])
  func otherHeadingsAreProse(heading: String) throws {
    #expect(try #require(MarkdownSketch.steps(heading + "\n\n    make\n").plan).steps.isEmpty)
  }

  @Test func anItemOfANumberedListIsAStep() throws {
    let sketch = MarkdownSketch.steps(
      """
      1. `a`: make the folder. It is empty. Owner: `ops`. Timeout: `1h`.

         A word about it.

             mkdir out

      2. **`b`**: look at it; twice.

         ```sh
         ls out
         ```

      3. Just prose.

      4) `c`: another list

             true

      """)
    let step = try #require(sketch.step("a"))
    #expect(step.title == "make the folder")
    #expect(step.description == "It is empty.\n\nA word about it.")
    #expect(step.owner == "ops" && step.timeout == .seconds(3600))
    #expect(sketch.script("a") == "mkdir out\n" && sketch.script("b") == "ls out\n")
    #expect(sketch.step("b")?.title == "look at it")
    #expect(sketch.plan?.steps.map(\.id.value) == ["a", "b", "c"])
  }

  @Test func itemsOfOtherSectionsAreProse() throws {
    let sketch = MarkdownSketch(
      """
      ---
      execplan: 1
      ---
      # Sketch

      ## Plan of Work

      1. `main.py`: change it.

             print(1)

      ## Progress

      1. `x`: a block

             true

      """)
    #expect(try #require(sketch.plan).steps.isEmpty)
  }

  @Test func aFenceWithAnIDIsAStepAnywhere() throws {
    let sketch = MarkdownSketch.steps(
      """
      ## Context and Orientation

      ```bash {#a needs="none" timeout=10m outputs='a.txt, b.txt' once}
      touch a.txt b.txt
      ```

      - In an item:

        ~~~ {#b needs=a}
        true
        ~~~

      ```bash
      echo not run
      ```

      """)
    let step = try #require(sketch.step("a"))
    #expect(step.timeout == .seconds(600) && step.once)
    #expect(step.outputs.map(\.text) == ["a.txt", "b.txt"] && step.needs.isEmpty)
    #expect(sketch.script("b") == "true\n" && sketch.step("b")?.needs.map(\.value) == ["a"])
    #expect(sketch.plan?.steps.count == 2 && sketch.places.isEmpty)
  }

  @Test func languagesChooseHowABlockIsRun() throws {
    let sketch = MarkdownSketch.steps(
      """
      ### Step `python`: a

      ```python
      print(1)
      ```

      ### Step `named`: b

      Language: `node`

          console.log(1)

      ### Step `any`: b2

      Language: `awk -f`

          BEGIN { print 1 }

      ### Step `sql`: c

      Database: `sqlite:w.db`

      ```sql
      select 1;
      ```

      ### Step `typed`: d

      ```yaml
      # a comment
      file: {path: a.txt, content: x}
      ```

      ### Step `payload`: e

      Action: `file`

          path: b.txt
          content: y

      ### Step `person`: f

      Action: `manual`

          Look at it.

      """)
    func interpreter(_ id: String) -> [String]? {
      guard case .run(let run) = sketch.step(id)?.action else { return nil }
      return run.interpreter?.words
    }
    #expect(interpreter("python") == ["python3"] && interpreter("named") == ["node"])
    #expect(interpreter("any") == ["awk", "-f"])
    #expect(sketch.step("sql")?.action.kind == .sql)
    #expect(sketch.step("typed")?.action.kind == .file && sketch.step("payload")?.action.kind == .file)
    #expect(sketch.step("person")?.action.kind == .manual)
    #expect(sketch.places.isEmpty, "\(sketch.findings.map(\.message))")
  }

  @Test func blocksThatAreNoScriptsAreLeftAlone() throws {
    let sketch = MarkdownSketch.steps(
      """
      ### Step `a`: A

      ```json
      {}
      ```

          true

      ```text
      output
      ```

      ```sh {example}
      false
      ```

      ```yaml
      key: value
      ```

      > Quoted:
      >
      >     false

      #### Below a deeper heading

          false

      """)
    #expect(sketch.script("a") == "true\n" && sketch.places.isEmpty)
  }

  @Test func aSecondScriptIsAnError() {
    let sketch = MarkdownSketch.steps("### Step `a`: A\n\n    true\n\nThen:\n\n```sh\nfalse\n```\n")
    #expect(sketch.places == ["EP233@14:1"])
  }

  @Test func aScriptWithFourColumnsIsReadWithAWarning() throws {
    let text = "1. `a`: A\n\n    make *all*\n      FLAGS=_x_\n\n2. `b`: B\n\n    A sentence of prose.\n\n       true\n"
    let sketch = MarkdownSketch.steps(text)
    #expect(sketch.script("a") == "make *all*\n  FLAGS=_x_\n")
    #expect(sketch.script("b") == "true\n")
    #expect(sketch.places == ["EP232@10:5"])
    let fix = try #require(sketch.findings.first { $0.rule.code == "EP232" }?.fix)
    #expect(fix.isSafe && fix.replacements.map(\.text) == ["   ", "   "])
  }

  @Test func aSentenceIsNeverTakenForAScript() {
    for prose in ["Then look at it.", "run the following:", "make, then test."] {
      let sketch = MarkdownSketch.steps("1. `a`: A\n\n    \(prose)\n")
      #expect(sketch.plan?.steps.isEmpty == true)
    }
  }

  @Test func stepsKeepTheirPlacesWithTabsAndLineEndings() throws {
    let sketch = MarkdownSketch(
      "\u{FEFF}# T\r\n\r\n## Concrete Steps\r\n\r\n### Step `ä`: x\r\n\r\n\ttrue ${{ params.x }}\r\n")
    #expect(sketch.places == ["EP208@5:11", "EP506@7:11"])
  }
}
