internal import Foundation
internal import TestSupport
internal import Testing

/// `why`: what a decision rests on, with digests of then and now.
struct WhyTests {
  private static let plan = """
    execplan: 1
    title: Why
    id: why
    order: graph
    steps:
      - {id: a, inputs: [in.txt], outputs: [mid.txt], run: 'cp in.txt mid.txt; echo "n=$(wc -c < in.txt)" >> "$EXECPLAN_OUTPUT"'}
      - {id: b, needs: [a], inputs: [mid.txt, own.txt], outputs: [out.txt], run: 'cat mid.txt own.txt > out.txt; echo ${{ steps.a.values.n }}'}
      - {id: c, creates: there.txt, run: touch there.txt}
      - {id: d, needs: [a, c], unless: test -e there.txt, when: "steps.a.values.n != '9'", run: "true"}

    """

  private func withRun(_ body: (RunProject) throws -> Void) throws {
    try withRunProject(Self.plan) { project in
      try project.folder.write("in.txt", "1\n")
      try project.folder.write("own.txt", "1\n")
      #expect(try project.run("apply", "-q").exit == 0)
      try body(project)
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func filesAreToldWithTheirDigests() throws {
    try withRun { project in
      try project.folder.write("own.txt", "2\n")
      try FileManager.default.removeItem(atPath: project.folder.path("out.txt"))
      let text = try project.run("why", "why", "b").stdout
      #expect(text.contains("since its last success, in run 1:"), "\(text)")
      // sha256sum of "1\n" and "2\n".
      #expect(text.contains("own.txt: 4355a46b19d3 -> 53c234e5e847"), "\(text)")
      #expect(text.contains(" -> missing"), "\(text)")
      #expect(!text.contains("mid.txt: ") && !text.contains("definition: "), "\(text)")

      let json = try object(try project.run("why", "why", "b", "--format", "json").stdout)
      let last = try #require(json["last_success"] as? [String: Any])
      let print = try #require(last["fingerprint"] as? [String: [String: Any]])
      #expect(print["inputs"]?["changed"] as? Bool == true && print["definition"]?["changed"] as? Bool == false)
      #expect(print["values"]?["changed"] as? Bool == false && print["values"]?["old"] is String)
      let inputs = try #require(last["inputs"] as? [[String: Any]])
      #expect(inputs.map { $0["path"] as? String } == ["own.txt"])
      #expect((inputs[0]["new"] as? String)?.hasPrefix("53c234e5e847") == true)
      let outputs = try #require(last["outputs"] as? [[String: Any]])
      #expect(outputs.count == 1 && outputs[0]["new"] is NSNull)
    }
  }

  @Test func theUpstreamIsToldWithItsResults() throws {
    try withRun { project in
      try project.folder.write("in.txt", "two\n")
      let before = try project.run("why", "why", "b").stdout
      #expect(before.contains("a: ") && before.contains("-> ? (it will run)"), "\(before)")
      #expect(before.contains("steps.a.values.n: ") && before.contains("-> ?"), "\(before)")
      #expect(try project.run("apply", "-q", "--only", "a").exit == 0)
      let after = try project.run("why", "why", "b").stdout
      #expect(after.contains("upstream value changed"), "\(after)")
      let lines = after.split(separator: "\n").map { $0.drop { $0 == " " } }
      for name in ["steps.a.values.n", "mid.txt", "a"] {
        let line = try #require(lines.first { $0.hasPrefix("\(name): ") }, "\(after)")
        let ends = line.dropFirst(name.count + 2).split(separator: " -> ")
        #expect(ends.count == 2 && ends[0] != ends[1] && ends.allSatisfy { $0.count == 12 }, "\(line)")
      }
      // Of values only digests.
      #expect(!after.contains("\"4\""))
      let json = try object(try project.run("why", "why", "b", "--format", "json").stdout)
      let needs = try #require((json["last_success"] as? [String: Any])?["needs"] as? [[String: Any]])
      #expect(needs.count == 1 && needs[0]["id"] as? String == "a")
      #expect(needs[0]["state"] as? String == "done" && needs[0]["changed"] as? Bool == true)
    }
  }

  @Test func fieldsOfTheDefinitionAreTold() throws {
    try withRun { project in
      try project.write(Self.plan.replacing("mid.txt own.txt >", with: "own.txt mid.txt >"))
      let text = try project.run("why", "why", "b").stdout
      #expect(text.contains("definition: "), "\(text)")
      #expect(text.contains("run: cat mid.txt own.txt") && text.contains("-> cat own.txt mid.txt"), "\(text)")
    }
  }

  @Test func guardsAnswer() throws {
    try withRun { project in
      let creates = try project.run("why", "why", "c").stdout
      #expect(creates.contains("guards:\n  creates \"there.txt\": it is there"), "\(creates)")
      let quiet = try project.run("why", "why", "d").stdout
      #expect(quiet.contains("when: true"), "\(quiet)")
      #expect(quiet.contains("unless: not asked"), "\(quiet)")
      #expect(try project.run("why", "why", "d", "--probe").stdout.contains("unless: it holds"))
      try FileManager.default.removeItem(atPath: project.folder.path("there.txt"))
      #expect(try project.run("why", "why", "c").stdout.contains("creates \"there.txt\": it is not there"))
      let json = try object(try project.run("why", "why", "d", "--probe", "--format", "json").stdout)
      let guards = try #require(json["guards"] as? [[String: Any]])
      #expect(guards.map { $0["answer"] as? String } == ["holds", "fails"])
      #expect(guards[1]["detail"] as? String == "unless: exit 1")
    }
  }

  @Test func aStepThatNeverSucceededHasNothingToCompare() throws {
    try withRunProject(Self.plan) { project in
      try project.folder.write("in.txt", "1\n")
      let text = try project.run("why", "why", "b").stdout
      #expect(text.contains("b: run\n  first run\n") && !text.contains("since"), "\(text)")
      let json = try object(try project.run("why", "why", "b", "--format", "json").stdout)
      #expect(json["last_success"] is NSNull)
    }
  }
}
