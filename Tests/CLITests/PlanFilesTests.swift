internal import Foundation
internal import TestSupport
internal import Testing

/// `params_files`, profiles that extend others, `dotenv` and `requires`.
struct PlanFilesTests {
  private static let load = """
    execplan: 1
    title: Load
    params:
      env: staging
      a: default
      b: default
      c: default
      d: default
    params_files: [config/base.yaml, "config/${{ params.env }}.json"]
    profiles:
      low: {params: {c: low, d: low}}
      prod: {extends: low, params: {d: prod, env: prod}}
    steps:
      - id: show
        run: echo ${{ params.env }} ${{ params.a }} ${{ params.b }} ${{ params.c }} ${{ params.d }}

    """

  private func project(_ body: (TemporaryFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try folder.write("load.execplan.yaml", Self.load)
      try folder.write("config/base.yaml", "# base\nb: base\nc: base\nd: base\n")
      try folder.write("config/staging.json", #"{"c": "staging"}"#)
      try folder.write("config/prod.json", #"{"c": "file", "a": "file"}"#)
      try body(folder)
    }
  }

  private func execplan(_ arguments: String..., in folder: TemporaryFolder, env: [String: String] = [:]) throws
    -> Execplan.Result
  {
    try Execplan.run(arguments, in: folder, env: env)
  }

  private func shown(_ arguments: [String], in folder: TemporaryFolder) throws -> String {
    let result = try Execplan.run(["apply", "load.execplan.yaml"] + arguments, in: folder)
    #expect(result.exit == 0, "\(result.stderr)")
    return try Execplan.run(["logs", "load.execplan.yaml"], in: folder).stdout
  }

  // MARK: Parameters

  @Test func valuesComeFromTheNearestPlace() throws {
    try project { folder in
      #expect(try shown([], in: folder).contains("staging default base staging base\n"))
      #expect(try shown(["--profile", "prod"], in: folder).contains("prod file base low prod\n"))
      try folder.write("more.yaml", "d: given\nenv: prod\n")
      #expect(try shown(["--params-file", "more.yaml"], in: folder).contains("prod file base file given\n"))
      #expect(
        try shown(["--params-file", "more.yaml", "--param", "d=flag", "--profile", "low"], in: folder)
          .contains("prod file base low flag\n"))
      try folder.write("config/base.yaml", "env: prod\n")
      #expect(try shown([], in: folder).contains("prod file default file default\n"))
    }
  }

  @Test func mistakesInTheFilesAreFoundAtTheirPlace() throws {
    try project { folder in
      try folder.write("config/base.yaml", "b: base\nbb: x\n")
      try folder.write("config/staging.json", "[1]")
      let result = try execplan("validate", in: folder)
      #expect(result.exit == 1)
      #expect(
        result.stdout.contains(
          "load.execplan.yaml:9:16: error: config/base.yaml:2:1: there is no parameter \"bb\" [EP215-bad-parameter]"))
      #expect(result.stdout.contains("load.execplan.yaml:9:34: error: \"config/staging.json\" must map the names"))
      let other = try execplan("validate", "--param", "env=test", in: folder)
      #expect(other.stdout.contains("9:34: error: there is no file \"config/test.json\" [EP213-missing-file]"))
      try folder.write("config/test.json", "{")
      #expect(try execplan("plan", "--param", "env=test", in: folder).stderr.contains("error: config/test.json:"))
      try folder.write("config/test.json", "")
      try folder.write("config/base.yaml", "")
      #expect(try execplan("plan", "--param", "env=test", in: folder).exit == 0)
    }
  }

  @Test func filesMayNotLieOutsideAndMayNotDependOnTheRun() throws {
    try withTemporaryFolder { folder in
      let plan = "execplan: 1\ntitle: T\nparams: {x: {type: string}}\nsteps: [{id: a, run: make}]\n"
      for (value, code) in [
        ("../x.yaml", "EP212"), ("/etc/x.yaml", "EP212"), ("config/*.yaml", "EP212"), ("${{ run.id }}.yaml", "EP221"),
        ("${{ params.y }}", "EP506"), ("${{ env.HOME }}", "EP506"),
      ] {
        for key in ["params_files", "dotenv"] where key == "params_files" || !value.contains("env.") {
          try folder.write("a.execplan.yaml", plan + "\(key): [\"\(value)\"]\n")
          let result = try execplan("validate", in: folder)
          #expect(result.exit == 1 && result.stdout.contains("[\(code)-"), "\(key) \(value) \(result.stdout)")
        }
      }
      // The value of a required parameter is not known yet.
      try folder.write("a.execplan.yaml", plan + "params_files: [\"${{ params.x }}.yaml\"]\n")
      #expect(try execplan("validate", in: folder).exit == 0)
      #expect(try execplan("plan", "--param", "x=gone", in: folder).exit == 3)
    }
  }

