internal import Digest
internal import Foundation
internal import Subprocess
internal import TestSupport
internal import Testing

@testable internal import Executor
@testable internal import Journal
@testable internal import Planner

/// What was there before a step changed a file can be brought back, whatever it was.
@Suite struct UndoTests {
  private let folder: TemporaryFolder
  private let site: ExecutionSite

  init() throws {
    folder = try TemporaryFolder()
    let root = folder.path
    site = ExecutionSite(
      root: root, state: StateDirectory(root: root),
      files: FileSystemProbe(root: root) { bytes, path throws(FileProbeError) in
        throw FileProbeError(path: path, message: "no templates here")
      }, environment: .inherited())
    try site.state.create()
  }

  private func write(_ desired: DesiredFile, attempt: Int64) throws -> String? {
    try FileWriter(site: site, attempt: attempt, origin: .init(run: 3, step: "s")).apply(desired)
  }

  private func desired(_ path: String, _ kind: DesiredFile.Kind, mode: UInt16? = nil) -> DesiredFile {
    var desired = DesiredFile(path: path, kind: kind, mode: mode)
    desired.basis = folder.read(path).map { Array($0.utf8) }
    return desired
  }

  @Test func everyKindOfChangeHasItsRecord() throws {
    defer { folder.remove() }
    try folder.write("old", "before\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.path("old"))
    try folder.write("gone", "away\n")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "old")
    #expect(try write(desired("old", .content(Array("after\n".utf8)), mode: 0o600), attempt: 1) == nil)
    #expect(try write(desired("a/b/new", .content(Array("x".utf8))), attempt: 2) == nil)
    #expect(try write(desired("gone", .absent), attempt: 3) == nil)
    #expect(try write(desired("link", .link("gone")), attempt: 4) == nil)
    #expect(try write(desired("a/b/new", .unchanged, mode: 0o755), attempt: 5) == nil)
    #expect(try write(desired("c", .directory), attempt: 12) == nil)

    let store = UndoStore(site.state)
    let records = store.records(run: 3)
    #expect(records.map(\.attempt) == [1, 2, 3, 4, 5, 12] && records.allSatisfy { $0.step == "s" && $0.loss == nil })
    #expect(records.map(\.before.kind) == [.file, .absent, .file, .link, .file, .absent])
    #expect(records.map(\.after.kind) == [.file, .file, .absent, .link, .file, .folder])
    #expect(records[0].before.mode == 0o640 && records[0].after.mode == 0o600)
    #expect(store.content(of: records[0]) == Array("before\n".utf8))
    #expect(records[0].after.digest == SHA256.digest(of: "after\n"))
    let root = try #require(RealPath.of(folder.path))
    #expect(records[1].madeFolders == [root + "/a", root + "/a/b"] && store.content(of: records[1]) == nil)
    #expect(store.content(of: records[2]) == Array("away\n".utf8))
    #expect(records[3].before.target == "old" && records[3].after.target == "gone")
    // Of a mode alone nothing is copied.
    #expect(records[4].keptSize == nil && records[4].after.mode == 0o755)

    for (name, mode) in [(".execplan/undo", 0o700), (".execplan/undo/3", 0o700), (".execplan/undo/3/1.undo", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
      #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
    }
  }

  @Test func whatIsNotWhatWasKeptIsNotGivenBack() throws {
    defer { folder.remove() }
    try folder.write("old", "before\n")
    #expect(try write(desired("old", .content([])), attempt: 1) == nil)
    let store = UndoStore(site.state)
    let record = try #require(store.records(run: 3).first)
    let path = ".execplan/undo/3/1.undo"
    let whole = try #require(folder.read(path))
    for other in [String(whole.dropLast()), whole.replacing("before\n", with: "beforE\n"), whole + "x"] {
      try folder.write(path, other)
      #expect(store.content(of: record) == nil)
    }
    try folder.write(path, String(whole.prefix(40)))
    #expect(store.records(run: 3).isEmpty)
    store.remove(run: 3)
    #expect(store.runs.isEmpty && folder.read(path) == nil)
  }

  @Test func traitsComeBackByteByByte() throws {
    defer { folder.remove() }
    var record = UndoRecord(
      run: 3, attempt: 1, step: "s", path: "a", place: "/a", before: .init(.file, mode: 0o644), after: .init(.absent))
    record.traits = FileTraits(
      owner: .max - 1, group: 0,
      attributes: [
        ExtendedAttribute(name: Array("user.\"é\"".utf8), value: Array(0...255)),
        ExtendedAttribute(name: Array("user.none".utf8), value: []),
        ExtendedAttribute(name: Array("user.large".utf8), value: [UInt8](repeating: 7, count: 60 << 10)),
      ])
    #expect(UndoRecord(json: Array(record.json.utf8)) == record)
    // The longest record that there is, and content behind it.
    let content = Array("x\ny".utf8)
    record.before.digest = SHA256.digest(of: content)
    record.keptSize = content.count
    let store = UndoStore(site.state)
    try store.write(record, content: content)
    #expect(store.records(run: 3) == [record] && store.content(of: record) == content)
  }

  /// Records that execplan wrote before it kept them have none.
  @Test func aRecordWithoutTraitsIsRead() throws {
    defer { folder.remove() }
    let text = """
      {"undo":1,"run":3,"attempt":1,"step":"s","path":"a","place":"/a",\
      "before":{"kind":"file","mode":"0644","sha256":null,"target":null},\
      "after":{"kind":"absent","mode":null,"sha256":null,"target":null},"made_folders":[],"loss":null,"kept_bytes":null}
      """
    let record = try #require(UndoRecord(json: Array(text.utf8)))
    #expect(record.traits == nil && record.before.mode == 0o644)
  }

  @Test func whatIsNotPermittedOfTheOwnerIsNamed() {
    let traits = FileTraits(owner: 1, group: 2)
    func missing(_ permitted: @escaping (uid_t, gid_t) -> Bool) -> [String]? {
      traits.ownerMissing { permitted($0, $1) ? 0 : -1 }
    }
    #expect(missing { _, _ in true } == nil)
    #expect(missing { owner, _ in owner == .max } == ["its owner (user 1)"])
    #expect(missing { _, _ in false } == ["its owner (user 1, group 2)"])
    let own = FileTraits(owner: geteuid(), group: 2)
    #expect(own.ownerMissing { _, _ in -1 } == ["its group (2)"])
  }

  @Test func aRecordThatCannotBeMadeKeepsTheFileAsItIs() throws {
    defer { folder.remove() }
    try folder.write("old", "before\n")
    try folder.write(".execplan/undo", "in the way")
    let problem = #expect(throws: FileWriter.Problem.self) { try write(desired("old", .content([])), attempt: 1) }
    #expect(problem?.message.contains("can't be kept for undo") == true)
    #expect(folder.read("old") == "before\n")
  }
}
