internal import Foundation
internal import TestSupport
internal import Testing

struct ConfigurationTests {
  private static let file = "execplan.config.yaml"
  private static let good = "execplan: 1\ntitle: Sample\nsteps:\n  - id: build\n    run: echo built\n"
  /// A warning, EP401, and an info, EP801.
  private static let warned =
    "execplan: 1\ntitle: Log\nparams: {x: 1}\nsteps:\n  - id: log\n    run: echo x >> log\n"

  private func execplan(_ arguments: String..., in folder: TemporaryFolder, stdin: String? = nil) throws
    -> Execplan.Result
  {
    try Execplan.run(arguments, in: folder, stdin: stdin)
  }

  // MARK: Rules

  @Test func levelsCountInEveryCommand() throws {
    try withTemporaryFolder { folder in
      try folder.write("plans/log.execplan.yaml", Self.warned)
      try folder.write(Self.file, "rules: {EP401: error, unused-parameter: \"off\"}\n")
      let validate = try execplan("validate", "-v", in: folder)
      #expect(validate.exit == 1 && validate.stdout.contains("error: \"log\" appends"))
      #expect(!validate.stdout.contains("EP801"))
      for command in ["plan", "show", "graph", "apply"] {
        let result = try execplan(command, "plans/log.execplan.yaml", in: folder)
        #expect(result.exit == 3 && result.stderr.contains("[EP401-repeats-badly]"), "\(command) \(result.stderr)")
      }
      #expect(try execplan("why", "plans/log.execplan.yaml", "log", in: folder).exit == 3)
      try folder.write(Self.file, "rules: {EP401: info}\n")
      #expect(try execplan("validate", "--strict", in: folder).exit == 0)
      #expect(try execplan("validate", "-v", in: folder).stdout.contains("info: \"log\" appends"))
      #expect(try execplan("apply", in: folder).exit == 0)
    }
  }