  @Test func aPathThatNeedsAParameterIsNotYetAPattern() throws {
    try withTemporaryFolder { folder in
      try folder.write(
        "a.execplan.yaml",
        "execplan: 1\ntitle: T\nparams: {x: {type: string}}\nsteps:\n"
          + "  - id: a\n    file: {path: \"out/${{ params.x }}\", content: a}\n")
      #expect(try execplan("validate", in: folder).exit == 0)
      #expect(try execplan("apply", "--param", "x=y", in: folder).exit == 0)
      #expect(folder.read("out/y") == "a")
      #expect(try execplan("plan", "--param", "x=*", in: folder).exit == 3)
    }
  }

  @Test func profilesThatExtendEachOtherAreFound() throws {
    try withTemporaryFolder { folder in
      let plan = "execplan: 1\ntitle: T\nsteps: [{id: a, run: make}]\nprofiles:\n"
      try folder.write(
        "a.execplan.yaml", plan + "  a: {extends: b}\n  b: {extends: a}\n  c: {extends: c}\n  d: {extends: e}\n")
      let result = try execplan("validate", in: folder)
      #expect(result.stdout.contains("5:16: error: the profile \"a\" extends itself"))
      #expect(result.stdout.contains("6:16: error: the profile \"b\" extends itself"))
      #expect(result.stdout.contains("7:16: error: the profile \"c\" extends itself"))
      #expect(result.stdout.contains("8:16: error: there is no profile \"e\""))
    }
  }

  // MARK: dotenv

  private static let dotenv = """
    execplan: 1
    title: Report
    dotenv: [.env, .env.local]
    env: {C: "from-env"}
    steps:
      - id: show
        env: {D: from-step}
        inputs: [in]
        outputs: [out]
        run: echo "$A $B $C $D" > out

    """

