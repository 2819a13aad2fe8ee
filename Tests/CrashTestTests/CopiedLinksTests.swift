internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import CrashTest

/// However a link into the project is written, its copy leads into the copy.
@Suite struct CopiedLinksTests {
  @Test func everySpellingIsBent() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let (root, copy) = (folder.path("a/project"), folder.path("b/copy"))
    try folder.write("a/project/real/text", "a\n")
    try folder.write("b/other", "")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path("alias"), withDestinationPath: folder.path("a"))
    let texts = [
      "\(root)/real/text", "\(folder.path)/a//project/./real/text", "\(folder.path)/alias/project/real/text",
      "\(root)/real/../real/text", "../../a/project/real/text", "../../alias/project/real/text",
    ]
    for (index, text) in texts.enumerated() {
      try files.createSymbolicLink(atPath: "\(root)/\(index)", withDestinationPath: text)
    }
    try files.createSymbolicLink(atPath: root + "/root", withDestinationPath: folder.path("alias/project"))
    try files.createSymbolicLink(atPath: root + "/missing", withDestinationPath: folder.path("alias/project/no/no"))
    try files.createSymbolicLink(atPath: root + "/relative", withDestinationPath: "real/../real/text")
    try files.createSymbolicLink(atPath: root + "/outside", withDestinationPath: folder.path("b/other"))
    try TreeCopy(source: root, target: copy, linkRoot: root) { _ in false }.run()
    func target(_ name: String) throws -> String { try files.destinationOfSymbolicLink(atPath: "\(copy)/\(name)") }
    for index in texts.indices { #expect(try target("\(index)") == copy + "/real/text", "\(texts[index])") }
    #expect(try target("root") == copy && target("missing") == copy + "/no/no")
    #expect(try target("relative") == "real/../real/text" && target("outside") == folder.path("b/other"))
  }

  @Test func waysToOtherRepositoriesAreLeftOut() throws {
    let (source, target) = (try TemporaryFolder(), try TemporaryFolder())
    defer {
      source.remove()
      target.remove()
    }
    try source.write("tree/.git", "gitdir: /elsewhere/.git/worktrees/tree\n")
    try source.write("module/.git", "gitdir: ../.git/modules/module\n")
    try source.write("own/.git/HEAD", "ref: refs/heads/main\n")
    let copy = target.path + "/copy"
    let outcome = try TreeCopy(source: source.path, target: copy, linkRoot: source.path) { _ in false }.run()
    #expect(outcome.severed == ["tree/.git"] && outcome.files == 2)
    #expect(!FileManager.default.fileExists(atPath: copy + "/tree/.git"))
  }

  @Test func aShallowRepositoryStaysShallow() throws {
    let (source, target) = (try TemporaryFolder(), try TemporaryFolder())
    defer {
      source.remove()
      target.remove()
    }
    try source.write(".git/HEAD", "ref: refs/heads/main\n")
    try source.write(".git/shallow", "0123\n")
    try source.write(".git/refs/heads/main", "0123\n")
    try GitCopy.make(from: source.path, to: target.path)
    #expect(target.read(".git/shallow") == "0123\n")
  }
}
