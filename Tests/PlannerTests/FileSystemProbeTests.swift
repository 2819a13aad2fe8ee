internal import Digest
internal import Foundation
internal import PlanModel
internal import Planner
internal import SQLite
internal import TestSupport
internal import Testing

struct FileSystemProbeTests {
  private func probe(_ folder: TemporaryFolder) -> FileSystemProbe {
    FileSystemProbe(root: folder.path) { bytes, _ throws(FileProbeError) -> Template in
      Template(literal: String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func aFileThatWasJustWrittenIsReadAgain() throws {
    try withTemporaryFolder { folder in
      let probe = probe(folder)
      try folder.write("f", "one")
      let before = try probe.digest("f")
      // The same length, within the resolution of the times.
      try folder.write("f", "two")
      #expect(try probe.digest("f") == SHA256.digest(of: "two"))
      #expect(try probe.digest("f") != before)
    }
  }

  @Test func anOldFileIsKnownByItsTimesAndReadAgainWhenTheyChange() throws {
    try withTemporaryFolder { folder in
      let probe = probe(folder)
      try folder.write("f", "one")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: folder.path("f"))
      #expect(try probe.digest("f") == SHA256.digest(of: "one"))
      try folder.write("f", "two")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: folder.path("f"))
      #expect(try probe.digest("f") == SHA256.digest(of: "two"))
    }
  }

  @Test func linksCountByWhatTheyLeadTo() throws {
    try withTemporaryFolder { folder in
      let probe = probe(folder)
      try folder.write("real", "x")
      try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "real")
      try FileManager.default.createSymbolicLink(atPath: folder.path("broken"), withDestinationPath: "nothing")
      #expect(try probe.digest("link") == probe.digest("real"))
      #expect(try probe.status("link")?.kind == .link(target: "real"))
      #expect(try probe.status("link")?.size == 1)
      #expect(try probe.digest("broken") != nil)
      #expect(try probe.matches([PathPattern("broken")]) == ["broken"])
      #expect(try probe.digest("nothing") == nil)
    }
  }

  @Test func aCommitInTheWriteAheadLogChangesTheDigest() throws {
    try withTemporaryFolder { folder in
      let probe = probe(folder)
      let connection = try Connection(path: folder.path("w.db"), access: .create)
      try connection.run("PRAGMA journal_mode = WAL")
      try connection.run("PRAGMA wal_autocheckpoint = 0")
      try connection.run("CREATE TABLE t(x)")
      let before = try probe.digest("w.db")
      try connection.run("INSERT INTO t VALUES (1)")
      #expect(try probe.digest("w.db") != before)
      withExtendedLifetime(connection) {}
    }
  }

  @Test func aFolderCountsByAllThatIsInIt() throws {
    try withTemporaryFolder { folder in
      let probe = probe(folder)
      try folder.write("d/sub/a", "1")
      let before = try probe.digest("d")
      try folder.write("d/.git/x", "what git and execplan keep for themselves is no part of it")
      #expect(try probe.digest("d") == before)
      try folder.write("d/sub/a", "2")
      let after = try probe.digest("d")
      #expect(after != before)
      try folder.write("d/b", "")
      #expect(try probe.digest("d") != after)
    }
  }

  @Test func whatIsNoFileOrTooLargeIsNotRead() throws {
    try withTemporaryFolder { folder in
      let probe = probe(folder)
      try folder.write("d/a", "12345")
      #expect(try probe.content("none", limit: 10) == nil)
      #expect(try probe.content("d/a/b", limit: 10) == nil)
      #expect(try probe.content("d/a", limit: 5)?.count == 5)
      #expect(throws: FileProbeError.self) { try probe.content("d/a", limit: 4) }
      #expect(throws: FileProbeError.self) { try probe.content("d", limit: 10) }
    }
  }
}
