internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import SourceText
internal import TestSupport
internal import Testing

struct StandardRuleTests {
  private static func messages(_ text: String, _ code: String, _ profile: StandardProfile = .init()) -> [String] {
    StandardFindings.of(text, profile).filter { $0.rule.code == code }.map(\.message)
  }

  private static func codes(_ text: String, _ profile: StandardProfile = .init()) -> Set<String> {
    Set(StandardFindings.of(text, profile).map(\.rule.code))
  }

  /// Applies all fixes again and again, as `validate --fix` does.
  private static func fixed(_ text: String, _ profile: StandardProfile) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<20 {
      let source = SourceFile(path: "plan.md", bytes: bytes)
      let fixes = StandardFindings.of(source, profile).compactMap(\.fix)
      let outcome = SourceEditor.apply(fixes, to: bytes)
      if outcome.applied.isEmpty || outcome.bytes == bytes { break }
      bytes = outcome.bytes
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func aYAMLPlanGetsNone() {
    let source = SourceFile(path: "a.execplan.yaml", text: "execplan: 1\ntitle: T\nsteps: []\n")
    #expect(StandardFindings.of(source, StandardProfile(level: .codex)).isEmpty)
  }

  @Test(arguments: [
    "# Execution Plan Summary: Load\n\n## Phase 1\n\nx\n", "## Implementation Plan: Load\n\n### Tasks\n\nx\n",
  ])
  func theOlderFormsAreNotHeldToTheStandard(text: String) {
    #expect(StandardFindings.of(text).isEmpty)
    #expect(Self.messages(text, "EP601", StandardProfile(level: .codex)).count >= 11)
    let both = text + "\n## Progress\n\n## Decision Log\n\n## Outcomes\n"
    #expect(!StandardFindings.of(both).isEmpty)
  }

  @Test(arguments: ["\n", "\r\n"]) func missingSectionsAreInsertedAtTheirPlaces(newline: String) {
    let lines = [
      "# Plan", "", "A living document.", "", "## Progress", "", "- [ ] a", "", "## Concrete Steps", "", "None.",
    ]
    let text = Self.fixed(lines.joined(separator: newline), StandardProfile())
    let headings = text.split(separator: newline).filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
    #expect(headings == SectionKind.standard.map(\.title))
    #expect(text.contains("- [ ] a\(newline)\(newline)## Surprises"))
    #expect(newline == "\n" || !text.replacing("\r\n", with: "").contains("\n"))
    #expect(!Self.codes(text).contains("EP601"))
  }

  @Test func everythingThatCanBeFixedIsFixedUnderCodex() {
    let text = """
      # Plan

      ## Goal

      Something.

      ## Progress

      - ✅ 2026-03-01T13:00+01:00 One.
      - [completed] (2026-03-01 14:00 +0100) Two.
      - [ ] Three.

      ## Suprises & Discoveries

      - Observation: a
        Evidnce: b

      ## Decision Log

      - Decision: a
        Reason: b
        Date/Author: 2026-03-01, ada

      ## Outcomes

      None yet.
      """
    let fixed = Self.fixed(text, StandardProfile(level: .codex))
    #expect(fixed.contains("- [x] (2026-03-01 12:00Z) One.\n- [x] (2026-03-01 13:00Z) Two.\n"))
    #expect(fixed.contains("## Purpose / Big Picture\n\nSomething."))
    #expect(fixed.contains("## Surprises & Discoveries\n\n- Observation: a\n  Evidence: b"))
    #expect(fixed.contains("  Rationale: b\n"))
    // What is left is what only a person can write.
    #expect(Self.codes(fixed, StandardProfile(level: .codex)) == ["EP610"])
  }

  @Test func missingLivingSectionsAreErrorsAndOthersNot() {
    let severities = StandardFindings.of("# Plan\n\n## Progress\n\n- [ ] a\n").filter { $0.rule.code == "EP601" }
    #expect(severities.count { $0.severity == .error } == 3)
    #expect(severities.count { $0.severity == .info } == 1)
    #expect(severities.count { $0.severity == .warning } == 7)
    let strict = StandardFindings.of("# Plan\n", StandardProfile(isStrict: true)).filter { $0.rule.code == "EP601" }
    #expect(strict.count == 12)
    #expect(strict.allSatisfy { $0.severity == .error })
  }

  @Test(arguments: [
    "Contents", "Content", "Step", "Gaol", "Processes", "Context and orientations of a quite different kind",
  ])
  func otherHeadingsAreNoSlips(heading: String) {
    #expect(Self.messages("# P\n\n## \(heading)\n\nx\n", "EP602").isEmpty)
  }

  @Test(arguments: [
    "Use `<name here>` for it.", "A type Map<String, Vec of x> here.", "<details open>", "See <https://x.y/a b>.",
    "`a` <b c=\"d\">", "x <y and z", "TODO comments are gone.", "The TBD list.", "> <what was decided>",
  ]) func textInBracketsIsNotAlwaysAPlaceholder(text: String) {
    #expect(Self.messages("# P\n\n## Context and Orientation\n\n\(text)\n", "EP610").isEmpty)
  }

  @Test(arguments: ["Say <what was decided>.", "TODO: write this", "TBD", "**TODO**"]) func placeholdersAreFound(
    text: String
  ) {
    #expect(Self.messages("# P\n\n## Context and Orientation\n\n\(text)\n", "EP610").count == 1)
  }

  @Test(arguments: [
    ("cd /home/ada/src/x", true), ("[x](/Users/ada/x.md)", true), ("`C:\\Users\\ada\\x`", true),
    ("src/home/ada/x", false),
    ("https://x.y/home/ada/x", false), ("GET /home/feed", false), ("/Users/you/x", false), ("a:\\n", false),
    ("/home/", false),
    ("/home/ada", false),
  ]) func absolutePathsAreThoseOfSomeone(text: String, isFound: Bool) {
    let plan = "# P\n\n## Concrete Steps\n\nRun \(text)\n"
    #expect(!Self.messages(plan, "EP611").isEmpty == isFound)
    // What happened on a machine happened there.
    for heading in ["Progress\n\n- [ ]", "Validation notes\n\n### Monday\n\n", "Change Log\n\n", "2026-04-19 M2\n\n"] {
      #expect(Self.messages("# P\n\n## \(heading) Ran \(text)\n", "EP611").isEmpty, "\(heading)")
    }
    #expect(!Self.messages("# P\n\n## Notes on 2026\n\nRun \(text)\n", "EP611").isEmpty == isFound)
  }

  @Test func filesOfTheContextMustExist() {
    let files = SomeFiles(paths: ["src", "src/a.py"])
    func messages(_ text: String, _ progress: String = "- [ ] a") -> [String] {
      StandardFindings.of("# P\n\n## Progress\n\n\(progress)\n\n## Context\n\n\(text)\n", files: files)
        .filter { $0.rule.code == "EP612" }.map(\.message)
    }
    #expect(
      messages("See `src/a.py` and `src/b.py`, `src/c.py`.") == ["there is no file \"src/b.py\", nor \"src/c.py\""])
    for text in [
      "`src/a.py`", "`./src/a.py`", "`lib/b.py`", "`src/*.py`", "`src/`", "`a/b`", "`/src/b.py`", "src/b.py",
    ] {
      #expect(messages(text).isEmpty, "\(text)")
    }
    #expect(messages("`src/b.py`", "- [x] a").isEmpty)
  }

