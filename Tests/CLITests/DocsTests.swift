internal import Foundation
internal import TestSupport
internal import Testing

/// The documentation holds what it shows: its plans are valid, its outputs are what the program says.
///
/// In a page, a block under `<!-- file: NAME -->` is written into a scratch project; every line of a `console` block
/// that begins with `$ ` is run there, and the lines below it are compared with what it prints. `<!-- new project -->`
/// above a block starts with an empty project; blocks under `<!-- not run -->` are left alone. With
/// EXECPLAN_REGENERATE_DOCS=1 the pages are written anew instead.
struct DocsTests {
  private static let isRegenerating = ProcessInfo.processInfo.environment["EXECPLAN_REGENERATE_DOCS"] == "1"

  @Test(arguments: MarkdownPage.all)
  func outputsAreWhatTheProgramPrints(page: MarkdownPage) throws {
    var project = try ScratchProject()
    defer { project.remove() }
    // The pages about databases have a server, which their commands find without being told.
    let asksServer = ["docs/databases.md", "docs/quality.md"].contains(page.path)
    let database = asksServer ? try PostgresServer.shared.makeDatabase() : nil
    defer { database?.remove() }
    var replacements: [(lines: Range<Int>, text: [String])] = []
    for block in page.blocks {
      if block.marker == "not run" { continue }
      if block.marker == "new project" {
        project.remove()
        project = try ScratchProject()
      }
      project.environment = database?.environment ?? [:]
      if let name = block.fileName { try project.folder.write(name, block.text) }
      guard block.language == "console" else { continue }
      var shown: [String] = []
      for (command, expected) in block.commands {
        let actual = try project.run(command)
        shown.append("$ " + command)
        let isSame = DocsOutput.canonical(actual) == DocsOutput.canonical(expected)
        shown += isSame ? expected : actual
        if !Self.isRegenerating {
          #expect(
            isSame,
            "\(page.path):\(block.lines.lowerBound): \(command)\nprints\n\(actual.joined(separator: "\n"))")
        }
      }
      replacements.append((block.lines, shown))
    }
    if Self.isRegenerating {
      var page = page
      for (lines, text) in replacements.reversed() { page.lines.replaceSubrange(lines, with: text) }
      try Data(page.text.utf8).write(to: URL(fileURLWithPath: MarkdownPage.root + "/" + page.path))
    }
  }

  /// The page of rules is made of the rules, whose bad and good examples have tests of their own.
  @Test(arguments: MarkdownPage.all.filter { $0.path != "docs/rules.md" })
  func plansAreValid(page: MarkdownPage) throws {
    let project = try ScratchProject()
    defer { project.remove() }
    for block in page.blocks {
      if let name = block.fileName { try project.folder.write(name, block.text) }
      guard block.isPlan, block.marker?.hasSuffix("with errors") != true else { continue }
      let result = try Execplan.run(["show", "-"], in: project.folder, stdin: block.text)
      #expect(result.exit == 0, "\(page.path):\(block.lines.lowerBound)\n\(result.stderr)")
    }
  }

  /// Exit code 4 is that of the example that waits for a person.
  @Test(arguments: MarkdownPage.all.filter { ["docs/plan-format.md", "docs/expressions.md"].contains($0.path) })
  func plansOfTheFormatRun(page: MarkdownPage) throws {
    for block in page.blocks where block.isPlan {
      let project = try ScratchProject()
      defer { project.remove() }
      try project.folder.write("example.execplan.yaml", block.text)
      let result = try Execplan.run(["apply", "--no-input"], in: project.folder)
      #expect([0, 4].contains(result.exit), "\(page.path):\(block.lines.lowerBound)\n\(result.stderr)")
    }
  }

  @Test(arguments: MarkdownPage.all)
  func linksResolve(page: MarkdownPage) throws {
    let pages = Dictionary(uniqueKeysWithValues: MarkdownPage.all.map { ($0.path, $0) })
    for (line, target) in page.links {
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let folder = URL(fileURLWithPath: MarkdownPage.root + "/" + page.path).deletingLastPathComponent()
      let file =
        parts[0].isEmpty ? MarkdownPage.root + "/" + page.path : folder.appending(path: parts[0]).standardized.path
      #expect(FileManager.default.fileExists(atPath: file), "\(page.path):\(line): \(target)")
      guard parts.count == 2 else { continue }
      let name = String(file.dropFirst(MarkdownPage.root.count + 1))
      #expect(pages[name]?.anchors.contains(parts[1]) == true, "\(page.path):\(line): \(target)")
    }
  }
}

extension MarkdownPage.Block {
  /// The file of the scratch project that the block is written to.
  fileprivate var fileName: String? {
    guard let marker, marker.hasPrefix("file: ") else { return nil }
    return marker.dropFirst(6).split(separator: ",").first.map(String.init)
  }

  /// Whether it is a whole plan, not a part of one.
  fileprivate var isPlan: Bool {
    language == "yaml" && text.split(separator: "\n").contains { $0.hasPrefix("execplan:") }
      && text.split(separator: "\n").contains { $0.hasPrefix("steps:") }
  }

  /// Each line that begins with `$ `, and the lines below it.
  fileprivate var commands: [(command: String, output: [String])] {
    var commands: [(command: String, output: [String])] = []
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("$ ") {
        commands.append((String(line.dropFirst(2)), []))
      } else if !commands.isEmpty {
        commands[commands.count - 1].output.append(line)
      }
    }
    return commands
  }
}
