internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import CrashTest

/// What is said to be removed is removed.
@Suite struct TreeRemovalTests {
  @Test func namesThatAreNoTextAndFoldersWithoutRightsAreRemoved() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let script = "mkdir -p a/b && cd a/b && touch \"$(printf 'x\\377')\" && mkdir \"$(printf 'y\\376')\" && chmod 0 ."
    #expect(try Execplan.runOther("/bin/sh", ["-c", script], in: folder).exit == 0)
    #expect(TreeWalk.remove(folder.path("a")))
    #expect(!FileManager.default.fileExists(atPath: folder.path("a")))
  }
}
