internal import Diagnostics
internal import PlanLoading
internal import PlanModel
internal import SourceText
internal import TestSupport
internal import Testing

struct ConfigurationTests {
  private static let rules = PlanRules.all

  private func load(_ text: String, _ scope: ConfigurationLoader.Scope = .project) -> ConfigurationLoader.Result {
    ConfigurationLoader.load(
      SourceFile(path: "execplan.config.yaml", text: text), scope: scope, rules: Self.rules)
  }

  private func places(_ text: String, _ scope: ConfigurationLoader.Scope = .project) -> [String] {
    var collector = DiagnosticCollector()
    collector.append(contentsOf: load(text, scope).diagnostics)
    return Findings.places(collector, in: SourceFile(path: "x", text: text))
  }

  @Test func everyKeyIsRead() {
    let result = load(
      """
      plans: ["ops/**/*.yaml", "!ops/old/**"]
      exclude: corpus/
      standard: codex
      rules: {EP402: "off", unused-parameter: warning, ep412-runs-in-every-run: error}
      actions: [tools/actions]
      new: {dir: docs/plans/, format: md}
      state_dir: build/../state
      require: [Rollback, 7]
      x-note: {anything: here}
      """)
    #expect(result.diagnostics.isEmpty)
    let configuration = result.configuration
    #expect(configuration.plans.map(\.text) == ["ops/**/*.yaml", "ops/old/**"])
    #expect(configuration.plans.map(\.isNegated) == [false, true])
    #expect(configuration.exclude.map(\.text) == ["corpus"])
    #expect(configuration.standard == .codex)
    #expect(configuration.rules == ["EP402": .off, "EP801": .warning, "EP412": .error])
    #expect(configuration.actions.map(\.text) == ["tools/actions"])
    #expect(configuration.newPlans.folder == "docs/plans" && configuration.newPlans.format == .md)
    #expect(configuration.stateDirectory == "state")
    #expect(configuration.require.map(\.value) == ["Rollback", "7"])
  }

  @Test(arguments: ["", "\n\n", "# nothing yet\n", "  # a\r\n\t\r\n"]) func aFileWithoutAWishIsNoMistake(text: String) {
    #expect(load(text).diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("exclud: [a]\n", ["EP201@1:1"]),
    ("- a\n", ["EP203@1:1"]),
    ("exclude: {a: b}\n", ["EP203@1:10"]),
    ("exclude: [ok, [a]]\n", ["EP203@1:15"]),
    ("exclude: [\"a[\", \"../x\", \"/x\", \"\"]\n", ["EP218@1:11", "EP212@1:17", "EP212@1:25", "EP212@1:31"]),
    ("plans: [\"${{ params.x }}\"]\n", ["EP212@1:9"]),
    ("standard: strict\n", ["EP204@1:11"]),
    ("rules: {EP999: off}\n", ["EP214@1:9"]),
    ("rules: {EP4: off}\n", ["EP214@1:9"]),
    ("rules: {EP402: never}\n", ["EP204@1:16"]),
    ("rules: {EP402: off, contradicting-interrupt: info}\n", ["EP216@1:21"]),
    ("rules: [EP402]\n", ["EP203@1:8"]),
    ("rules:\n  EP402: off\n  EP402: off\n", ["EP103@3:3"]),
    ("new: docs\n", ["EP203@1:6"]),
    ("new: {dir: ../x}\n", ["EP212@1:12"]),
    ("new: {format: toml}\n", ["EP204@1:15"]),
    ("state_dir: /var/lib\n", ["EP212@1:12"]),
    ("state_dir: .\n", ["EP212@1:12"]),
    ("state_dir: .git/execplan\n", ["EP212@1:12"]),
    ("actions: [../shared]\n", ["EP212@1:11"]),
    ("require: [\" \"]\n", ["EP204@1:11"]),
    ("standard: !x lenient\n", ["EP104@1:11", "EP204@1:11"]),
    ("standard: lenient\n---\na: b\n", ["EP107@2:1"]),
  ]) func mistakesAreFoundWhereTheyStand(text: String, expected: [String]) {
    #expect(places(text) == expected)
  }

  @Test func aFolderMayOnlySayWhatHoldsBelowIt() {
    let text = "exclude: [a]\nplans: [b]\nrules: {EP402: off}\nstate_dir: x\nstandard: codex\n"
    #expect(places(text, .folder) == ["EP201@4:1", "EP201@5:1"])
    let configuration = load(text, .folder).configuration
    #expect(configuration.stateDirectory == nil && configuration.standard == nil)
    #expect(configuration.rules == ["EP402": .off] && configuration.exclude.count == 1)
  }

  @Test func nearestNamesAreOffered() {
    #expect(load("exclud: [a]\n").diagnostics[0].notes.first == "did you mean \"exclude\"?")
    #expect(load("rules: {unusd-parameter: off}\n").diagnostics[0].notes == ["did you mean \"unused-parameter\"?"])
  }

  @Test func hostileFilesAreRefused() {
    let large = "exclude:\n" + String(repeating: "  - aaaaaaaaaaaaaaa\n", count: 20_000)
    #expect(places(large) == ["EP106@1:1"])
    let deep = "exclude: " + String(repeating: "[", count: 10_000)
    #expect(load(deep).diagnostics.contains { $0.rule.code == "EP106" })
    var bomb = "x-a: &a [x, x, x, x, x, x, x, x, x]\n"
    for index in 1..<9 {
      let names = Array(repeating: "*\(["a", "b", "c", "d", "e", "f", "g", "h"][index - 1])", count: 9)
      bomb += "x-\(index): &\(["b", "c", "d", "e", "f", "g", "h", "i"][index - 1]) [\(names.joined(separator: ", "))]\n"
    }
    #expect(load(bomb).diagnostics.contains { $0.rule.code == "EP106" })
    #expect(load("exclude: [\"\0\"]\n").diagnostics.contains { $0.severity == .error })
  }

  @Test func noInputTraps() {
    let sample = Array(
      "plans: [a/**]\nrules: {EP402: off}\nnew: {dir: x, format: md}\nstate_dir: s\nrequire: [R]\n".utf8)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<3000 {
      var bytes = sample
      for _ in 0...Int.random(in: 0..<4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes.insert(Array("[]{}:,!*&\n \"'".utf8).randomElement(using: &generator) ?? 0, at: place)
        }
      }
      let source = SourceFile(path: "x", bytes: bytes)
      for scope in [ConfigurationLoader.Scope.project, .folder] {
        for diagnostic in ConfigurationLoader.load(source, scope: scope, rules: Self.rules).diagnostics {
          #expect(diagnostic.range.upperBound <= bytes.count)
        }
      }
    }
  }
}
