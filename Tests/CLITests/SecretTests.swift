internal import Foundation
internal import TestSupport
internal import Testing

/// Values that a plan declares as secrets, through the program: they reach the steps that name them and nothing else.
struct SecretTests {
  private static let token = "tok-7f/3'x\" a&b=ç%$9!~q"
  private static let key =
    "-----BEGIN TEST KEY-----\nMIIBVgIBADANBgkqhkiG\nAASCAT8wggE7AgEAAkEA\n-----END TEST KEY-----"
  private static let command = "c0mmand-secret-0123456789"

  /// The forms in which the values must be nowhere. Made here, by other means than those of the program.
  private static let needles: [(name: String, bytes: Data)] = {
    var all: [(String, Data)] = []
    for (name, value) in [("token", token), ("key", key), ("command", command)] {
      let parts = [value] + (value.contains("\n") ? value.split(separator: "\n").map(String.init) : [])
      for part in parts {
        func add(_ form: String, _ text: String) { all.append(("\(name) \(form)", Data(text.utf8))) }
        add("raw", part)
        for pad in ["", "x", "xx"] {
          let base64 = Data((pad + part).utf8).base64EncodedString()
          // The first and last characters depend on what stands beside the value.
          add("base64", String(base64.dropFirst(4).dropLast(4)))
          add("base64url", String(base64.dropFirst(4).dropLast(4)).replacing("+", with: "-").replacing("/", with: "_"))
        }
        add("hex", Data(part.utf8).map { String(format: "%02x", $0) }.joined())
        add("percent", part.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? part)
        add("json", String((json(part)).dropFirst().dropLast()))
        add("shell", part.replacing("'", with: "'\\''"))
      }
    }
    return all.map { (name: $0.0, bytes: $0.1) }
  }()