  @Test func checkboxesOfComponentsAreExempt() {
    func found(_ heading: String) -> Int {
      let text = "# P\n\n## Progress\n\n- [ ] a\n\n### Component: Store\n\n#### \(heading)\n\n- [ ] b\n"
        .replacing("### Component", with: "## Component").replacing("####", with: "###")
      return Self.messages(text, "EP615").count
    }
    #expect(found("Acceptance Criteria") == 0)
    #expect(found("Quality Gates") == 0)
    #expect(found("Tasks") == 1)
  }

  @Test func timesInOrderAreThoseOfOneGroup() {
    func found(_ items: String) -> [String] { Self.messages("# P\n\n## Progress\n\n\(items)\n- [ ] z\n", "EP705") }
    #expect(found("- [x] (2026-03-03) a\n- [x] (2026-03-02) b\n- [x] (2026-03-01) c").isEmpty)
    #expect(found("- [x] (2026-03-01) a\n- [x] (2026-03-03) b\n- [x] (2026-03-02) c").count == 1)
    #expect(found("- [x] (2026-03-02) a\n\n### Next\n\n- [x] (2026-03-01) b").isEmpty)
    #expect(found("- [x] (2026-03-01 10:00Z) a\n- [x] (2026-03-01) b\n- [x] (2026-03-01 09:00Z) c").isEmpty)
  }

  @Test func codeBelowAnItemIsIndented() {
    let text = "# P\n\n## Concrete Steps\n\n1. First:\n\n    cd x\n    make *.c\n\n10. Then:\n\n    make test\n"
    let finding = StandardFindings.of(text).first { $0.rule.code == "EP609" }
    let outcome = SourceEditor.apply(finding?.fix.map { [$0] } ?? [], to: Array(text.utf8))
    let fixed = String(decoding: outcome.bytes, as: UTF8.self)
    #expect(fixed.contains("\n       cd x\n       make *.c\n"))
    #expect(!Self.codes(fixed).contains("EP609"))
  }

  @Test func requirementsOfTheProjectAreHeadingsOrPhrases() {
    var profile = StandardProfile()
    profile.requirements = [
      .init("Security Review", path: "execplan.config.yaml"), .init("reviewed by", path: "execplan.config.yaml"),
    ]
    #expect(Self.messages("# P\n\n## Security review\n\nReviewed by ada.\n", "EP616", profile).isEmpty)
    #expect(Self.messages("# P\n", "EP616", profile).count == 2)
  }

  @Test func damagedPlansAreReadAsWell() {
    let text = Array(StandardRules.all.map(\.bad).joined(separator: "\n").utf8)
    var random = TestSupport.SeededGenerator(seed: 1)
    for _ in 0..<40 {
      var bytes = text
      for _ in 0..<20 { bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next()) }
      for level in StandardProfile.Level.allCases {
        let found = StandardFindings.of(SourceFile(path: "plan.md", bytes: bytes), StandardProfile(level: level))
        for finding in found { #expect(finding.range.upperBound <= bytes.count) }
      }
    }
  }
}
