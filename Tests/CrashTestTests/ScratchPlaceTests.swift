internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import CrashTest

/// Copies are never made of copies, and git never finds the real repository from one.
@Suite struct ScratchPlaceTests {
  @Test func foldersOfTestsAreNoPartOfTheProject() throws {
    let project = try TemporaryFolder()
    defer { project.remove() }
    try project.write("tmp/x", "")
    try FileManager.default.createSymbolicLink(atPath: project.path("link"), withDestinationPath: "tmp")
    for name in ["tmp", "link", "tmp/../tmp/."] {
      let place = try ScratchPlace(of: project.path, temporary: project.path(name))
      #expect(place.isScratch("tmp/execplan-test-abcdef") && !place.isScratch("tmp/x") && !place.isScratch("tmp"))
    }
    #expect(try ScratchPlace(of: project.path, temporary: project.path).isScratch("execplan-test-abcdef"))
    #expect(try ScratchPlace(of: project.path("tmp"), temporary: project.path).ownPrefix == nil)
  }

  @Test func aRepositoryOfTheProjectIsNoPlaceForCopies() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(".git/HEAD", "")
    try folder.write("project/a", "")
    try folder.write("tmp/a", "")
    #expect(throws: ScratchPlaceError.self) {
      try ScratchPlace(of: folder.path("project"), temporary: folder.path("tmp"))
    }
    #expect(throws: ScratchPlaceError.self) { try ScratchPlace(of: folder.path, temporary: folder.path("tmp")) }
  }

  @Test func aCopyEndsWhenItIsCancelled() throws {
    let (source, target) = (try TemporaryFolder(), try TemporaryFolder())
    defer {
      source.remove()
      target.remove()
    }
    for number in 0..<10 { try source.write("\(number)", "") }
    var left = 5
    let copy = TreeCopy(
      source: source.path, target: target.path + "/copy", linkRoot: source.path, leavesOut: { _ in false },
      isCancelled: {
        left -= 1
        return left < 0
      })
    #expect(throws: TrialCancelled.self) { try copy.run() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: target.path + "/copy").count == 5)
  }
}
