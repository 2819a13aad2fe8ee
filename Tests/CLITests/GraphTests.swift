internal import Foundation
internal import TestSupport
internal import Testing

/// `execplan graph`, seen from outside.
struct GraphTests {
  @Test func everyFormatMarksTheCriticalPath() throws {
    try withTemporaryFolder { folder in
      try folder.write("load.execplan.yaml", ShowTests.plan)
      let text = try Execplan.run(["graph"], in: folder)
      #expect(text.exit == 0)
      #expect(text.stdout.contains("1  *  fetch") && text.stdout.contains("* critical path: fetch -> count -> write\n"))
      let dot = try Execplan.run(["graph", "--format", "dot"], in: folder)
      #expect(dot.stdout.hasPrefix("digraph plan {\n") && dot.stdout.contains("penwidth=3"))
      let mermaid = try Execplan.run(["graph", "--format", "mermaid"], in: folder)
      #expect(mermaid.stdout.hasPrefix("flowchart LR\n") && mermaid.stdout.contains("classDef critical"))
      let json = try Execplan.run(["graph", "--format", "json"], in: folder)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any])
      #expect(object["critical_path"] as? [String] == ["fetch", "count", "write"])
      let nodes = try #require(object["nodes"] as? [[String: Any]])
      #expect(nodes.map { $0["id"] as? String } == ["fetch", "count", "write", "gate:extract", "clean"])
      #expect(nodes.allSatisfy { $0["state"] is NSNull })
    }
  }

  @Test func aPlanFromStandardInputIsDrawn() throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.run(["graph", "-"], in: folder, stdin: ShowTests.plan)
      #expect(result.exit == 0 && result.stdout.contains("count"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func theStatesOfTheLatestRunAreShownAndNothingOnDiskChanges() throws {
    try withTemporaryFolder { folder in
      let plan =
        "execplan: 1\ntitle: T\nsteps:\n  - {id: a, run: \"true\"}\n  - {id: b, needs: [a], run: \"false\"}\n"
        + "  - {id: c, needs: [b], run: \"true\"}\n"
      try folder.write("t.execplan.yaml", plan)
      #expect(try Execplan.run(["apply", "-q"], in: folder).exit == 1)
      let listing = ["-c", "find . -type f -printf '%p %s %T@ ' -exec sha256sum {} +; find . -printf '%p %T@\\n'"]
      let before = try Execplan.runOther("/bin/bash", listing, in: folder).stdout
      for format in ["text", "dot", "mermaid", "json"] {
        #expect(try Execplan.run(["graph", "--format", format], in: folder).exit == 0)
      }
      for format in ["text", "markdown", "json"] {
        #expect(try Execplan.run(["show", "--format", format], in: folder).exit == 0)
      }
      #expect(try Execplan.runOther("/bin/bash", listing, in: folder).stdout == before)

      let json = try Execplan.run(["graph", "--format", "json"], in: folder).stdout
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let nodes = try #require(object["nodes"] as? [[String: Any]])
      #expect(nodes.map { $0["state"] as? String } == ["succeeded", "failed", "blocked"])
      #expect(try Execplan.run(["graph", "--format", "dot"], in: folder).stdout.contains("fillcolor=lightcoral"))
      #expect(try Execplan.run(["graph", "--format", "mermaid"], in: folder).stdout.contains("class n1 failed"))
    }
  }
}
