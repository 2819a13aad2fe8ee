internal import Foundation
internal import TestSupport
internal import Testing

/// The file that `plan --out` writes: where it may be written, what is in it, and who takes it.
struct SavedPlanFileTests {
  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func onlyAnotherSavedPlanIsReplaced() throws {
    try SavedPlanApplyTests.withSavedPlan { project in
      let first = project.folder.read("x.saved")
      #expect(try project.run("plan", "-q", "--out", "x.saved").exit == 0)
      #expect(project.folder.read("x.saved") != first)
      for name in ["p.execplan.yaml", "in.txt"] {
        let before = project.folder.read(name)
        let refused = try project.run("plan", "--out", name)
        #expect(refused.exit == 64 && refused.stderr.contains("is there and is no saved plan"), "\(refused)")
        #expect(refused.stdout == "")
        #expect(project.folder.read(name) == before)
      }
      #expect(try project.run("plan", "-q", "--out", "in.txt", "--overwrite").exit == 0)
      #expect(project.folder.read("in.txt")?.contains("execplan_saved_plan") == true)
      let attributes = try FileManager.default.attributesOfItem(atPath: project.folder.path("in.txt"))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      for word in [".", "/dev/null"] { #expect(try project.run("plan", "--out", word, "--overwrite").exit == 64) }
      #expect(try project.run("plan", "--out", "no/such/x").exit == 74)
      #expect(try project.run("plan", "--overwrite").exit == 64)
      let left = try FileManager.default.contentsOfDirectory(atPath: project.folder.path)
      #expect(!left.contains { $0.hasSuffix(".tmp") })
    }
  }

  @Test func codesOfPlanAreThoseWithoutIt() throws {
    try SavedPlanApplyTests.withSavedPlan { project in
      #expect(try project.run("plan", "-q", "--out", "y", "--detailed-exitcode").exit == 2)
      let json = try object(try project.run("plan", "--out", "y", "--format", "json").stdout)
      #expect((json["saved"] as? [String: Any])?["file"] as? String == "y")
      #expect(json["next_command"] as? String == "execplan apply y")
      try project.write(SavedPlanApplyTests.plan.replacing("steps:", with: "steps: ["))
      #expect(try project.run("plan", "--out", "z").exit == 3)
      #expect(project.folder.read("z") == nil)
    }
  }

  @Test func whatItDecidedCannotBeGivenAnew() throws {
    try SavedPlanApplyTests.withSavedPlan { project in
      for (option, why) in [
        ("--param=word=x", "a saved plan has its parameters"), ("--profile=x", "parameters"),
        ("--only=a", "choice of steps"), ("--force", "choice of steps"), ("--rerun=a", "choice of steps"),
        ("--resume", "whether a run is begun"), ("--fresh", "whether a run is begun"), ("--yes", "something else"),
        ("--skip-finally", "something else"), ("--dry-run", "execplan show x.saved"),
      ] {
        let refused = try project.run("apply", "x.saved", option)
        #expect(refused.exit == 64 && refused.stderr.contains(why), "\(option): \(refused)")
      }
      let shown = try project.run("show", "x.saved", "--param", "word=x")
      #expect(shown.exit == 64 && shown.stderr.contains("a saved plan has its parameters"), "\(shown)")
      #expect(project.ledger == [])
    }
  }

  @Test func commandsThatWantAPlanSayWhatItIs() throws {
    try SavedPlanApplyTests.withSavedPlan { project in
      for command in ["validate", "graph", "plan", "status", "runs"] {
        let refused = try project.run(command, "x.saved")
        #expect(refused.exit == 64 && refused.stderr.contains("is a saved plan"), "\(command): \(refused)")
        #expect(refused.stderr.contains("execplan show x.saved"), "\(command): \(refused)")
      }
      #expect(try project.run("why", "x.saved", "a").stderr.contains("is a saved plan"))
      // Nobody takes it for a plan that lies there.
      #expect(try project.run("validate").exit == 0)
    }
  }

  @Test func itIsShown() throws {
    try SavedPlanApplyTests.withSavedPlan(SavedPlanApplyTests.plan, ["--param", "word=w", "--until", "b"]) { project in
      let shown = try project.run("show", "x.saved", env: ["USER": "ana"])
      #expect(shown.exit == 0)
      for text in [
        "saved plan of Saved (saved)", "by ", "word=w", "--until b", "first run", "it can be applied, once",
        "next: execplan apply x.saved",
      ] {
        #expect(shown.stdout.contains(text), "\(text): \(shown)")
      }
      let json = try object(try project.run("show", "x.saved", "--format", "json").stdout)
      #expect(json["applicable"] as? Bool == true)
      let saved = try #require(json["saved_plan"] as? [String: Any])
      let file = try object(try #require(project.folder.read("x.saved")))
      #expect(NSDictionary(dictionary: saved) == NSDictionary(dictionary: file))
      #expect(try project.run("apply", "x.saved", "-q").exit == 0)
      let after = try project.run("show", "x.saved").stdout
      #expect(after.contains("it can't be applied: x.saved was applied before: run 1"), "\(after)")
      let markdown = try project.run("show", "x.saved", "--format", "markdown").stdout
      #expect(markdown.hasPrefix("```text\nsaved plan of "))
    }
  }

  @Test func whatIsDamagedIsToldWithItsPlace() throws {
    try SavedPlanApplyTests.withSavedPlan { project in
      let text = try #require(project.folder.read("x.saved"))
      for (damaged, said) in [
        (String(text.prefix(text.count - 30)), "bad:"),
        (text.replacing("\"execplan_saved_plan\": 1", with: "\"execplan_saved_plan\": 9"), "the format is 9"),
        (text.replacing("\"decision\":\"run\"", with: "\"decision\":\"no\""), "bad: steps[0].decision: no saved plan"),
        ("{\"execplan_saved_plan\": 1}", "bad: id: no saved plan: it is missing"),
      ] {
        try project.folder.write("bad", damaged)
        for command in ["apply", "show"] {
          let refused = try project.run(command, "bad")
          #expect(refused.exit == 3 && refused.stderr.contains(said), "\(refused)")
        }
      }
    }
  }

  @Test func noSecretIsInIt() throws {
    let token = "tok-0123456789-secret"
    let plan = """
      execplan: 1
      title: Secret
      id: secret
      params: {word: {type: string, default: x}}
      secrets: {TOKEN: {env: TOKEN}}
      steps:
        - {id: a, env: {T: "${{ secrets.TOKEN }}"}, run: 'echo "$T" > out.txt; echo "n=5" >> "$EXECPLAN_OUTPUT"', verify: [{file: {path: out.txt, contains: nothing}}]}
        - {id: b, needs: [a], run: 'test "${{ steps.a.values.n }}" = 5'}

      """
    try withRunProject(plan) { project in
      let env = ["TOKEN": token]
      #expect(try project.run("apply", "-q", env: env).exit == 1)
      #expect(try project.run("plan", "-q", "--out", "x.saved", env: env).exit == 0)
      let text = try #require(project.folder.read("x.saved"))
      #expect(text.contains("\"secrets\": [\"TOKEN\"]"))
      for form in [token, Data(token.utf8).base64EncodedString(), "contains", "nothing"] {
        #expect(!text.contains(form), "\(form)")
      }
      let refused = try project.run("plan", "--out", "y", "--param", "word=a \(token) b", env: env)
      #expect(refused.exit == 5 && refused.stderr.contains("holds the secret \"TOKEN\""), "\(refused)")
      #expect(project.folder.read("y") == nil)
    }
  }
}
