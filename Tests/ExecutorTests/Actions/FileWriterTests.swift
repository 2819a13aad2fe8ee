internal import Foundation
internal import Journal
internal import Subprocess
internal import TestSupport
internal import Testing

@testable internal import Executor
@testable internal import Planner

struct FileWriterTests {
  private func writer(_ folder: TemporaryFolder) -> FileWriter {
    let files = FileSystemProbe(root: folder.path) { _, path throws(FileProbeError) in
      throw FileProbeError(path: path, message: "there are no templates here")
    }
    let site = ExecutionSite(
      root: folder.path, state: StateDirectory(root: folder.path), files: files, environment: .inherited())
    return FileWriter(site: site, attempt: 7)
  }

  private func content(_ path: String, _ text: String, mode: UInt16? = nil, basis: String?) -> DesiredFile {
    DesiredFile(path: path, kind: .content(Array(text.utf8)), mode: mode, basis: basis.map { Array($0.utf8) })
  }

  private func names(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func aFileIsReplacedAsAWholeAndKeepsItsMode() throws {
    try withTemporaryFolder { folder in
      try folder.write("out", "old")
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.path("out"))
      // A second name of the old file: whoever reads it goes on reading all of the old content.
      try FileManager.default.linkItem(atPath: folder.path("out"), toPath: folder.path("reader"))
      try writer(folder).apply(content("out", "new", basis: "old"))
      #expect(folder.read("out") == "new" && folder.read("reader") == "old")
      #expect(try mode(folder.path("out")) == 0o640)
      #expect(try names(folder) == ["out", "reader"])
    }
  }

  @Test func aReplacedFileKeepsItsExtendedAttributes() throws {
    try withTemporaryFolder { folder in
      try folder.write("out", "old")
      let set = "import os; os.setxattr('out', 'user.note', b'kept'); os.setxattr('out', 'user.empty', b'')"
      try #require(try Execplan.runOther("/usr/bin/env", ["python3", "-c", set], in: folder).exit == 0)
      try writer(folder).apply(content("out", "new", basis: "old"))
      let get = "import os; print([(n, os.getxattr('out', n)) for n in sorted(os.listxattr('out'))])"
      let kept = try Execplan.runOther("/usr/bin/env", ["python3", "-c", get], in: folder)
      #expect(kept.stdout == "[('user.empty', b''), ('user.note', b'kept')]\n", "\(kept)")
      #expect(folder.read("out") == "new")
    }
  }

  @Test func whatSomebodyWroteMeanwhileStays() throws {
    try withTemporaryFolder { folder in
      try folder.write("out", "theirs")
      #expect(throws: FileWriter.Problem.self) { try writer(folder).apply(content("out", "new", basis: "old")) }
      #expect(throws: FileWriter.Problem.self) { try writer(folder).apply(content("out", "new", basis: nil)) }
      #expect(folder.read("out") == "theirs")
      #expect(try names(folder) == ["out"])
    }
  }

  @Test func aFolderThatIsALinkLeadsNotOutOfTheProject() throws {
    try withTemporaryFolder { folder in
      try withTemporaryFolder { outside in
        try FileManager.default.createSymbolicLink(atPath: folder.path("away"), withDestinationPath: outside.path)
        #expect(throws: FileWriter.Problem.self) { try writer(folder).apply(content("away/x", "x", basis: nil)) }
        #expect(throws: FileWriter.Problem.self) { try writer(folder).apply(content("away/y/x", "x", basis: nil)) }
        #expect(try names(outside).isEmpty)
      }
    }
  }

  @Test func aNewFileHasTheModeThatIsAskedFor() throws {
    try withTemporaryFolder { folder in
      try writer(folder).apply(content("a/b/secret", "x", mode: 0o600, basis: nil))
      #expect(try mode(folder.path("a/b/secret")) == 0o600)
      #expect(folder.read("a/b/secret") == "x")
    }
  }
}
