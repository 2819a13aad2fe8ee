internal import Foundation
internal import TestSupport
internal import Testing

/// `plan --diff`: what `file` and `edit` steps would change, line by line.
struct PlanDiffTests {
  static let plan = """
    execplan: 1
    title: Diff
    id: diff
    secrets: {TOKEN: {env: SECRET_TOKEN}, OTHER: {env: OTHER_TOKEN}}
    order: graph
    defaults: {on_conflict: overwrite}
    steps:
      - {id: new, file: {path: etc/new.conf, content: "port = 80\\nhost = a\\n", mode: "0640"}}
      - {id: changed, file: {path: changed.conf, content: "one\\ntwo\\nthree\\n"}}
      - {id: same, file: {path: same.conf, content: "same\\n"}}
      - {id: gone, file: {path: gone.conf, absent: true}}
      - {id: link, file: {path: current, link: etc/new.conf}}
      - {id: mode, file: {path: run.sh, mode: "0755"}}
      - {id: line, edit: {path: .gitignore, line: dist/}}
      - {id: replace, edit: {path: app.ini, replace: {pattern: "^port = .*$", with: "port = 81"}}}
      - {id: binary, file: {path: copy.bin, source: made.bin}}
      - {id: secret, file: {path: token.txt, content: "${{ secrets.TOKEN }}"}}
      - {id: shell, run: "echo x > made.txt"}
      - {id: after, needs: [shell], edit: {path: made.txt, line: y}}

    """

  private func fill(_ project: RunProject) throws {
    for (name, text) in [
      ("changed.conf", "one\n2\nthree\n"), ("same.conf", "same\n"), ("gone.conf", "away\n"), ("run.sh", "#!/bin/sh\n"),
      (".gitignore", ".execplan/\n"), ("app.ini", "host = a\nport = 80\nkey = 0123456789abcdef\n"),
      ("made.bin", "a\u{0}b"),
    ] {
      try project.folder.write(name, text)
    }
    for name in ["changed.conf", "run.sh", "gone.conf", ".gitignore", "app.ini"] {
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: project.folder.path(name))
    }
  }

  private func steps(_ text: String) throws -> [String: [String: Any]] {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let steps = try #require(object["steps"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: steps.compactMap { step in (step["id"] as? String).map { ($0, step) } })
  }

  @Test func theDiffIsWhatApplyDoes() throws {
    try withRunProject(Self.plan) { project in
      try fill(project)
      let env = ["SECRET_TOKEN": "another-secret-1", "OTHER_TOKEN": "0123456789abcdef"]
      let result = try project.run("plan", "--diff", "--format", "json", env: env)
      #expect(result.exit == 0, "\(result)")
      let steps = try steps(result.stdout)
      let diffs = steps.compactMapValues { $0["diff"] as? [String: Any] }
      #expect(
        diffs.keys.sorted() == ["binary", "changed", "gone", "line", "link", "mode", "new", "replace"], "\(diffs.keys)")
      #expect(
        steps["secret"]?["decision"] as? String == "unknown" && steps["after"]?["decision"] as? String == "unknown")
      #expect(diffs["new"]?["change"] as? String == "created" && diffs["gone"]?["change"] as? String == "deleted")
      #expect(diffs["binary"]?["binary"] as? Bool == true)
      // Secrets of other steps that lie in a file are no part of it.
      let replaced = try #require(diffs["replace"]?["patch"] as? String)
      #expect(replaced.contains("-port = 80\n+port = 81\n key = ***") && !replaced.contains("0123456789abcdef"))

      // Git makes of the patch what the step makes.
      let patch = ["changed", "gone", "line", "link", "mode", "new"].compactMap { diffs[$0]?["patch"] as? String }
        .joined()
      let copy = try TemporaryFolder()
      defer { copy.remove() }
      for name in ["changed.conf", "gone.conf", "run.sh", ".gitignore"] {
        try FileManager.default.copyItem(atPath: project.folder.path(name), toPath: copy.path(name))
      }
      let applied = try Execplan.runOther("/usr/bin/env", ["git", "apply", "-"], in: copy, stdin: patch)
      #expect(applied.exit == 0, "\(applied)\n\(patch)")
      #expect(try project.run("apply", "-q", env: env).exit == 0)
      for name in ["changed.conf", ".gitignore", "etc/new.conf", "run.sh"] {
        #expect(copy.read(name) == project.folder.read(name), "\(name)")
      }
      #expect(copy.read("gone.conf") == nil)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: copy.path("current")) == "etc/new.conf")
      #expect(FileManager.default.isExecutableFile(atPath: copy.path("run.sh")))
      // Afterwards there is nothing to show.
      let rest = try self.steps(try project.run("plan", "--diff", "--format", "json", env: env).stdout)
      #expect(rest.compactMapValues { $0["diff"] as? [String: Any] }.isEmpty)
      #expect(try self.steps(try project.run("plan", "--format", "json").stdout)["new"]?["diff"] == nil)
    }
  }

  @Test func peopleSeeItBelowTheStepsAndInColour() throws {
    try withRunProject(Self.plan) { project in
      try fill(project)
      let plain = try project.run("plan", "--diff").stdout
      #expect(
        plain.contains(
          "\nchanged:\ndiff --git a/changed.conf b/changed.conf\n--- a/changed.conf\n+++ b/changed.conf\n"
            + "@@ -1,3 +1,3 @@\n one\n-2\n+two\n three\n\n"), "\(plain)")
      #expect(plain.contains("Binary files /dev/null and b/copy.bin differ"))
      #expect(plain.contains("old mode 100644\nnew mode 100755\n"))
      let colored = try project.run("plan", "--diff", "--color", "always").stdout
      #expect(colored.contains("\u{1B}[31m-2\u{1B}[0m\n\u{1B}[32m+two\u{1B}[0m\n"))
      #expect(!(try project.run("plan").stdout.contains("@@")))
    }
  }

  /// What `--force` will not do either is not shown as a change.
  @Test func aForcedStepThatIsAsDesiredShowsNone() throws {
    try withRunProject("execplan: 1\ntitle: T\nid: t\nsteps: [{id: a, file: {path: a, content: x}}]\n") { project in
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(!(try project.run("plan", "--diff", "--force").stdout.contains("diff --git")))
      try project.folder.write("a", "y")
      #expect(try project.run("plan", "--diff", "--force").stdout.contains("-y\n"))
    }
  }
}
