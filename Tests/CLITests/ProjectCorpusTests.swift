internal import Foundation
internal import TestSupport
internal import Testing

/// The whole projects under `Tests/Corpus/projects`: `NAME.txt` holds commands and what they print in the folder `NAME`.
struct ProjectCorpusTests {
  private static let folder = CorpusTests.folder.appendingPathComponent("projects")

  static let projects: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
  }()

  /// What is asked in every project.
  static let bare = ["validate", "show", "graph --format json", "plan"].map { "$ execplan " + $0 }

  @Test func enoughProjectsAreThere() throws {
    #expect(Self.projects.count >= 6)
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { !$0.hasSuffix(".txt") }
    #expect(folders.sorted() == Self.projects)
  }

  /// The commands run in a copy, in a fresh git repository. `EXECPLAN_UPDATE_CORPUS=1` writes what they print now, to be
  /// looked at with `git diff`.
  @Test(arguments: projects) func theCommandsOfAProjectPrintWhatStandsBesideIt(_ name: String) throws {
    let golden = Self.folder.appendingPathComponent(name + ".txt")
    let expected = try String(contentsOf: golden, encoding: .utf8)
    let commands = expected.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map(String.init)
    #expect(commands.filter { Self.bare.contains($0) } == Self.bare)
    let project = try ScratchProject()
    defer { project.remove() }
    let files = Self.folder.appendingPathComponent(name).path
    for file in try FileManager.default.contentsOfDirectory(atPath: files) {
      try FileManager.default.copyItem(atPath: files + "/" + file, toPath: project.folder.path(file))
    }
    var printed = ""
    for command in commands {
      var lines = try project.run(command.dropFirst(2) + "\necho \"exit $?\"")
      if lines.last == "exit 0" { lines.removeLast() }
      printed += ([command] + lines).map { $0 + "\n" }.joined()
    }
    if ProcessInfo.processInfo.environment["EXECPLAN_UPDATE_CORPUS"] == "1" {
      try Data(printed.utf8).write(to: golden)
    }
    #expect(printed == expected)
    // None of the commands but one writes anything.
    let applies = commands.contains { $0.contains("execplan apply") }
    #expect(FileManager.default.fileExists(atPath: project.folder.path(".execplan")) == applies)
  }
}
