internal import Foundation
internal import TestSupport
internal import Testing

/// `http` steps and checks, through the program and against a server on this machine.
struct RunHTTPTests {
  private static func plan(_ steps: String, head: String = "") -> String {
    "execplan: 1\ntitle: Requests\nid: requests\n\(head)steps:\n"
      + steps.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)\n" }.joined()
  }

  /// `$URL` in the steps is the address of the server.
  private func withServer(
    _ steps: String, head: String = "", _ body: (RunProject, WebServer) throws -> Void
  ) throws {
    try withWebServer { server in
      try withRunProject(Self.plan(steps, head: head).replacing("$URL", with: server.url)) { project in
        try body(project, server)
      }
    }
  }

  // MARK: Requests and values

  @Test func whatIsSentIsWhatThePlanSays() throws {
    try withServer(
      """
      - id: post
        idempotent: true
        http:
          url: "$URL/echo/${{ params.name }}?q=${{ params.name }}"
          method: POST
          headers: {X-Plain: "a \\"b\\" \\\\ c", x-empty: "", x-value: "${{ params.name }}"}
          body: {name: "${{ params.name }}", number: 7, list: [true, null, "${{ params.count }}"]}
          expect: {status: 200, json: {/method: POST}}
      - id: text
        needs: [post]
        http: {url: "$URL/echo", method: PUT, body: "line 1\\n\\"line\\" 2\\t\\\\\\r\\n${{ params.name }}"}
      - id: get
        needs: [text]
        http: "$URL/echo"
      """, head: "params: {name: \"a/b ?&=#'\\\"é\", count: 3}\n"
    ) { project, server in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      let requests = server.requests
      try #require(requests.count == 3)
      let post = requests[0]
      #expect(post.path == "/echo/a%2Fb%20%3F%26%3D%23%27%22%C3%A9?q=a%2Fb%20%3F%26%3D%23%27%22%C3%A9")
      #expect(post.headers["x-plain"] == "a \"b\" \\ c" && post.headers["x-empty"] == "")
      #expect(post.headers["content-type"] == "application/json" && post.headers["user-agent"] == "execplan")
      #expect(post.body == #"{"name":"a/b ?&=#'\"é","number":7,"list":[true,null,3]}"#)
      #expect(requests[1].body == "line 1\n\"line\" 2\t\\\r\na/b ?&=#'\"é")
      #expect(requests[1].headers["content-type"] == "text/plain; charset=utf-8")
      #expect(requests[2].method == "GET" && requests[2].headers["content-type"] == nil)
      // The key of a step: the same for its attempts, another for each step; what only asks has none.
      let keys = requests.map { $0.headers["idempotency-key"] }
      #expect(keys[0]?.count == 64 && keys[1]?.count == 64 && keys[0] != keys[1] && keys[2] == nil)
    }
  }

  @Test func theResponseBecomesValues() throws {
    try withServer(
      """
      - id: ask
        http: {url: "$URL/echo?x=1"}
      - id: tell
        needs: [ask]
        run: |
          echo "${{ steps.ask.values.status }} ${{ steps.ask.values.json['method'] }}" > told
          echo "${{ steps.ask.values.headers['content-type'] }}" >> told
          printf %s "${{ steps.ask.values.body }}" > body
      """
    ) { project, _ in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(project.folder.read("told") == "200 GET\napplication/json\n")
      #expect(project.folder.read("body")?.hasPrefix("{\"method\": \"GET\"") == true)
    }
  }

  /// A value can't be another header, another part of the URL, an option of curl or another protocol.
  @Test(arguments: ["a\nx-evil: 1", "a\r\n\r\nGET /evil", "a\rx-evil: 1"])
  func aHeaderIsOneLine(value: String) throws {
    try withServer(
      """
      - {id: make, run: "printf 'v<<EOF\\\\n%s\\\\nEOF\\\\n' \\"$V\\" >> $EXECPLAN_OUTPUT", env: {V: "${{ params.v }}"}}
      - {id: ask, needs: [make], http: {url: "$URL/echo", headers: {x-a: "${{ steps.make.values.v }}"}}}
      """, head: "params: {v: {default: x}}\n"
    ) { project, server in
      let result = try project.run("apply", "-p", "v=\(value)")
      #expect(result.exit != 0, "\(result)")
      #expect(server.requests.isEmpty)
    }
  }

  @Test func aValueCannotSayMoreThanAValue() throws {
    let value = "x\"\nurl = \"file:///etc/passwd\"\noutput = \"stolen\"\n@/etc/passwd"
    try withServer(
      """
      - id: ask
        idempotent: true
        http: {url: "$URL/echo", method: POST, body: "${{ params.v }}"}
      """, head: "params: {v: {default: x}}\n"
    ) { project, server in
      let result = try project.run("apply", "-p", "v=\(value)")
      #expect(result.exit == 0, "\(result)")
      #expect(server.requests.map(\.body) == [value])
      #expect(project.folder.read("stolen") == nil)
    }
  }

  @Test func aLargeBodyIsSentWhole() throws {
    try withServer(
      """
      - {id: ask, idempotent: true, http: {url: "$URL/echo", method: POST, body: "${{ params.v }}", max_size: 4MiB}}
      """, head: "params: {v: {default: x}}\nsecrets: {S: {env: S, optional: true}}\n"
    ) { project, server in
      let body = String(repeating: "0123456789 \"\\\n", count: 9_000)
      try project.folder.write("values.yaml", "v: \(try json(body))\n")
      let result = try project.run("apply", "--params-file", "values.yaml")
      #expect(result.exit == 0, "\(result)")
      #expect(server.requests.map(\.body) == [body])
      // Nothing of it is left on the disk.
      let files = try FileManager.default.subpathsOfDirectory(atPath: project.folder.path(".execplan"))
      #expect(!files.contains { $0.hasSuffix(".body") })
    }
  }

  private func json(_ text: String) throws -> String {
    String(
      decoding: try JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed), as: UTF8.self)
  }

  // MARK: Expectations

  @Test(arguments: [
    ("{url: \"$URL/status/404\"}", "the status is 404 Not Found, expected 200 to 299: \"said the server\""),
    ("{url: \"$URL/status/200\", expect: {status: [201, 204]}}", "the status is 200, expected one of"),
    (
      "{url: \"$URL/status/500\", expect: {status: {lt: 500}}}",
      "the status is 500, expected less than 500: \"said the server\""
    ),
    ("{url: \"$URL/echo\", expect: {json: {/method: POST}}}", "\"/method\" is \"GET\", expected exactly \"POST\""),
    ("{url: \"$URL/echo\", expect: {json: {/nope/0: 1}}}", "\"/nope/0\" is not in the response"),
    ("{url: \"$URL/text?body=oops\", expect: {json: {/a: 1}}}", "the response is not JSON"),
    (
      "{url: \"$URL/text?body=oops\", expect: {body: {contains: fine}}}",
      "the body is \"oops\", expected something that contains \"fine\""
    ),
    ("{url: \"$URL/echo\", expect: {headers: {x-none: a}}}", "the response has no header \"x-none\""),
    (
      "{url: \"$URL/echo\", expect: {headers: {Content-Type: text/html}}}",
      "the header \"Content-Type\" is \"application/json\""
    ),
    (
      "{url: \"$URL/redirect?to=/x\", redirects: 0}",
      "the status is 302 Found, expected 200 to 299, redirected to \"http"
    ),
    ("{url: \"$URL/big/2000\", max_size: 1KB}", "the body of the response has more than 1000 bytes"),
    ("{url: \"$URL/endless\", max_size: 1KB}", "the body of the response has more than 1000 bytes"),
    ("{url: \"http://127.0.0.1:1/\"}", "connect to 127.0.0.1 port 1"),
    ("{url: \"$URL/drop\"}", "Empty reply from server"),
    (
      "{url: \"$URL/redirect?to=file:///etc/passwd\"}",
      "it was redirected to where nothing is asked: \"file\" is not a protocol"
    ),
  ])
  func aFailureSaysWhatWasFound(action: String, message: String) throws {
    try withServer("- {id: ask, http: \(action)}") { project, _ in
      let result = try project.run("apply")
      #expect(result.exit == 1 && result.stderr.contains(message), "\(result)")
    }
  }

  @Test func checksAskTheSame() throws {
    try withServer(
      """
      - id: all
        check:
          - http: "$URL/status/200"
          - http: {url: "$URL/echo", method: POST, body: {q: 1}, expect: {json: {/body: "{\\"q\\":1}"}}}
          - {http: "$URL/status/500", severity: warn, title: the old address}
      - id: fails
        needs: [all]
        check: [{http: {url: "$URL/echo", expect: {json: {/method: PUT}}}}]
      """
    ) { project, server in
      let result = try project.run("apply")
      #expect(result.exit == 7, "\(result)")
      #expect(result.stderr.contains("\"/method\" is \"GET\", expected exactly \"PUT\""), "\(result)")
      #expect(result.stdout.contains("the old address: the status is 500"), "\(result)")
      // Nothing is asked while a plan is only looked at.
      let before = server.requests.count
      #expect(try project.run("plan").exit == 0)
      #expect(try project.run("validate").exit == 0)
      #expect(server.requests.count == before)
    }
  }

  // MARK: Redirects

  @Test func redirectsAreFollowedAndSecretsStayWithTheirServer() throws {
    try withWebServer { other in
      try withServer(
        """
        - id: same
          http: {url: "$URL/redirect?to=$URL/echo", headers: {x-key: "${{ secrets.KEY }}"}}
        - id: other
          needs: [same]
          http: {url: "$URL/redirect?to=\(other.url)/echo", headers: {x-key: "${{ secrets.KEY }}", authorization: me, x-a: b}}
        - id: round
          needs: [other]
          allow_failure: true
          http: {url: "$URL/redirect?to=$URL/redirect%3Fto%3D$URL/echo", redirects: 1}
        """, head: "secrets: {KEY: {env: KEY}}\n"
      ) { project, server in
        let result = try project.run("apply", env: ["KEY": "s3cret-value-1234"])
        #expect(result.exit == 0, "\(result)")
        #expect(server.requests.last { $0.path == "/echo" }?.headers["x-key"] == "s3cret-value-1234")
        let request = try #require(other.requests.first)
        #expect(request.headers["x-a"] == "b")
        #expect(request.headers["x-key"] == nil && request.headers["authorization"] == nil)
        #expect(result.stderr.contains("it was redirected more than 1 times"), "\(result)")
      }
    }
  }

  // MARK: Retries

  @Test func retriesKeepTheKeyAndHonourRetryAfter() throws {
    try withServer(
      """
      - id: ask
        idempotent: true
        retry: {times: 3, delay: 1ms, jitter: false}
        http: {url: "$URL/flaky/a?n=2&after=1", method: POST, body: x}
      """
    ) { project, server in
      let result = try project.run("apply", "--events", "events")
      #expect(result.exit == 0, "\(result)")
      #expect(server.requests.count == 3)
      #expect(Set(server.requests.map { $0.headers["idempotency-key"] }).count == 1)
      #expect(try project.query("select group_concat(retry_delay) from attempts where state = 'failed'") == "1000,1000")
      let again = try project.run("apply")
      #expect(again.exit == 0)
      // A new run is another request.
      #expect(Set(server.requests.map { $0.headers["idempotency-key"] }).count == 2)
    }
  }

  @Test func aServerCannotHoldTheRunForEver() throws {
    try withServer("- {id: ask, retry: {times: 2, delay: 1ms}, http: \"$URL/status/503?after=86400\"}") {
      project, server in
      let result = try project.run("apply")
      #expect(result.exit == 1, "\(result)")
      #expect(result.stderr.contains("the server asks to come back in 86400 s, later than is waited for"), "\(result)")
      #expect(server.requests.count == 1)
    }
  }

  // MARK: Secrets

  @Test func secretsGoToTheServerAndNowhereElse() throws {
    let secret = "t0ken-\"with\\ odd'chars-9876"
    try withServer(
      """
      - id: hold
        idempotent: true
        http:
          url: "$URL/hold/it"
          method: POST
          headers: {authorization: "Bearer ${{ secrets.TOKEN }}"}
          body: {key: "${{ secrets.TOKEN }}"}
      - id: echo
        needs: [hold]
        http: {url: "$URL/echo", headers: {authorization: "${{ secrets.TOKEN }}"}, expect: {json: {/method: PUT}}}
      """, head: "secrets: {TOKEN: {env: TOKEN}}\n"
    ) { project, server in
      let program = try project.start("apply", env: ["TOKEN": secret])
      try #require(server.waitForRequest("/hold", from: program))
      // While curl waits for the server, its arguments are there for all to see.
      let arguments = try Execplan.runOther(
        "/bin/sh", ["-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '"], in: project.folder
      ).stdout
      #expect(arguments.contains("curl --disable --config -"))
      #expect(!arguments.contains("t0ken-"))
      try server.release("it")
      let result = program.wait()
      #expect(result.exit == 1, "\(result)")
      #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer " + secret, secret])
      #expect(server.requests.first?.body.contains("t0ken-") == true)
      #expect(!(result.stdout + result.stderr).contains("t0ken-"))
      let found = try Execplan.runOther("/bin/sh", ["-c", "grep -rla t0ken- . .execplan; true"], in: project.folder)
      #expect(found.stdout.isEmpty, "\(found.stdout)")
    }
  }

  @Test func aServerThatSendsASecretBackDoesNotGetItKept() throws {
    try withServer(
      """
      - {id: echo, http: {url: "$URL/echo", headers: {x-key: "${{ secrets.KEY }}"}}}
      - {id: tell, needs: [echo], run: "echo '${{ steps.echo.values.body }}' | cat", env: {}}
      """.replacing("'${{ steps.echo.values.body }}'", with: "\\\"${{ steps.echo.values.body }}\\\""),
      head: "secrets: {KEY: {env: KEY}}\n"
    ) { project, _ in
      let result = try project.run("apply", env: ["KEY": "s3cret-value-1234"])
      #expect(result.exit == 0, "\(result)")
      #expect(try project.query("select count(*) from checkpoints where \"values\" like '%***%'") == "1")
      let found = try Execplan.runOther("/bin/sh", ["-c", "grep -rla s3cret- .execplan; true"], in: project.folder)
      #expect(found.stdout.isEmpty, "\(found.stdout)")
    }
  }

  // MARK: Kills, time-outs and doubts

  @Test(arguments: ["GET", "PUT", "DELETE"])
  func whatMayBeRepeatedRunsAgainAfterAKill(method: String) throws {
    try withServer("- {id: ask, http: {url: \"$URL/hold/it\", method: \(method)}}") { project, server in
      let program = try project.start("apply")
      try #require(server.waitForRequest("/hold", from: program))
      program.send(signal: SIGKILL)
      #expect(program.wait().exit == 137)
      try server.release("it")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(server.requests.count == 2)
      #expect(Set(server.requests.map { $0.headers["idempotency-key"] }).count == 1)
    }
  }

  @Test func aPostThatWasCutOffIsAskedFor() throws {
    try withServer("- {id: ask, http: {url: \"$URL/hold/it\", method: POST, body: x}, undo: \"true\"}") {
      project, server in
      let program = try project.start("apply")
      try #require(server.waitForRequest("/hold", from: program))
      program.send(signal: SIGKILL)
      #expect(program.wait().exit == 137)
      try server.release("it")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 5 && resumed.stderr.contains("the server may have carried out the POST"), "\(resumed)")
      #expect(server.requests.count == 1)
      #expect(try project.run("resolve", "requests", "ask", "--as", "rerun").exit == 0)
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(server.requests.count == 2)
    }
  }

  @Test func aTimeOutOfAPostIsADoubtAndNotAFailure() throws {
    try withServer(
      """
      - {id: ask, timeout: 1s, retry: 3, http: {url: "$URL/hold/it", method: POST, body: x}, undo: "true"}
      """
    ) { project, server in
      let result = try project.run("apply")
      #expect(result.exit == 5 && result.stderr.contains("the server may have carried out the POST"), "\(result)")
      #expect(server.requests.count == 1)
    }
  }

  @Test func aPostThatGetsNoAnswerIsADoubt() throws {
    try withServer("- {id: ask, retry: 2, http: {url: \"$URL/drop\", method: POST}, undo: \"true\"}") {
      project, server in
      let result = try project.run("apply")
      #expect(result.exit == 5 && result.stderr.contains("may have carried out the POST"), "\(result)")
      #expect(server.requests.count == 1)
    }
  }

  @Test func aPostThatNeverReachedAServerIsAFailure() throws {
    try withServer("- {id: ask, http: {url: \"http://127.0.0.1:1/\", method: POST}, undo: \"true\"}") { project, _ in
      let result = try project.run("apply")
      #expect(result.exit == 1, "\(result)")
    }
  }

  @Test func aTimeOutOfAGetIsAFailureThatIsTriedAgain() throws {
    try withServer("- {id: ask, timeout: 500ms, retry: {times: 1, delay: 1ms}, http: \"$URL/hold/it\"}") {
      project, server in
      let result = try project.run("apply")
      #expect(result.exit == 1 && result.stderr.contains("it ran longer than its timeout"), "\(result)")
      #expect(server.requests.count == 2)
    }
  }

  // MARK: Plans

  @Test func thePlanNamesTheClassOfARequest() throws {
    try withServer(
      """
      - {id: get, http: "$URL/a"}
      - {id: post, http: {url: "$URL/a", method: POST}}
      - {id: said, idempotent: true, http: {url: "$URL/a", method: POST}}
      - {id: doubted, idempotent: false, http: {url: "$URL/a", method: PUT}}
      - {id: guarded, unless: "true", http: {url: "$URL/a", method: POST}}
      """
    ) { project, server in
      let result = try project.run("plan", "--format", "json")
      let plan = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
      let steps = try #require(plan?["steps"] as? [[String: Any]])
      #expect(steps.map { $0["idempotence"] as? String } == ["declared", "none", "declared", "none", "guarded"])
      #expect(server.requests.isEmpty)
      let validated = try project.run("validate")
      #expect(
        validated.stdout.contains("\"post\" sends a POST, and nothing says whether that has happened already"),
        "\(validated)")
    }
  }
}
