internal import Foundation
internal import TestSupport
internal import Testing

struct ValidateTests {
  private static let good = "execplan: 1\ntitle: Sample\nsteps:\n  - id: build\n    run: make\n"
  private static let bad = "execplan: 1\ntitle: Sample\nsteps:\n  - id: build\n    run: make\n    timeout: 90\n"
  private static let warned = "execplan: 1\ntitle: Sample\nsteps:\n  - id: log\n    run: echo x >> log\n"

  private func validate(_ arguments: [String], in folder: TemporaryFolder, stdin: String? = nil) throws
    -> Execplan.Result
  {
    try Execplan.run(["validate"] + arguments, in: folder, stdin: stdin)
  }

  // MARK: What is read

  @Test func filesFoldersAndTheWholeProjectAreRead() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.good)
      try folder.write("sub/deep/b.yaml", Self.bad)
      try folder.write("sub/other.yaml", "name: not a plan\n")
      try folder.write("sub/.hidden/c.execplan.yaml", Self.bad)
      try folder.write("node_modules/d.execplan.yaml", Self.bad)
      let all = try validate([], in: folder)
      #expect(all.exit == 1 && all.stdout.hasSuffix("1 error in 1 of 2 files (2 infos: -v shows them)\n"))
      #expect(all.stdout.hasPrefix("sub/deep/b.yaml:6:14: error: ") && all.stderr.isEmpty)
      #expect(try validate(["sub"], in: folder).stdout.contains("1 error in 1 file "))
      let twice = try validate(["a.execplan.yaml", "./a.execplan.yaml", "sub/../a.execplan.yaml"], in: folder)
      #expect(twice.exit == 0 && twice.stdout.hasPrefix("no problems in 1 file"))
    }
  }

  @Test func whatIsNoPlanIsSkippedAndSaid() throws {
    try withTemporaryFolder { folder in
      try folder.write("README.md", "# Read me\n")
      try folder.write("other.yaml", "a: b\n")
      let result = try validate(["README.md", "other.yaml"], in: folder)
      #expect(result.exit == 0 && result.stdout == "no problems in 0 files\n")
      #expect(result.stderr == "README.md: not a plan, skipped\nother.yaml: not a plan, skipped\n")
      #expect(try validate([], in: folder).exit == 3)
      #expect(try validate(["."], in: folder).stderr.contains("there is no plan in \".\""))
    }
  }

  @Test func aMissingPathIsAUsageError() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.good)
      let result = try validate(["a.execplan.yaml", "nope"], in: folder)
      #expect(result.exit == 64 && result.stdout.isEmpty)
      #expect(result.stderr.hasPrefix("error: there is no file or folder \"nope\"\n"))
    }
  }

  @Test func aFileThatCannotBeReadIsAFinding() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.good)
      // The memory of a process is never readable at its beginning, not even to root.
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("b.execplan.yaml"), withDestinationPath: "/proc/self/mem")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("c.execplan.yaml"), withDestinationPath: "nowhere")
      let result = try validate(["a.execplan.yaml", "b.execplan.yaml", "c.execplan.yaml"], in: folder)
      #expect(result.exit == 1)
      #expect(result.stdout.contains("b.execplan.yaml:1:1: error: cannot read"))
      #expect(result.stdout.contains("c.execplan.yaml:1:1: error: cannot read"))
      #expect(result.stdout.contains("[EP111-unreadable-file]"))
    }
  }

  @Test func standardInputIsReadUnderAName() throws {
    try withTemporaryFolder { folder in
      let plain = try validate(["-"], in: folder, stdin: Self.bad)
      #expect(plain.exit == 1 && plain.stdout.hasPrefix("-:6:14: error: "))
      let named = try validate(["--stdin-filename", "plans/x.yaml", "-"], in: folder, stdin: Self.bad)
      #expect(named.exit == 1 && named.stdout.hasPrefix("plans/x.yaml:6:14: error: "))
      let other = try validate(["--stdin-filename", "x.md", "-"], in: folder, stdin: "# Read me\n")
      #expect(other.exit == 0 && other.stderr == "x.md: not a plan, skipped\n")
      #expect(try validate(["--stdin-filename", "x.yaml"], in: folder).exit != 0)
      #expect(try validate(["--fix", "-"], in: folder, stdin: Self.bad).exit == 64)
    }
  }

  // MARK: What is said

  @Test func onlyErrorsCountUnlessStrict() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.warned)
      #expect(try validate([], in: folder).exit == 0)
      #expect(try validate(["--strict"], in: folder).exit == 1)
      #expect(try validate(["--strict", "--ignore", "EP4"], in: folder).exit == 0)
      #expect(try validate(["--strict", "--select", "EP2xx"], in: folder).exit == 0)
      #expect(try validate(["--strict", "--select", "repeats-badly"], in: folder).exit == 1)
      #expect(try validate(["--ignore", "nonsense"], in: folder).exit == 64)
    }
  }

  @Test func infosAreShownOnlyWhenAskedFor() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.good)
      #expect(!(try validate([], in: folder).stdout.contains("EP412")))
      #expect(try validate(["-v"], in: folder).stdout.contains("info: 1 step runs again in every new run: build"))
      #expect(try validate(["--format", "json"], in: folder).stdout.contains("EP412"))
    }
  }

  @Test func machineFormatsAreValidAndNameFilesFromTheRoot() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("plans/a.execplan.yaml", Self.bad)
      for format in ["json", "sarif"] {
        let result = try Execplan.run(["-C", "plans", "validate", "--format", format, "a.execplan.yaml"], in: folder)
        let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
        #expect(result.exit == 1 && object != nil && result.stdout.contains("plans/a.execplan.yaml"))
      }
      let github = try validate(["--format", "github", "plans"], in: folder).stdout
      #expect(github.contains("::error file=plans/a.execplan.yaml,line=6,"))
      #expect(try validate(["--format", "junit", "plans"], in: folder).stdout.hasPrefix("<?xml"))
    }
  }

  @Test func twoPlansOfOneProjectWithOneIdAreBothWrong() throws {
    try withTemporaryFolder { folder in
      let plan = "execplan: 1\ntitle: Sample\nid: load\nsteps:\n  - id: build\n    run: make\n"
      try folder.write(".git/HEAD", "")
      for name in ["a", "b"] { try folder.write("\(name).execplan.yaml", plan) }
      let paths = ["a.execplan.yaml", "b.execplan.yaml"]
      let result = try validate(paths, in: folder)
      #expect(result.exit == 1)
      #expect(result.stdout.contains("a.execplan.yaml:3:5: error: \"b.execplan.yaml\" has the id \"load\" too"))
      #expect(result.stdout.contains("b.execplan.yaml:3:5: error: \"a.execplan.yaml\" has the id \"load\" too"))
      #expect(try validate(paths + ["--ignore", "EP319"], in: folder).exit == 0)
    }
  }

  @Test func parametersThatDoNotFitAreUsageErrors() throws {
    try withTemporaryFolder { folder in
      try folder.write(
        "a.execplan.yaml",
        "execplan: 1\ntitle: T\nparams: {n: 1}\nprofiles: {prod: {params: {n: 2}}}\nsteps:\n  - id: a\n"
          + "    run: make ${{ params.n }}\n")
      #expect(try validate(["--param", "n=3", "--profile", "prod"], in: folder).exit == 0)
      for wrong in [["--param", "n=x"], ["--param", "m=1"], ["--profile", "prd"], ["--params-file", "none.yaml"]] {
        let result = try validate(wrong, in: folder)
        #expect(result.exit == 64 || (wrong[0] == "--params-file" && result.exit == 3), "\(wrong): \(result.stderr)")
      }
      let near = try validate(["--param", "nn=1"], in: folder)
      #expect(near.stderr.contains("there is no parameter \"nn\"") && near.stderr.contains("did you mean \"n\"?"))
    }
  }

  // MARK: Repairs

  @Test func safeRepairsAreMadeInPlaceAndSaid() throws {
    try withTemporaryFolder { folder in
      let text =
        "# kept\r\nexecplan: 1\r\ntitle: T\r\norder: listed\r\nsteps:\r\n  - id: a\r\n    run: ! grep x y\r\n"
        + "    timeout: 90 # kept too\r\n  - id: b\r\n    run: make\r\n    once: yes\r\n    titel: left\r\n"
      try folder.write("real/a.execplan.yaml", text)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o640], ofItemAtPath: folder.path("real/a.execplan.yaml"))
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("a.execplan.yaml"), withDestinationPath: "real/a.execplan.yaml")
      let result = try validate(["--fix", "a.execplan.yaml"], in: folder)
      #expect(result.exit == 1 && result.stdout.contains("unknown key \"titel\""))
      #expect(result.stdout.contains("1 error in 1 file"))
      #expect(result.stderr.split(separator: "\n").count == 3)
      #expect(result.stderr.contains("a.execplan.yaml:7:10: fixed: quote the value [EP104-tag]\n"))
      let expected = text.replacing("! grep x y", with: "'! grep x y'").replacing("90 #", with: "90s #")
        .replacing("yes", with: "true")
      #expect(folder.read("real/a.execplan.yaml") == expected)
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("real/a.execplan.yaml"))
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: folder.path("a.execplan.yaml"))) != nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("real")) == ["a.execplan.yaml"])
      let again = try validate(["--fix", "a.execplan.yaml"], in: folder)
      #expect(again.stderr.isEmpty && folder.read("real/a.execplan.yaml") == expected)
    }
  }

  @Test func silencedAndIgnoredFindingsAreNotRepaired() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.bad)
      #expect(try validate(["--fix", "--ignore", "EP205"], in: folder).exit == 0)
      #expect(folder.read("a.execplan.yaml") == Self.bad)
    }
  }

  // MARK: The three lines that YAML changes without a word

  @Test(arguments: [
    ("    run: ! grep -q ERROR log\n", "5:10"), ("    run: make\n    when: !exists('x')\n", "6:11"),
    ("    run: make\n    outputs:\n      - dist/**\n      - !dist/tmp/**\n", "8:9"),
  ])
  func anExclamationMarkIsNeverDropped(lines: String, place: String) throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", "execplan: 1\ntitle: T\nsteps:\n  - id: a\n" + lines)
      let result = try validate(["a.execplan.yaml"], in: folder)
      #expect(result.exit == 1)
      #expect(result.stdout.hasPrefix("a.execplan.yaml:\(place): error: '!' starts a YAML tag here"))
      #expect(result.stdout.contains("\n1 error in 1 file"))
      let fixed = try validate(["--fix", "a.execplan.yaml"], in: folder)
      #expect(!fixed.stdout.contains("EP104"))
    }
  }

  @Test func nothingIsWritten() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.bad)
      _ = try validate([], in: folder)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.execplan.yaml"])
    }
  }

  @Test func programsAreToldInJSONWhyNothingWasValidated() throws {
    try withTemporaryFolder { folder in
      let none = try Execplan.run(["validate", "--format", "json"], in: folder)
      #expect(none.exit == 3 && none.stderr.isEmpty)
      #expect(none.stdout.contains(#""next_commands":["execplan new \"My plan\""]"#), "\(none)")
      let absent = try Execplan.run(["validate", "none.yaml", "--format", "json"], in: folder)
      #expect(absent.exit == 64 && absent.stderr.isEmpty)
      #expect(absent.stdout.contains(#"there is no file or folder \"none.yaml\"\ngive plans"#), "\(absent)")
      #expect(absent.stdout.contains(#""next_commands":[]"#))
    }
  }
}
