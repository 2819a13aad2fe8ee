import Executor
import Foundation
import PlanModel
import SourceText
import Subprocess
import TestSupport
import Testing

struct SecretStoreTests {
  private static func name(_ text: String) -> Located<String> { Located(text, .fileStart) }

  private static func secret(_ name: String, _ source: Secret.Source, optional: Bool = false) -> Secret {
    Secret(name: Self.name(name), source: source, isOptional: optional)
  }

  private static func store(
    _ secrets: [Secret], root: String = "/", _ variables: [String: String] = [:]
  ) -> SecretStore {
    var environment = ProcessEnvironment()
    environment["PATH"] = ProgramSearch.defaultPath
    for (name, value) in variables { environment[name] = value }
    return SecretStore(secrets, root: root, environment: environment)
  }

  private static func problem(_ store: SecretStore, _ name: String = "S") -> String {
    do throws(EvaluationError) {
      return "got " + (try store.value(of: name) ?? "nothing")
    } catch {
      return error.message
    }
  }

  // MARK: Environment

  @Test func aVariableGivesTheValueAndIsTakenFromTheSteps() throws {
    let store = Self.store(
      [Self.secret("S", .environment(Self.name("SOURCE")))], ["SOURCE": "hunter2-hunter2", "OTHER": "x"])
    #expect(try store.value(of: "S") == "hunter2-hunter2")
    #expect(try store.isThere("S"))
    #expect(store.stepEnvironment["SOURCE"] == nil)
    #expect(store.stepEnvironment["OTHER"] == "x")
    #expect(store.masker.masked("a hunter2-hunter2 b") == "a *** b")
    #expect(store.nameOfSecret(in: Array("aHVudGVyMi1odW50ZXIy".utf8)) == "S")
    #expect(store.nameOfSecret(in: Array("hunter".utf8)) == nil)
  }

  @Test func aVariableThatIsNotThereOrEmptyIsMissing() throws {
    let source = Secret.Source.environment(Self.name("SOURCE"))
    for variables in [[:], ["SOURCE": ""]] {
      let store = Self.store([Self.secret("S", source)], variables)
      #expect(Self.problem(store).contains("the environment variable \"SOURCE\" is not set, or empty"))
      #expect(throws: EvaluationError.self) { try store.isThere("S") }
      // A change set does not take it for a condition that is false.
      #expect(throws: EvaluationError.self) { try store.presence.isThere("S") }
      let optional = Self.store([Self.secret("S", source, optional: true)], variables)
      #expect(try optional.value(of: "S") == nil)
      #expect(try !optional.isThere("S"))
      #expect(try !optional.presence.isThere("S"))
    }
  }

  // MARK: Files

  @Test func aFileLosesOneLineEnd() throws {
    try withTemporaryFolder { folder in
      for (text, value) in [("one two\n", "one two"), ("a\r\nb\r\n", "a\r\nb"), ("a\n\n", "a\n"), ("plain", "plain")] {
        try folder.write("s", text)
        #expect(unsafe chmod(folder.path("s"), 0o600) == 0)
        let store = Self.store([Self.secret("S", .file(PathPattern("s")))], root: folder.path)
        #expect(try store.value(of: "S") == value)
        #expect(store.takeNotes() == (value.utf8.count < 8 ? [Self.short("S")] : []))
      }
    }
  }

  private static func short(_ name: String) -> String {
    "the secret \"\(name)\" is shorter than 8 bytes, so it is not masked in output"
  }

  @Test func aFileThatOthersCanReadIsTold() throws {
    try withTemporaryFolder { folder in
      try folder.write("s", "long enough")
      #expect(unsafe chmod(folder.path("s"), 0o640) == 0)
      let store = Self.store([Self.secret("S", .file(PathPattern("s")))], root: folder.path)
      store.readAhead()
      #expect(
        store.takeNotes() == [
          "the file \"s\" of the secret \"S\" can be read by others than its owner; chmod 600 ends that"
        ])
      #expect(store.takeNotes() == [])
    }
  }

  @Test func aFileThatIsMadeLaterIsFoundThen() throws {
    try withTemporaryFolder { folder in
      let store = Self.store([Self.secret("S", .file(PathPattern("s")), optional: true)], root: folder.path)
      store.readAhead()
      #expect(try !store.isThere("S"))
      try folder.write("s", "long enough")
      #expect(try store.value(of: "S") == "long enough")
    }
  }

  @Test func filesThatCannotBeSecretsAreRefusedWithoutTheirContent() throws {
    try withTemporaryFolder { folder in
      try folder.write("nul", "hush\u{0}hush")
      try folder.write("long", String(repeating: "hush", count: 20_000))
      try folder.write("folder/x", "")
      try Data([0xFF, 0x68, 0x75, 0x73, 0x68]).write(to: URL(fileURLWithPath: folder.path("bytes")))
      for (path, words) in [
        ("nul", "NUL byte"), ("long", "more than 64 KiB"), ("folder", "not a file"),
        ("none", "there is no file \"none\""),
        ("bytes", "not UTF-8"), ("/dev/zero", "not a file"),
      ] {
        let store = Self.store([Self.secret("S", .file(PathPattern(path)))], root: folder.path)
        let problem = Self.problem(store)
        #expect(problem.contains(words) && problem.contains("\"S\"") && !problem.contains("hush"), "\(problem)")
      }
    }
  }

  // MARK: Programs

  private static func command(_ words: String..., optional: Bool = false) -> SecretStore {
    store([secret("S", .command(words.map(name)), optional: optional)])
  }

  @Test func aProgramPrintsTheValue() throws {
    let blanks = try Self.command("printf", "a b  c\\n").value(of: "S")
    #expect(blanks == "a b  c")
    let shell = try Self.command("echo", "$HOME `x` *").value(of: "S")
    #expect(shell == "$HOME `x` *")
  }

  @Test func aProgramThatFailsIsNamedAndItsOutputIsNot() {
    for (words, told) in [
      (["sh", "-c", "echo hush; echo hush >&2; exit 3"], "ended with exit code 3"),
      (["sh", "-c", "echo hush; kill -9 $$"], "ended by signal 9"),
      (["sh", "-c", "yes hush"], "printed more than 64 KiB"), (["true"], "\"true\" printed nothing"),
      (["/no/such/program"], "there is no such program"), (["/etc"], "it can't be executed"),
      (["printf", "hush\\000"], "NUL byte"),
    ] {
      let limited = words.last == "yes hush" ? ["sh", "-c", "yes hush | head -c 100000"] : words
      let store = Self.store([Self.secret("S", .command(limited.map(Self.name)))])
      let problem = Self.problem(store)
      #expect(problem.contains(told) && problem.contains("\"S\"") && !problem.contains("hush"), "\(problem)")
      #expect(store.knownValues.isEmpty)
    }
    #expect(throws: Never.self) { try Self.command("false", optional: true).isThere("S") }
  }

  @Test func aProgramIsRunOnceAndOnlyWhenTheValueIsWanted() throws {
    try withTemporaryFolder { folder in
      let store = Self.store(
        [Self.secret("S", .command(["sh", "-c", "echo x >> ran; echo the value"].map(Self.name)))], root: folder.path)
      store.readAhead()
      #expect(throws: EvaluationError.self) { try store.presence.isThere("S") }
      #expect(folder.read("ran") == nil)
      let values = [try store.value(of: "S"), try store.value(of: "S")]
      #expect(values == ["the value", "the value"])
      #expect(folder.read("ran") == "x\n")
    }
  }
}