  @Test func flagsOverrideLevels() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.warned)
      try folder.write(Self.file, "rules: {EP401: off, EP801: error}\n")
      #expect(try execplan("validate", "--ignore", "EP801", in: folder).exit == 0)
      let selected = try execplan("validate", "--select", "EP401", in: folder)
      #expect(selected.exit == 0 && selected.stdout.contains("warning: \"log\" appends"))
      #expect(try execplan("validate", "--select", "EP8", "--strict", in: folder).exit == 1)
    }
  }

  @Test func aPlanThatWasNotReadAsWrittenIsNotCarriedOut() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.good + "    timeout: 90\n")
      try folder.write(Self.file, "rules: {EP205: off}\n")
      #expect(try execplan("validate", in: folder).exit == 0)
      let applied = try execplan("apply", in: folder)
      #expect(applied.exit == 3 && applied.stderr.contains("[EP205-bad-duration]"))
      try folder.write("a.execplan.yaml", Self.good + "    timeout: 90 # execplan:ignore EP205 later\n")
      try folder.write(Self.file, "")
      #expect(try execplan("validate", in: folder).exit == 0)
      #expect(try execplan("apply", in: folder).exit == 3)
    }
  }

  @Test func aFolderHasLevelsOfItsOwn() throws {
    try withTemporaryFolder { folder in
      _ = try Execplan.runOther("/bin/bash", ["-c", "git init -q"], in: folder)
      for place in ["a", "sub/b", "sub/deep/c"] { try folder.write("\(place).execplan.yaml", Self.warned) }
      try folder.write(Self.file, "rules: {EP401: error}\n")
      try folder.write("sub/" + Self.file, "rules: {EP401: info}\n")
      let result = try execplan("validate", in: folder)
      #expect(result.exit == 1 && result.stdout.hasSuffix("1 error in 1 of 3 files (8 infos: -v shows them)\n"))
      #expect(result.stdout.hasPrefix("a.execplan.yaml:6:5: error: "))
      try folder.write("sub/" + Self.file, "state_dir: x\nrules: {EP401: warning}\n")
      let wrong = try execplan("validate", in: folder)
      #expect(
        wrong.stdout.contains("sub/execplan.config.yaml:1:1: error: \"state_dir\" counts at the project root only"))
      #expect(try execplan("apply", "sub/b.execplan.yaml", in: folder).exit == 3)
      #expect(try execplan("plan", "sub/deep/c.execplan.yaml", in: folder).exit == 3)
    }
  }

  // MARK: What is read

  @Test func excludedFilesAreReadOnlyWhenTheyAreNamed() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.file, "exclude: [corpus, \"!corpus/good/**\", \"*.tmp.execplan.yaml\"]\n")
      for name in ["a", "b.tmp", "corpus/bad", "corpus/x/bad", "corpus/good/c"] {
        try folder.write(
          "\(name).execplan.yaml",
          "execplan: 1\ntitle: T\n" + (name == "a" ? "" : "id: \(name == "b.tmp" ? "b" : "i")\n"))
      }
      let all = try execplan("validate", in: folder)
      #expect(all.stdout.contains("in 2 files") && all.stdout.contains("corpus/good/c.execplan.yaml:"))
      #expect(try execplan("validate", "corpus", in: folder).stdout.contains("in 1 file"))
      #expect(try execplan("validate", "corpus/bad.execplan.yaml", in: folder).exit == 1)
      let none = try execplan("validate", "corpus/x", in: folder)
      #expect(none.exit == 3 && none.stderr.contains("1 file excluded by a configuration"))
      let several = try execplan("plan", in: folder)
      #expect(several.exit == 64 && !several.stderr.contains("corpus/bad"))
    }
  }

  @Test func aFolderExcludesWhatIsBelowIt() throws {
    try withTemporaryFolder { folder in
      _ = try Execplan.runOther("/bin/bash", ["-c", "git init -q"], in: folder)
      try folder.write("a.execplan.yaml", Self.good)
      try folder.write("corpus/err/bad.execplan.yaml", "execplan: 1\n")
      try folder.write("corpus/" + Self.file, "exclude: [\"**\"]\n")
      #expect(try execplan("validate", in: folder).stdout.hasPrefix("no problems in 1 file"))
      #expect(try execplan("apply", in: folder).exit == 0)
    }
  }

  @Test func plansAreDeclaredByPlace() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.file, "plans: [\"ops/*.yaml\", \"!ops/values.yaml\"]\n")
      try folder.write("ops/load.yaml", "title: no version yet\n")
      try folder.write("ops/values.yaml", "a: b\n")
      try folder.write("other.yaml", "a: b\n")
      let result = try execplan("validate", in: folder)
      #expect(
        result.exit == 1 && result.stdout.contains("ops/load.yaml:1:1: error: the plan does not say which format"))
      #expect(result.stdout.hasSuffix("in 1 file\n") && result.stderr.isEmpty)
      let named = try execplan("validate", "ops/values.yaml", in: folder)
      #expect(named.exit == 0 && named.stderr == "ops/values.yaml: not a plan, skipped\n")
    }
  }

  @Test func theRepositoryItselfIsValid() throws {
    let root = CorpusTests.folder.deletingLastPathComponent().deletingLastPathComponent().path
    let result = try RunningProgram(
      Execplan.binary, ["validate"], in: root,
      env: ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("EXECPLAN_") }, stdin: nil
    ).wait()
    #expect(result.exit == 0, "\(result.stdout)\(result.stderr)")
  }

  // MARK: Other settings

  @Test func theStateDirectoryIsConfigured() throws {
    try withTemporaryFolder { folder in
      try folder.write("plans/a.execplan.yaml", Self.good)
      try folder.write(Self.file, "state_dir: build/state\n")
      // The folder above is made by whoever wants it there.
      try folder.write("build/.keep", "")
      #expect(try execplan("apply", in: folder).exit == 0)
      #expect(FileManager.default.fileExists(atPath: folder.path("build/state/journal.db")))
      #expect(!FileManager.default.fileExists(atPath: folder.path(".execplan")))
      #expect(!FileManager.default.fileExists(atPath: folder.path("plans/.execplan")))
      #expect(try execplan("runs", in: folder).stdout.contains("succeeded"))
      let other = try execplan("--state-dir", "other", "runs", in: folder)
      #expect(!other.stdout.contains("succeeded"))
    }
  }

  @Test func newPlansGoWhereTheConfigurationSays() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.file, "new: {dir: docs/work}\n")
      try folder.write("plans/a.execplan.yaml", Self.good)
      let result = try execplan("new", "Nightly load", in: folder)
      #expect(result.exit == 0 && result.stdout == "docs/work/nightly-load.md\n")
      #expect(try execplan("new", "Other", "-o", "here.execplan.yaml", in: folder).stdout == "here.execplan.yaml\n")
      try folder.write(Self.file, "new: {dir: docs/work, format: yaml}\n")
      #expect(try execplan("new", "Notes", in: folder).stdout == "docs/work/notes.execplan.yaml\n")
      #expect(try execplan("new", "Notes", "--format", "markdown", "--id", "n", in: folder).stdout == "docs/work/n.md\n")
    }
  }

  @Test func doctorSaysWhichConfigurationIsInForce() throws {
    try withTemporaryFolder { folder in
      #expect(try execplan("doctor", in: folder).stdout.contains("none; \(folder.path)/execplan.config.yaml would be"))
      try folder.write(Self.file, "rules: {EP401: off}\nstate_dir: s\n")
      #expect(try execplan("doctor", in: folder).stdout.contains("sets EP401 off, state_dir s\n"))
      try folder.write(Self.file, "rulez: {}\n")
      let wrong = try execplan("doctor", in: folder)
      #expect(wrong.exit == 1 && wrong.stdout.contains("execplan.config.yaml:1:1: unknown key \"rulez\""))
    }
  }

  // MARK: Mistakes

  @Test func aWrongConfigurationStopsEveryCommandThatNeedsIt() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.good)
      try folder.write(Self.file, "rules: {EP999: off}\n")
      let validate = try execplan("validate", in: folder)
      #expect(validate.exit == 1 && validate.stdout.hasPrefix("execplan.config.yaml:1:9: error: there is no rule"))
      #expect(try execplan("validate", "a.execplan.yaml", in: folder).exit == 1)
      #expect(try execplan("validate", Self.file, in: folder).exit == 1)
      #expect(try execplan("validate", "-", in: folder, stdin: Self.good).exit == 1)
      for command in ["apply", "plan", "show", "status", "runs", "logs"] {
        let result = try execplan(command, in: folder)
        #expect(result.exit == 3 && result.stderr.contains("execplan.config.yaml:1:9: error: "), "\(command)")
      }
      let json = try execplan("plan", "--format", "json", in: folder)
      #expect(json.exit == 3)
      let object = try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any]
      #expect((object?["diagnostics"] as? [[String: Any]])?.first?["code"] as? String == "EP214")
      for arguments in [["schema"], ["explain", "EP401"], ["help"]] {
        #expect(try Execplan.run(arguments, in: folder).exit == 0)
      }
    }
  }

  @Test func aNamedConfigurationIsValidated() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.file, "exclude: [x]\n")
      let result = try execplan("validate", Self.file, in: folder)
      #expect(result.exit == 0 && result.stdout == "no problems in 1 file\n" && result.stderr.isEmpty)
    }
  }

  @Test func whatIsNoFileIsRefused() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.good)
      try FileManager.default.createSymbolicLink(atPath: folder.path(Self.file), withDestinationPath: "/dev/zero")
      let endless = try execplan("plan", in: folder)
      #expect(endless.exit == 3 && endless.stderr.contains("is larger than 256 KiB"))
      try FileManager.default.removeItem(atPath: folder.path(Self.file))
      try FileManager.default.createDirectory(atPath: folder.path(Self.file), withIntermediateDirectories: true)
      #expect(try execplan("validate", in: folder).stdout.contains("[EP111-unreadable-file]"))
    }
  }
}
