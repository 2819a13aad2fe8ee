internal import Foundation
internal import TestSupport
internal import Testing

/// The plans under `Tests/Corpus`: those of `ok` are right, those of `err` give exactly what stands beside them.
struct CorpusTests {
  /// `Tests/Corpus`, found from the place of this file.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Corpus")

  static func plans(_ part: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(part).path)) ?? []
    return names.filter { $0.hasSuffix(".execplan.yaml") || $0.hasSuffix(".md") }.sorted()
  }

  /// What a markdown plan is not held against here: the sections of the standard, which have tests of their own.
  private static func options(for name: String) -> [String] {
    name.hasSuffix(".md") ? ["--ignore", "EP6,EP7"] : []
  }

  private static func validate(_ arguments: [String]) throws -> Execplan.Result {
    try RunningProgram(
      Execplan.binary, ["validate"] + arguments, in: folder.path,
      env: ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("EXECPLAN_") }, stdin: nil
    ).wait()
  }

  @Test func enoughPlansAreThere() {
    #expect(Self.plans("ok").count >= 25)
    #expect(Self.plans("err").count >= 70)
    #expect(Self.plans("ok").count { $0.hasSuffix(".md") } >= 12)
  }

  @Test(arguments: plans("ok")) func plansThatAreRightGiveNoErrorAndNoWarning(name: String) throws {
    let result = try Self.validate(["--strict"] + Self.options(for: name) + ["ok/" + name])
    #expect(result.exit == 0 && result.stdout.hasPrefix("no problems in 1 file"), "\(result.stdout)\(result.stderr)")
  }

  /// `EXECPLAN_UPDATE_CORPUS=1` writes what is printed now beside the plans, to be looked at with `git diff`.
  @Test(arguments: plans("err")) func plansThatAreWrongGiveWhatStandsBesideThem(name: String) throws {
    let isVerbose = name.hasSuffix(".verbose.execplan.yaml")
    let result = try Self.validate((isVerbose ? ["-v"] : []) + Self.options(for: name) + ["err/" + name])
    let ending = name.hasSuffix(".md") ? ".md" : ".execplan.yaml"
    let golden = Self.folder.appendingPathComponent("err/" + name.dropLast(ending.count) + ".txt")
    if ProcessInfo.processInfo.environment["EXECPLAN_UPDATE_CORPUS"] == "1" {
      try Data(result.stdout.utf8).write(to: golden)
    }
    let expected = String(decoding: (try? Data(contentsOf: golden)) ?? Data(), as: UTF8.self)
    #expect(result.stdout == expected)
    #expect(result.exit == (expected.contains(": error: ") ? 1 : 0))
    #expect(result.stderr.isEmpty)
  }

  @Test func theTenMistakesAreFoundInOneRun() throws {
    let result = try Self.validate(["err/ten-mistakes.execplan.yaml"])
    let places = result.stdout.split(separator: "\n").filter { $0.contains(": error: ") }.map { line in
      let parts = line.split(separator: ":")
      let code = line.split(separator: "[").last.map { $0.prefix(5) } ?? ""
      return "\(code)@\(parts[1]):\(parts[2])"
    }
    #expect(
      places == [
        "EP201@8:5", "EP209@11:9", "EP301@14:13", "EP205@16:14", "EP303@18:13", "EP213@28:40", "EP501@31:30",
        "EP510@36:21", "EP305@37:15", "EP104@40:10",
      ])
  }
}
