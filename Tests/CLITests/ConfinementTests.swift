internal import Foundation
internal import TestSupport
internal import Testing

/// What execplan itself writes stays inside the project, whatever the plan, a parameter or a link says.
struct ConfinementTests {
  private func plan(_ step: String, params: String = "") -> String {
    "execplan: 1\ntitle: T\n\(params)steps:\n  - {id: a, \(step)}\n"
  }

  @Test(arguments: ["../x", "/tmp/x", "a/../../x", "./../x", "a/b/../../../x", ".."])
  func aPathThatLeadsOutIsFoundByValidation(path: String) throws {
    for step in ["file: {path: '\(path)', content: x}", "edit: {path: '\(path)', line: x}"] {
      try withRunProject(plan(step)) { project in
        let result = try project.run("validate")
        #expect(result.exit == 1 && result.stdout.contains("[EP212-bad-path]"), "\(result.stdout)")
        #expect(result.stdout.contains("say \"allow_outside: true\" beside it"))
        #expect(try project.run("apply").exit == 3)
      }
    }
  }

  @Test func aParameterIsDataAndLeadsNowhere() throws {
    try withRunProject(
      plan("file: {path: 'out/${{ params.name }}', content: x}", params: "params: {name: {type: path, default: a}}\n")
    ) { project in
      #expect(try project.run("apply", "--param", "name=ok.txt").exit == 0)
      #expect(project.folder.read("out/ok.txt") == "x")
      for name in ["../../escaped", "/../../escaped"] {
        let result = try project.run("apply", "--param", "name=" + name)
        #expect(result.exit == 3 && result.stderr.contains("lies outside the project"), "\(result.stderr)")
      }
      #expect(!FileManager.default.fileExists(atPath: project.folder.path("../escaped")))
    }
  }

  @Test func linksThatLeadOutAreRefusedUnlessThePlanAllowsIt() throws {
    for (allows, exit) in [("", 1), (", allow_outside: true", 0)] {
      try withRunProject(
        """
        execplan: 1
        title: T
        order: graph
        steps:
          - {id: a, file: {path: link/x, content: new\(allows)}}
          - {id: b, edit: {path: direct, line: new\(allows)}}

        """
      ) { project in
        try project.outside.write("target", "old\n")
        try FileManager.default.createSymbolicLink(
          atPath: project.folder.path("link"), withDestinationPath: project.outside.path)
        try FileManager.default.createSymbolicLink(
          atPath: project.folder.path("direct"), withDestinationPath: project.outside.path("target"))
        let result = try project.run("apply", "--keep-going")
        #expect(result.exit == Int32(exit), "\(result.stderr)")
        #expect(project.outside.read("x") == (exit == 0 ? "new" : nil))
        #expect(project.outside.read("target") == (exit == 0 ? "old\nnew\n" : "old\n"))
        #expect(result.stderr.contains("leads out of the project through a link") == (exit == 1))
      }
    }
  }

  @Test func pathsOutsideAreWrittenWhenThePlanSaysSo() throws {
    try withRunProject(
      """
      execplan: 1
      title: T
      order: listed
      steps:
        - {id: a, file: {path: "$OUT/made/x", content: one, allow_outside: true}}
        - {id: b, edit: {path: "$OUT/made/x", line: two, allow_outside: true}}

      """
    ) { project in
      let validated = try project.run("validate")
      #expect(validated.exit == 0)
      let applied = try project.run("apply")
      #expect(applied.exit == 0, "\(applied.stderr)")
      #expect(project.outside.read("made/x") == "one\ntwo\n")
    }
  }

  @Test func outputsBehindALinkThatLeadsOutAreNotMovedAside() throws {
    try withRunProject(
      """
      execplan: 1
      title: T
      steps:
        - id: a
          inputs: [in]
          outputs: [link/out, inside]
          run: |
            echo half > link/out; echo half > inside
            bash $OUT/block.sh
            echo whole > link/out; echo whole > inside

      """
    ) { project in
      try project.folder.write("in", "")
      try FileManager.default.createSymbolicLink(
        atPath: project.folder.path("link"), withDestinationPath: project.outside.path)
      _ = try project.killDuringApply()
      try project.release()
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result.stderr)")
      #expect(project.folder.read("inside") == "whole\n")
      #expect(project.outside.read("out") == "whole\n")
      let partial = FileManager.default.subpaths(atPath: project.folder.path(".execplan/partial")) ?? []
      #expect(partial.contains { $0.hasSuffix("/inside") })
      #expect(!partial.contains { $0.hasSuffix("link%2Fout") })
    }
  }
}
