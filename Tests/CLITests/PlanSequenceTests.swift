internal import TestSupport
internal import Testing

/// Plans that name the one before and the one after them.
struct PlanSequenceTests {
  private func plan(_ title: String, _ lines: String) -> String {
    "# \(title)\n\n\(lines)\n\n## Progress\n\n- [ ] x\n\n## Decision Log\n\n## Surprises & Discoveries\n"
  }

  @Test func predecessorAndSuccessorSayTheSameFromBothSides() throws {
    try withTemporaryFolder { folder in
      _ = try Execplan.runOther("/usr/bin/env", ["git", "init", "-q"], in: folder)
      try folder.write("plans/1.md", plan("One", "**Predecessor:** none\n**Successor:** `plans/2.md`"))
      try folder.write("plans/2.md", plan("Two", "**Predecessor:** `plans/1.md`\n**Successor:** `plans/3.md`"))
      try folder.write("plans/3.md", plan("Three", "**Successor:** `plans/not-yet-written.md`"))
      let graph = try Execplan.run(["graph", "--all"], in: folder)
      #expect(
        graph.stdout == """
          plans/1.md  One
          plans/2.md  Two
            waits for plans/1.md
          plans/3.md  Three
            waits for plans/2.md
          plans/not-yet-written.md  (not there)
            waits for plans/3.md

          """, "\(graph)")
      let findings = try Execplan.run(["validate", "--select", "EP323,EP324"], in: folder)
      #expect(findings.exit == 0 && !findings.stdout.contains("EP32"), "a successor may be missing: \(findings)")
      try folder.write("plans/3.md", plan("Three", "**Successor:** `plans/1.md`"))
      let circle = try Execplan.run(["validate", "--select", "EP324"], in: folder).stdout
      #expect(circle.contains("plans wait for each other: "), "\(circle)")
    }
  }
}
