internal import Foundation
internal import TestSupport
internal import Testing

/// `fetch` steps, through the program and against a server on this machine.
struct RunFetchTests {
  private func withServer(_ steps: String, head: String = "", _ body: (RunProject, WebServer) throws -> Void) throws {
    try withWebServer { server in
      let start = "execplan: 1\ntitle: Downloads\nid: downloads\ndefaults: {on_conflict: overwrite}\n"
      let plan = "\(start)\(head)steps:\n\(steps)\n".replacing("$URL", with: server.url)
      try withRunProject(plan) { project in try body(project, server) }
    }
  }

  private func digest(_ path: String, in folder: TemporaryFolder) throws -> String {
    String(try Execplan.runOther("/usr/bin/env", ["sha256sum", path], in: folder).stdout.prefix(64))
  }

  private func names(_ project: RunProject, _ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: project.folder.path(folder))) ?? []).sorted()
  }

  /// The digest of `hello\n`.
  private static let hello = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"

  @Test func aFileIsGotOnceWhenItsDigestIsKnown() throws {
    try withServer(
      "  - {id: get, fetch: {url: $URL/x.txt, path: vendor/new/x.txt, sha256: \(Self.hello), mode: \"0640\"}}"
    ) { project, server in
      try server.folder.write("x.txt", "hello\n")
      #expect(try project.run("plan").stdout.contains("\"vendor/new/x.txt\" is not there"))
      let first = try project.run("apply")
      #expect(first.exit == 0, "\(first)")
      #expect(project.folder.read("vendor/new/x.txt") == "hello\n")
      #expect(names(project, "vendor/new") == ["x.txt"])
      let mode = try FileManager.default.attributesOfItem(atPath: project.folder.path("vendor/new/x.txt"))[
        .posixPermissions]
      #expect(mode as? Int == 0o640)
      #expect(server.requests.count == 1)

      // What is there already is not got again; what differs is.
      let second = try project.run("apply")
      #expect(second.stdout.contains("0 succeeded, 1 skipped"), "\(second)")
      #expect(server.requests.count == 1)
      try project.folder.write("vendor/new/x.txt", "other\n")
      #expect(try project.run("plan").stdout.contains("the SHA-256 of \"vendor/new/x.txt\" is another"))
      #expect(try project.run("apply").exit == 0)
      #expect(project.folder.read("vendor/new/x.txt") == "hello\n")
      #expect(server.requests.count == 2)
    }
  }

  @Test func theDigestMayBeAnExpression() throws {
    try withServer(
      """
        - {id: find, run: 'echo sum=$(cat sum) >> "$EXECPLAN_OUTPUT"'}
        - {id: get, needs: [find], fetch: {url: $URL/x.txt, path: x.txt, sha256: "${{ steps.find.values.sum }}"}}
        - {id: last, fetch: {url: $URL/x.txt, path: y.txt, sha256: "${{ params.sum }}"}}
      """, head: "params: {sum: \(Self.hello.uppercased())}\n"
    ) { project, server in
      try server.folder.write("x.txt", "hello\n")
      try project.folder.write("sum", Self.hello)
      let plan = try project.run("plan")
      #expect(
        plan.stdout.contains("unknown until \"find\"") && plan.stdout.contains("\"y.txt\" is not there"), "\(plan)")
      #expect(try project.run("apply").exit == 0)
      #expect(project.folder.read("x.txt") == "hello\n" && project.folder.read("y.txt") == "hello\n")
      #expect(try project.run("apply").stdout.contains("1 succeeded, 2 skipped"))
      #expect(server.requests.count == 2)
      // What is no digest is said, and nothing is asked.
      try project.folder.write("sum", "none")
      let failed = try project.run("apply", "-p", "sum=abc", "--keep-going")
      #expect(failed.exit == 1 && server.requests.count == 2, "\(failed)")
      for text in ["none", "abc"] {
        #expect(
          failed.stderr.contains("\"sha256\" is \"\(text)\", and a SHA-256 digest has 64 hexadecimal digits"),
          "\(failed)")
      }
    }
  }

  /// Whether the server says beforehand how much comes, or never ends.
  @Test(arguments: ["big/20001", "endless"]) func aFileThatIsTooLargeIsNotTaken(path: String) throws {
    try withServer("  - {id: get, fetch: {url: $URL/\(path), path: d/x.bin, max_size: 20KB}}") { project, _ in
      try project.folder.write("d/x.bin", "old\n")
      let result = try project.run("apply")
      #expect(
        result.exit == 1
          && result.stderr.contains(
            "the file has more than 20000 bytes; nothing was put in place; say a larger \"max_size\""),
        "\(result)")
      #expect(project.folder.read("d/x.bin") == "old\n" && names(project, "d") == ["x.bin"])
      #expect(names(project, ".").allSatisfy { !$0.hasPrefix("core") })
    }
  }

  @Test func aFileOfTheLargestSizeIsTaken() throws {
    try withServer("  - {id: get, fetch: {url: $URL/big/20000, path: x.bin, max_size: 20KB}}") { project, _ in
      let result = try project.run("apply")
      #expect(result.exit == 0 && project.folder.read("x.bin")?.utf8.count == 20_000, "\(result)")
    }
  }

  @Test func aWrongDigestPutsNothingInPlace() throws {
    try withServer("  - {id: get, fetch: {url: $URL/x.txt, path: x.txt, sha256: \(Self.hello)}}") { project, server in
      try server.folder.write("x.txt", "evil\n")
      try project.folder.write("x.txt", "old\n")
      let result = try project.run("apply")
      #expect(result.exit == 1 && result.stderr.contains("not \(Self.hello); nothing was put in place"), "\(result)")
      #expect(project.folder.read("x.txt") == "old\n")
      #expect(names(project, ".").filter { $0.contains("execplan-fetch") }.isEmpty)
    }
  }

  @Test func withoutADigestEveryRunAsks() throws {
    try withServer("  - {id: get, fetch: {url: $URL/x.txt, path: x.txt}}") { project, server in
      try server.folder.write("x.txt", "one\n")
      #expect(try project.run("apply").exit == 0)
      try server.folder.write("x.txt", "two\n")
      #expect(try project.run("apply").exit == 0)
      #expect(project.folder.read("x.txt") == "two\n")
      #expect(server.requests.count == 2)
    }
  }

  @Test(arguments: [
    ("$URL/none", "the status is 404 Not Found"), ("http://127.0.0.1:1/x", "connect to 127.0.0.1 port 1"),
    ("$URL/drop", "Empty reply from server"),
  ])
  func aFailureLeavesWhatWasThere(url: String, message: String) throws {
    try withServer("  - {id: get, fetch: {url: \(url), path: x.txt}}") { project, _ in
      try project.folder.write("x.txt", "old\n")
      let result = try project.run("apply")
      #expect(result.exit == 1 && result.stderr.contains(message), "\(result)")
      #expect(project.folder.read("x.txt") == "old\n")
      #expect(names(project, ".").filter { $0.contains("execplan-fetch") }.isEmpty)
    }
  }

  @Test func aRedirectIsFollowedAndIsNoPartOfTheFile() throws {
    try withServer("  - {id: get, fetch: {url: \"$URL/redirect?to=$URL/empty\", path: x.txt}}") { project, server in
      try server.folder.write("empty", "")
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(project.folder.read("x.txt") == "")
    }
  }

  @Test func retriesHonourRetryAfter() throws {
    try withServer(
      "  - {id: get, retry: {times: 2, delay: 1ms, jitter: false}, fetch: {url: \"$URL/flaky/f?after=1\", path: x.json}}"
    ) { project, server in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(server.requests.count == 2)
      #expect(try project.query("select retry_delay from attempts where state = 'failed'") == "1000")
    }
  }

  @Test func aLinkLeadsNowhereOutside() throws {
    try withServer("  - {id: get, fetch: {url: $URL/x.txt, path: link/x.txt}}") { project, server in
      try server.folder.write("x.txt", "hello\n")
      try FileManager.default.createSymbolicLink(
        atPath: project.folder.path("link"), withDestinationPath: project.outside.path)
      let result = try project.run("apply")
      #expect(result.exit == 1 && result.stderr.contains("leads out of the project through a link"), "\(result)")
      #expect(project.outside.read("x.txt") == nil)
      try project.write(
        "execplan: 1\ntitle: Downloads\nid: downloads\ndefaults: {on_conflict: overwrite}\nsteps: [{id: get, fetch: {url: \(server.url)/x.txt, path: link/x.txt, allow_outside: true}}]\n"
      )
      #expect(try project.run("apply").exit == 0)
      #expect(project.outside.read("x.txt") == "hello\n")
    }
  }

  /// Half of the file has come when execplan dies.
  @Test(arguments: [true, false]) func aKillLeavesTheOldFileAndTheResumeGetsTheNewOne(hasDigest: Bool) throws {
    try withServer("") { project, server in
      try server.release("all")
      let data = Data((0..<200_000).map { UInt8($0 % 251) })
      try project.folder.write("expected", "")
      try data.write(to: URL(fileURLWithPath: project.folder.path("expected")))
      let sum = hasDigest ? ", sha256: \(try digest("expected", in: project.folder))" : ""
      try project.write(
        "execplan: 1\ntitle: Downloads\nid: downloads\ndefaults: {on_conflict: overwrite}\nsteps: [{id: get, fetch: {url: \(server.url)/half/it, path: d/x.bin\(sum)}}]\n"
      )
      try project.folder.write("d/x.bin", "old\n")
      let program = try project.start("apply")
      try #require(server.waitForRequest("/half", from: program))
      while program.isRunning, names(project, "d").count < 2 { usleep(2_000) }
      program.send(signal: SIGKILL)
      #expect(program.wait().exit == 137)
      #expect(project.folder.read("d/x.bin") == "old\n")
      #expect(names(project, "d").count == 2)
      // A file of another name is none of its business.
      try project.folder.write("d/.execplan-fetch-1", "mine")
      try server.release("it")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(FileManager.default.contents(atPath: project.folder.path("d/x.bin")) == data)
      #expect(names(project, "d") == [".execplan-fetch-1", "x.bin"])
    }
  }

  /// The file is in place, and the record of that is not.
  @Test(arguments: ["fileWritten", "fileRenamed"]) func aKillAroundTheRenameLeavesOneOfBoth(point: String) throws {
    try withServer("  - {id: get, fetch: {url: $URL/x.txt, path: x.txt, sha256: \(Self.hello)}}") { project, server in
      try server.folder.write("x.txt", "hello\n")
      try project.folder.write("x.txt", "old\n")
      let killed = try project.run("apply", env: ["EXECPLAN_FAULT": "\(point)"])
      #expect(killed.exit == 137, "\(killed)")
      #expect(project.folder.read("x.txt") == (point == "fileWritten" ? "old\n" : "hello\n"))
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.folder.read("x.txt") == "hello\n")
      #expect(names(project, ".").filter { $0.contains("execplan-fetch") }.isEmpty)
      #expect(server.requests.count == (point == "fileWritten" ? 2 : 1))
    }
  }
}
