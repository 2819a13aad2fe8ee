import Foundation
import Journal
import TestSupport
import Testing

/// What somebody may have put in the way of the state directory.
struct StateDirectorySafetyTests {
  private func refusal(_ root: String) -> String {
    do {
      try Journal(StateDirectory(root: root)).close()
      return "opened"
    } catch {
      return "\(error)"
    }
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test(arguments: [
    ".execplan", ".execplan/journal.db", ".execplan/journal.db-wal", ".execplan/journal.db-shm", ".execplan/logs",
    ".execplan/locks", ".execplan/marks", ".execplan/partial", ".execplan/locks/write", ".execplan/locks/state",
  ])
  func aLinkInTheWayIsRefusedAndWhatItNamesIsLeftAlone(name: String) throws {
    let folder = try TemporaryFolder()
    let elsewhere = try TemporaryFolder()
    defer {
      folder.remove()
      elsewhere.remove()
    }
    let isFile = name.contains("journal") || name.contains("locks/")
    if isFile { try elsewhere.write("target", "") } else { try elsewhere.write("target/keep", "x") }
    let place = URL(fileURLWithPath: folder.path(name))
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: place, withDestinationURL: URL(fileURLWithPath: elsewhere.path("target")))
    let refusal = refusal(folder.path)
    #expect(refusal.contains("\"\(folder.path(name))\" is a link"), "\(refusal)")
    if isFile {
      #expect(elsewhere.read("target") == "")
    } else {
      #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path("target")) == ["keep"])
    }
  }

  /// A link to nothing would make a file somewhere else.
  @Test(arguments: [".execplan/journal.db", ".execplan/locks/write", ".execplan/.gitignore"])
  func aDanglingLinkIsRefusedAndMakesNothing(name: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let place = URL(fileURLWithPath: folder.path(name))
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: folder.path("made"))
    #expect(refusal(folder.path).contains("is a link"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("made")))
  }

  @Test(arguments: [".execplan/journal.db", ".execplan/logs", ".execplan/locks/write"])
  func anotherKindOfThingIsRefused(name: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let place = URL(fileURLWithPath: folder.path(name))
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    // A pipe that nobody reads must not hold us up either.
    #expect(unsafe mkfifo(place.path, 0o600) == 0)
    #expect(refusal(folder.path).contains("\"\(place.path)\" is in the way"))
  }

  @Test(.enabled(if: geteuid() == 0), arguments: [".execplan", ".execplan/journal.db", ".execplan/logs"])
  func whatBelongsToSomebodyElseIsRefused(name: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try Journal(StateDirectory(root: folder.path)).close()
    #expect(unsafe chown(folder.path(name), 12345, 12345) == 0)
    let refusal = refusal(folder.path)
    #expect(refusal.contains("belongs to another user (uid 12345)") && refusal.contains("--state-dir"), "\(refusal)")
  }

  @Test func rightsOfOthersAreTakenAway() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let state = StateDirectory(root: folder.path)
    try Journal(state).close()
    for path in [state.path, state.logs, state.locks] { #expect(unsafe chmod(path, 0o777) == 0) }
    #expect(unsafe chmod(state.journal, 0o666) == 0)
    try Journal(state).close()
    for path in [state.path, state.logs, state.locks] { #expect(try mode(path) == 0o700) }
    #expect(try mode(state.journal) == 0o600)
  }

  /// `--state-dir .` must not lock others out of a folder that is not ours alone.
  @Test func theModeOfAFolderWithOtherThingsInItIsLeft() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("shared/readme", "x")
    #expect(unsafe chmod(folder.path("shared"), 0o755) == 0)
    let state = StateDirectory(path: folder.path("shared"))
    try state.create()
    #expect(try mode(state.path) == 0o755)
    #expect(try mode(state.logs) == 0o700)
  }
}
