internal import Foundation
internal import TestSupport
internal import Testing

/// What `plan` decides about guards without running a program, and with `--probe`.
struct RunProbeTests {
  static let plan = """
    execplan: 1
    title: Guards
    id: guards
    order: graph
    steps:
      - {id: same, file: {path: a.txt, content: x}, verify: [{exists: a.txt}, {file: {path: a.txt, contains: x}}]}
      - {id: denied, file: {path: b.txt, content: x}, verify: [{exists: other.txt}]}
      - {id: program, file: {path: c.txt, content: x}, verify: [{exists: c.txt}, {run: "echo ran >> $OUT/ledger"}]}
      - {id: mixed, file: {path: c.txt, content: x}, needs: [program], verify: [{exists: other.txt}, {run: "true"}]}
      - {id: first, run: echo k=v >> "$EXECPLAN_OUTPUT"}
      - {id: after, needs: [first], file: {path: d.txt, content: x}, verify: [{exists: d.txt}]}
      - {id: part, needs: [same], run: "true", creates: a.txt, verify: [{exists: a.txt}]}

    """

  private func decisions(_ project: RunProject, _ arguments: String...) throws -> [String: String] {
    let result = try Execplan.run(["plan", "--format", "json"] + arguments, in: project.folder)
    let plan = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
    var decisions: [String: String] = [:]
    for step in try #require(plan?["steps"] as? [[String: Any]], "\(result)") {
      let kind = (step["reasons"] as? [[String: Any]])?.first?["kind"] ?? ""
      decisions["\(step["id"] ?? "")"] = "\(step["decision"] ?? "") \(kind)"
    }
    return decisions
  }

  @Test func whatNeedsNoProgramIsDecided() throws {
    try withRunProject(Self.plan) { project in
      for name in ["a.txt", "b.txt", "c.txt", "d.txt"] { try project.folder.write(name, "x") }
      let plain = try decisions(project)
      #expect(plain["same"] == "skip already_as_desired")
      #expect(plain["denied"] == "run guard_does_not_hold")
      #expect(plain["program"] == "unknown probe_not_run")
      #expect(plain["after"] == "unknown unknown_until")
      #expect(plain["part"] == "skip guard_holds")
      #expect(project.ledger.isEmpty)
      let probed = try decisions(project, "--probe")
      #expect(probed["program"] == "skip already_as_desired")
      #expect(probed["mixed"] == "run guard_does_not_hold")
      #expect(project.ledger == ["ran"])
    }
  }

  /// A step that is not selected may be asked by its program, for `apply` may run it.
  @Test func applyAsksTheGuardOfANeedThatIsNotSelected() throws {
    let plan = """
      execplan: 1
      title: Need
      id: need
      steps:
        - {id: a, run: "echo a >> $OUT/ledger", unless: test -e done.txt}
        - {id: b, needs: [a], run: "echo b >> $OUT/ledger"}

      """
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "--only", "b").exit == 5)
      try project.folder.write("done.txt", "")
      #expect(try project.run("apply", "--only", "b").exit == 0)
      #expect(project.ledger == ["b"])
    }
  }
}