  private static func json(_ text: String) -> String {
    String(
      decoding: (try? JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed)) ?? Data(), as: UTF8.self
    )
  }

  /// What a program may print: every form, words around each, and base64 broken into lines.
  private static var encoded: String {
    var lines: [String] = []
    for value in [token, key, command] {
      let data = Data(value.utf8)
      lines += [
        "raw <\(value)>", "b0 <\(data.base64EncodedString())>",
        "b1 <\(Data(("u:" + value).utf8).base64EncodedString())>",
        "wrapped\n\(data.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed]))",
        "percent <\(value.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? "")>",
        "all <\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")>",
        "json <\(json(value))> json in json <\(json(json(value)))>",
        "hex <\(data.map { String(format: "%02x", $0) }.joined())>",
      ]
    }
    return lines.joined(separator: "\n") + "\nthe end of the forms\n"
  }

  private static let plan = """
    execplan: 1
    title: Secrets
    order: listed
    secrets:
      TOKEN: {env: SOURCE_TOKEN}
      KEY: {file: key.pem}
      CMD: {command: [cat, "$OUT/command"]}
      NOPE: {env: NOT_SET_ANYWHERE, optional: true}
      SHORT: {env: SOURCE_SHORT}
    steps:
      - id: environment
        secrets: [TOKEN, KEY, CMD, SHORT]
        allow_failure: true
        run: |
          echo "before $TOKEN after"; echo "stderr before $KEY after" >&2; echo "$CMD"
          printf '%s' "${TOKEN:0:7}"; printf '%s\\n' "${TOKEN:7}"
          printf '%q %s\\n' "$TOKEN" "${KEY@Q}"; declare -p CMD TOKEN; env
          cat $OUT/encoded; cat $OUT/encoded >&2
          test "$SOURCE_TOKEN" = "" && printf %s "$TOKEN" | cmp - $OUT/token && echo the step has it
          tr '\\0' '\\n' < /proc/$$/cmdline > $OUT/cmdline
          tr '\\0' '\\n' < /proc/$PPID/cmdline >> $OUT/cmdline
          exit 3
      - id: text
        run: |
          cat <<EOF
          text: ${{ secrets.TOKEN }} and ${{ secrets.CMD }} end
          EOF
          printf '%s\\n' ${{ secrets.KEY }} >&2
          tr '\\0' '\\n' < /proc/$$/cmdline >> $OUT/cmdline
      - id: file
        file: {path: app.conf, content: "${{ secrets.TOKEN }}\\n"}
      - id: check
        allow_failure: true
        check:
          - run: {script: "cat $OUT/encoded >&2; echo it said ${{ secrets.CMD }} >&2; exit 9"}
          - file: {path: app.conf, eq: nothing}
      - id: expect
        allow_failure: true
        secrets: [TOKEN, KEY]
        run: cat $OUT/encoded
        expect: {stdout: {eq: other}}
      - id: value
        allow_failure: true
        secrets: [CMD]
        run: printf 'k=%s\\n' "$(printf 'x%s' "$CMD" | base64)" >> "$EXECPLAN_OUTPUT"
      - id: state
        allow_failure: true
        secrets: [CMD]
        run: echo "not a value $CMD" >> "$EXECPLAN_STATE"
      - id: unnamed
        run: |
          echo "[${SOURCE_TOKEN-unset}] [${TOKEN-unset}] [${KEY-unset}]"
          cat key.pem
      - id: optional
        when: has(secrets.NOPE)
        run: echo never

    """

  private static let env = ["SOURCE_TOKEN": token, "SOURCE_SHORT": "sh0rt"]

  private func withSecrets(_ plan: String = plan, _ body: (RunProject) throws -> Void) throws {
    try withRunProject(plan) { project in
      try project.folder.write("key.pem", Self.key + "\n")
      try project.outside.write("command", Self.command + "\n")
      try project.outside.write("encoded", Self.encoded)
      try project.outside.write("token", Self.token)
      try body(project)
    }
  }

  /// Every file of the state directory, and of those named, must hold no secret.
  private func expectNothing(in project: RunProject, _ outputs: [String], _ files: [String] = []) throws {
    let state = project.folder.path(".execplan")
    var read = 0
    for name in FileManager.default.subpaths(atPath: state) ?? [] {
      guard let data = FileManager.default.contents(atPath: state + "/" + name) else { continue }
      read += 1
      for needle in Self.needles {
        #expect(data.range(of: needle.bytes) == nil, "\(needle.name) in \(name)")
      }
    }
    #expect(read > 3)
    let others = outputs + files.map { project.folder.read($0) ?? project.outside.read($0) ?? "" }
    for (index, text) in others.enumerated() {
      for needle in Self.needles {
        #expect(Data(text.utf8).range(of: needle.bytes) == nil, "\(needle.name) in output \(index)")
      }
    }
  }

  @Test func noFormOfASecretIsKeptOrShownAnywhere() throws {
    try withSecrets { project in
      var outputs: [String] = []
      func run(_ arguments: String..., exit: Int32? = nil) throws -> Execplan.Result {
        let result = try Execplan.run(arguments, in: project.folder, env: Self.env)
        if let exit { #expect(result.exit == exit, "\(arguments): \(result.stdout)\(result.stderr)") }
        outputs += [result.stdout, result.stderr]
        return result
      }
      _ = try run("validate", "-v", "--format", "json")
      _ = try run("plan", exit: 0)
      _ = try run("plan", "--format", "json", exit: 0)
      let applied = try run("apply", "--events", "-", "-v", exit: 0)
      // The text around the secrets is there.
      let log = try run("logs", "p.execplan.yaml", "environment").stdout
      for text in [
        "before *** after", "stderr before *** after", "raw <***>", "the end of the forms", "the step has it",
        "json <\"***\">",
      ] { #expect(log.contains(text), "\(text)") }
      #expect(try run("logs", "p.execplan.yaml", "text").stdout.contains("text: *** and *** end"))
      let unnamed = try run("logs", "p.execplan.yaml", "unnamed").stdout
      #expect(unnamed.contains("[unset] [unset] [unset]\n***\n"))
      let status = try run("status", "--format", "json", exit: 0).stdout
      #expect(status.contains("exit 9: it said ***"))
      #expect(status.contains(#"holds the secret \"CMD\""#))
      #expect(status.contains("is not shown"))
      #expect(applied.stderr.contains("\"SHORT\" is shorter than 8 bytes, so it is not masked"))
      #expect(applied.stderr.contains("\"optional\" was skipped for want of the secret \"NOPE\""))
      _ = try run("status", exit: 0)
      _ = try run("runs", "--format", "json", exit: 0)
      for step in ["environment", "text", "file", "check", "expect", "value", "state", "unnamed", "optional"] {
        _ = try run("why", "p.execplan.yaml", step)
        _ = try run("logs", "p.execplan.yaml", step)
      }
      outputs.append(try project.query(".dump"))
      // The file that the plan asks for holds it, for its owner alone.
      #expect(project.folder.read("app.conf") == Self.token + "\n")
      let mode = try FileManager.default.attributesOfItem(atPath: project.folder.path("app.conf"))[.posixPermissions]
      #expect(mode as? Int == 0o600)
      // Nor is it among the arguments of a program.
      #expect(project.outside.read("cmdline")?.isEmpty == false)
      _ = try run("apply", "--rerun", "text", "--events", "events", exit: 0)
      try expectNothing(in: project, outputs, ["events", "cmdline"])
    }
  }

  @Test func aKilledExecplanLeavesNoSecretBehind() throws {
    let plan = """
      execplan: 1
      title: Killed
      secrets:
        TOKEN: {env: SOURCE_TOKEN}
        KEY: {file: key.pem}
        CMD: {command: [cat, "$OUT/command"]}
      steps:
        - id: slow
          secrets: [TOKEN, KEY, CMD]
          idempotent: true
          run: |
            cat $OUT/encoded; cat $OUT/encoded >&2; printf '%s' "${TOKEN:0:7}"
            bash $OUT/block.sh
            printf '%s\\n' "${TOKEN:7}"; cat $OUT/encoded; echo "$CMD" >&2

      """
    try withSecrets(plan) { project in
      let program = try project.start("apply", env: Self.env)
      let group = try #require(project.waitForBlock(of: program))
      program.send(signal: SIGKILL)
      let killed = program.wait()
      try expectNothing(in: project, [killed.stdout, killed.stderr])
      try project.release()
      try waitUntil { !RunProject.isAlive(group: group) }
      try expectNothing(in: project, [])
      let resumed = try project.run("apply", "--orphans", "kill", env: Self.env)
      #expect(resumed.exit == 0, "\(resumed.stderr)")
      try expectNothing(in: project, [resumed.stdout, resumed.stderr, try project.query(".dump")])
    }
  }

  /// Whatever the umask: nothing is readable by others, and nothing is closed to its owner.
  @Test(arguments: ["000", "022", "777"], [true, false])
  func theStateDirectoryIsPrivateUnderAnyUmask(mask: String, declares: Bool) throws {
    let secrets = declares ? "secrets: {TOKEN: {env: SOURCE_TOKEN}}" : "x-none: {}"
    try withSecrets(
      """
      execplan: 1
      title: Mask
      order: listed
      \(secrets)
      steps:
        - {id: a, run: "echo k=v >> $EXECPLAN_OUTPUT; echo s=w >> $EXECPLAN_STATE; echo out"}
        - {id: b, run: "echo ${{ steps.a.values.k }}", verify: ["true"]}

      """
    ) { project in
      let script = "umask \(mask); exec \(Execplan.binary) apply"
      let result = try Execplan.runOther("/bin/bash", ["-c", script], in: project.folder, env: Self.env)
      #expect(result.exit == 0, "\(result.stderr)")
      let state = project.folder.path(".execplan")
      for name in (FileManager.default.subpaths(atPath: state) ?? []) + ["."] {
        let attributes = try FileManager.default.attributesOfItem(atPath: state + "/" + name)
        let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
        // The one file that the programs of such a plan make themselves, in a folder of their owner.
        if mask == "022", !declares, name.hasSuffix(".values") || name.hasSuffix(".state") { continue }
        #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(name)")
      }
    }
  }

  @Test func aStepWhoseSecretIsMissingFailsBeforeItStarts() throws {
    try withSecrets(
      """
      execplan: 1
      title: Missing
      order: graph
      secrets:
        ABSENT: {env: NOT_SET_ANYWHERE}
        BROKEN: {command: [sh, -c, "cat $OUT/command; exit 4"]}
      steps:
        - {id: a, secrets: [ABSENT], run: touch ran-a}
        - {id: b, run: 'touch ran-b; echo ${{ secrets.BROKEN }}'}
        - {id: c, needs: [a], run: touch ran-c}

      """
    ) { project in
      let result = try project.run("apply", "--keep-going", "--format", "json", env: Self.env)
      #expect(result.exit == 1)
      #expect(result.stdout.contains(#"the environment variable \"NOT_SET_ANYWHERE\" is not set, or empty"#))
      #expect(result.stdout.contains(#"can't be got from \"sh\": it ended with exit code 4"#))
      for name in ["a", "b", "c"] { #expect(project.folder.read("ran-" + name) == nil) }
      #expect(try project.query("SELECT count(*) FROM attempts WHERE started_at IS NOT NULL") == "0")
      try expectNothing(in: project, [result.stdout, result.stderr])
    }
  }

  /// Nothing but `apply` runs a program that prints a secret, or reads one.
  @Test func readingCommandsDoNotLookAtSecrets() throws {
    try withSecrets(
      """
      execplan: 1
      title: Reading
      secrets: {CMD: {command: [sh, -c, "touch asked; echo the-value-is-long"]}, FILE: {file: fifo}}
      steps:
        - {id: a, secrets: [CMD], run: "true"}
        - {id: b, needs: [a], file: {path: x, content: "${{ secrets.CMD }}"}}
        - {id: c, needs: [b], when: "has(secrets.CMD)", run: "true"}
        - {id: d, needs: [c], unless: "test ${{ secrets.FILE }} = x", run: "true"}

      """
    ) { project in
      // Who opened it would wait for ever.
      #expect(unsafe mkfifo(project.folder.path("fifo"), 0o600) == 0)
      for command in [
        ["validate"], ["plan"], ["plan", "--probe"], ["show"], ["graph"], ["why", "p.execplan.yaml", "b"],
      ] {
        let result = try Execplan.run(command, in: project.folder)
        #expect(result.exit == 0, "\(command): \(result.stderr)")
      }
      let plan = try project.run("plan")
      #expect(plan.stdout.contains("probe not run: secrets.CMD"))
      #expect(project.folder.read("asked") == nil)
    }
  }

  @Test func whatAPersonSaysIsNotKeptWhenItHoldsASecret() throws {
    try withSecrets(
      """
      execplan: 1
      title: Said
      params: {x: plain}
      secrets: {TOKEN: {env: SOURCE_TOKEN}}
      steps:
        - {id: a, manual: {instructions: Do it, values: {v: string}}}
        - {id: b, needs: [a], secrets: [TOKEN], run: "echo ${{ params.x }}"}

      """
    ) { project in
      let refused = try project.run("apply", "--param", "x=a" + Self.token, env: Self.env)
      #expect(refused.exit == 5)
      #expect(refused.stderr.contains("the parameter \"x\" holds the secret \"TOKEN\""))
      #expect(try project.run("apply", env: Self.env).exit == 4)
      let value = try project.run("checkpoint", "p.execplan.yaml", "a", "--value", "v=" + Self.token, env: Self.env)
      #expect(value.exit == 5, "\(value.stderr)")
      let done = try project.run(
        "checkpoint", "p.execplan.yaml", "a", "--value", "v=1", "--note", "used " + Self.token, env: Self.env)
      #expect(done.exit == 0, "\(done.stderr)")
      #expect(try project.run("apply", env: Self.env).exit == 0)
      #expect(try project.query("SELECT count(*) FROM attempts WHERE reason LIKE '%used ***%'") == "1")
      try expectNothing(in: project, [value.stderr, done.stderr])
    }
  }

  @Test func aTemplateWithASecretMakesAPrivateFile() throws {
    try withSecrets(
      """
      execplan: 1
      title: Template
      order: graph
      secrets: {TOKEN: {env: SOURCE_TOKEN}}
      steps:
        - {id: a, file: {path: made/a, template: a.txt}}
        - {id: b, file: {path: made/b, template: b.txt}}
        - {id: c, file: {path: made/c, template: a.txt, mode: "0640"}}

      """
    ) { project in
      try project.folder.write("a.txt", "token = ${{ secrets.TOKEN }}\n")
      try project.folder.write("b.txt", "token =\n${{ upper(secrets.TOKEN) }}\n")
      let result = try project.run("apply", "--keep-going", env: Self.env)
      #expect(result.exit == 1)
      #expect(
        result.stdout.contains("line 2, column 5: \"upper\" makes another text of the secret \"TOKEN\""),
        "\(result.stdout)")
      for (name, mode) in [("a", 0o600), ("c", 0o640)] {
        #expect(project.folder.read("made/" + name) == "token = " + Self.token + "\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: project.folder.path("made/" + name))
        #expect(attributes[.posixPermissions] as? Int == mode)
      }
      #expect(project.folder.read("made/b") == nil)
      try expectNothing(in: project, [result.stdout, result.stderr])
    }
  }

  /// `finally` steps of a killed run are run as the plan was, with the secrets that it had.
  @Test func owedFinallyStepsHaveTheSecretsOfTheirPlan() throws {
    try withSecrets(
      """
      execplan: 1
      title: Owed
      id: owed
      secrets: {TOKEN: {env: SOURCE_TOKEN}}
      steps:
        - {id: a, idempotent: true, run: "bash $OUT/block.sh"}
      finally:
        - {id: z, secrets: [TOKEN], run: 'printf %s "$TOKEN" | cmp - $OUT/token && echo "had $TOKEN" && touch $OUT/torn-down'}

      """
    ) { project in
      _ = try project.killDuringApply()
      try project.release()
      try project.write(
        "execplan: 1\ntitle: Owed\nid: owed\nsteps:\n  - {id: a, idempotent: true, run: \"bash $OUT/block.sh\"}\n")
      let result = try project.run("apply", "--fresh", "--orphans", "kill", env: Self.env)
      #expect(result.exit == 0, "\(result.stderr)")
      #expect(project.outside.read("torn-down") == "")
      try expectNothing(in: project, [result.stdout, result.stderr])
    }
  }

  // MARK: Programs under a keeper end as others do

  private static func held(_ keys: String) -> String {
    """
    execplan: 1
    title: Held
    secrets: {TOKEN: {env: SOURCE_TOKEN}}
    steps:
      - id: a
        secrets: [TOKEN]
        run: |
          echo "said $TOKEN"
          bash $OUT/block.sh
    \(keys)
    """
  }

  @Test func aStepThatRunsTooLongIsEnded() throws {
    try withSecrets(Self.held("    timeout: 2s\n")) { project in
      let program = try project.start("apply", env: Self.env)
      let group = try #require(project.waitForBlock(of: program))
      let result = program.wait()
      #expect(result.exit == 1 && result.stdout.contains("it ran longer than its timeout"), "\(result.stdout)")
      #expect(!RunProject.isAlive(group: group))
      #expect(try project.run("logs").stdout == "said ***\n")
    }
  }

  @Test func signalsEndWhatRuns() throws {
    try withSecrets(Self.held("")) { project in
      let program = try project.start("apply", env: Self.env)
      let group = try #require(project.waitForBlock(of: program))
      program.send(signal: SIGTERM)
      while !program.stderrSoFar.contains("stopping"), program.isRunning { usleep(2_000) }
      program.send(signal: SIGTERM)
      let result = program.wait()
      #expect(result.exit == 143, "\(result.stderr)")
      #expect(!RunProject.isAlive(group: group))
      #expect(try project.query("SELECT state FROM attempts") == "cancelled")
      try expectNothing(in: project, [result.stdout, result.stderr])
    }
  }

  @Test func aKilledKeeperLeavesADoubtAndNoSecret() throws {
    try withSecrets(Self.held("")) { project in
      let program = try project.start("apply", env: Self.env)
      let group = try #require(project.waitForBlock(of: program))
      let keeper = try #require(
        project.folder.read(".execplan/logs/1/1.keeper").flatMap { Int32($0.trimmingCharacters(in: .newlines)) })
      #expect(kill(keeper, SIGKILL) == 0)
      let result = program.wait()
      #expect(result.exit == 5, "\(result.stderr)")
      #expect(result.stdout.contains("its keeper was killed, so nobody saw how it ended"))
      kill(-group, SIGKILL)
      try expectNothing(in: project, [result.stdout, result.stderr])
    }
  }

  /// What `expect` looks at is what the program wrote; what is kept and told is masked.
  @Test func expectationsSeeTheOutputAsItWasWritten() throws {
    try withSecrets(
      """
      execplan: 1
      title: Expect
      order: listed
      secrets: {TOKEN: {env: SOURCE_TOKEN}, CMD: {command: [cat, "$OUT/command"]}}
      steps:
        - id: good
          secrets: [CMD]
          run: echo "length ${#CMD} $CMD"; printf '%s' "$CMD" >&2
          expect: {stdout: {matches: "^length 25 c0mm"}, stderr: {matches: "^[a-z0-9-]{25}$"}}
        - id: bad
          secrets: [CMD]
          run: echo "length $CMD"
          expect: {stdout: {contains: "nothing of it"}}

      """
    ) { project in
      let result = try project.run("apply", "--format", "json", env: Self.env)
      #expect(result.exit == 1)
      #expect(result.stdout.contains(#"stdout is \"length ***"#), "\(result.stdout)")
      #expect(try project.query("SELECT step, state FROM attempts ORDER BY id") == "good|succeeded\nbad|failed")
      try expectNothing(in: project, [result.stdout, result.stderr])
    }
  }

  @Test func aProgramThatCannotStartIsNamed() throws {
    try withSecrets(
      """
      execplan: 1
      title: Start
      order: graph
      secrets: {TOKEN: {env: SOURCE_TOKEN}}
      steps:
        - {id: a, exec: [./no-such-program]}
        - {id: b, exec: [./broken]}
        - {id: c, exec: [./script]}

      """
    ) { project in
      try project.folder.write("broken", "#!/no/such/interpreter\n")
      try project.folder.write("script", "echo from a shell\n")
      for name in ["broken", "script"] {
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: project.folder.path(name))
      }
      let result = try project.run("apply", "--keep-going", env: Self.env)
      #expect(result.exit == 1)
      #expect(result.stdout.contains("\"./no-such-program\" not found"), "\(result.stdout)")
      #expect(result.stdout.contains("needs an interpreter or loader that does not exist"))
      #expect(try project.query("SELECT exit_code FROM attempts ORDER BY step") == "127\n127\n126")
      // Its keeper waits for nobody: nobody has the pipes of its output.
      for _ in 0..<6_000 where try project.folder.isBusy() { usleep(10_000) }
      #expect(try !project.folder.isBusy())
    }
  }
}