  @Test func variablesReachStepsAndNothingElse() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.dotenv)
      try folder.write("in", "")
      try folder.write(".env", "A='hush hush'\nB=base\nC=hidden1\nD=hidden2\nX=hidden3\n")
      try folder.write(".env.local", "B=nearby\n")
      let first = try execplan("apply", "--events", "events", "-v", in: folder, env: ["A": "inherited"])
      #expect(first.exit == 0, "\(first.stderr)")
      #expect(folder.read("out") == "hush hush nearby from-env from-step\n")
      #expect(try execplan("plan", in: folder).stdout.contains("skip"))
      // Only what a step gets counts for it.
      try folder.write(".env", "A='hush hush'\nB=base\nC=hidden4\nD=hidden5\nX=hidden3\n")
      #expect(try execplan("plan", "--detailed-exitcode", in: folder).exit == 0)
      try folder.write(".env", "A='hush now'\nB=base\nX=hidden3\n")
      let changed = try execplan("plan", "-v", "--detailed-exitcode", in: folder)
      #expect(changed.exit == 2)
      let why = try execplan("why", "a.execplan.yaml", "show", in: folder)
      #expect(why.stdout.contains("dotenv.A: "))
      let spoken = first.stdout + first.stderr + changed.stdout + changed.stderr + why.stdout
      for secret in ["hush", "hidden", "nearby"] {
        #expect(!spoken.contains(secret))
        let found = try Execplan.runOther("/bin/grep", ["-ral", secret, ".execplan", "events"], in: folder)
        #expect(found.stdout.isEmpty)
      }
    }
  }

  @Test func mistakesInADotenvFileDoNotRepeatIt() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.dotenv)
      try folder.write(".env", "A=1\npassword: hush\n")
      let result = try execplan("validate", in: folder)
      #expect(result.exit == 1 && result.stdout.contains("a.execplan.yaml:3:10: error: .env:2: this is not NAME=value"))
      #expect(!result.stdout.contains("hush"))
      try FileManager.default.removeItem(atPath: folder.path(".env"))
      try FileManager.default.createSymbolicLink(atPath: folder.path(".env"), withDestinationPath: "/dev/zero")
      #expect(try execplan("validate", in: folder).stdout.contains("\".env\" can't be read: "))
    }
  }

  @Test func aMissingDotenvFileStopsTheRunAndNotTheValidation() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.dotenv)
      try folder.write("in", "")
      try folder.write(".env", "A=1\n")
      #expect(try execplan("validate", in: folder).exit == 0)
      let result = try execplan("apply", in: folder)
      #expect(result.exit == 5 && result.stderr.contains("a.execplan.yaml:3:16: there is no file \".env.local\""))
      #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
    }
  }

  // MARK: requires

  private static let requires = """
    execplan: 1
    title: Needs
    requires:
      commands: [sh, no-such-program, ./tool, ./plain]
      env: [HERE, EMPTY, GONE, FROM_PLAN]
      files: [there.txt, gone.txt, "config/*.yaml"]
    env: {FROM_PLAN: x}
    steps:
      - id: a
        run: touch ran

    """

  @Test func whatIsMissingIsNamedInOneGoAndNothingRuns() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.requires)
      try folder.write("there.txt", "")
      try folder.write("plain", "")
      _ = try Execplan.runOther("/bin/bash", ["-c", "echo > tool; chmod +x tool"], in: folder)
      let env = ["HERE": "1", "EMPTY": ""]
      #expect(try execplan("validate", in: folder).exit == 0)
      let lines = [
        "a.execplan.yaml:4:18: there is no command \"no-such-program\"",
        "a.execplan.yaml:4:43: the command \"./plain\" can't be executed: \"./plain\"",
        "a.execplan.yaml:5:15: the environment variable \"EMPTY\" is not set, or empty",
        "a.execplan.yaml:5:22: the environment variable \"GONE\" is not set, or empty",
        "a.execplan.yaml:6:22: there is no file \"gone.txt\"",
        "a.execplan.yaml:6:32: there is no file \"config/*.yaml\"",
      ]
      for command in ["apply", "plan"] {
        let result = try execplan(command, in: folder, env: env)
        #expect(result.exit == (command == "apply" ? 5 : 0))
        let said = result.stderr.split(separator: "\n").filter { $0.hasPrefix("  a.execplan.yaml:") }
        #expect(said.map { $0.dropFirst(2) } == lines.map { $0[...] }, "\(result.stderr)")
      }
      #expect(folder.read("ran") == nil && !FileManager.default.fileExists(atPath: folder.path(".execplan")))
      let json = try execplan("apply", "--format", "json", in: folder, env: env)
      let object = try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any]
      let error = object?["error"] as? [String: Any]
      #expect(json.exit == 5 && (error?["message"] as? String)?.contains("no-such-program") == true)
    }
  }

  @Test func whenAllIsThereThePlanRuns() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.requires.replacingOccurrences(of: ", ./tool, ./plain", with: ""))
      try folder.write("there.txt", "")
      try folder.write("gone.txt", "")
      try folder.write("config/x.yaml", "a: b\n")
      _ = try Execplan.runOther(
        "/bin/bash", ["-c", "mkdir bin; echo > bin/no-such-program; chmod +x bin/no-such-program"], in: folder)
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let env = ["HERE": "1", "EMPTY": "1", "GONE": "1", "PATH": "\(folder.path("bin")):\(path)"]
      #expect(try execplan("apply", in: folder, env: env).exit == 0)
      #expect(folder.read("ran") != nil)
    }
  }

  // MARK: Order and time

  @Test func largerPrioritiesStartFirstAmongReadySteps() throws {
    try withTemporaryFolder { folder in
      var plan = "execplan: 1\ntitle: T\norder: graph\nsteps:\n"
      for (id, priority) in [("a", "-5"), ("b", "0"), ("c", "10"), ("d", "3"), ("e", "10")] {
        plan += "  - {id: \(id), priority: \(priority), run: \"echo \(id) >> log; true\", idempotent: true}\n"
      }
      plan += "  - {id: last, needs: [a], priority: 1000, run: \"echo last >> log; true\", idempotent: true}\n"
      try folder.write("a.execplan.yaml", plan)
      #expect(try execplan("apply", "-j", "1", in: folder).exit == 0)
      #expect(folder.read("log") == "c\ne\nd\nb\na\nlast\n")
    }
  }

  @Test func theTimeoutOfThePlanEndsTheRun() throws {
    try withTemporaryFolder { folder in
      try folder.write(
        "a.execplan.yaml",
        "execplan: 1\ntitle: T\ntimeout: 300ms\nsteps:\n  - {id: a, run: sleep 60}\n  - {id: b, needs: [a], run: touch b}\n"
      )
      let result = try execplan("apply", in: folder)
      #expect(![0, 130, 143].contains(result.exit), "\(result.exit)")
      #expect(
        result.stderr.contains("timeout") || result.stdout.contains("timeout"), "\(result.stdout)\(result.stderr)")
      #expect(folder.read("b") == nil)
    }
  }
}
