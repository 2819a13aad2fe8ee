internal import Foundation
internal import PlanModel
internal import SQLite
internal import TestSupport
internal import Testing

@testable internal import CrashTest

/// Two trees are equal when a person would say so: times and places don't count, contents, modes and links do.
@Suite struct TreeComparisonTests {
  private func differences(
    _ make: (TemporaryFolder) throws -> Void, _ change: (TemporaryFolder) throws -> Void
  ) throws -> [TreeDifference] {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    defer {
      first.remove()
      second.remove()
    }
    try make(first)
    try make(second)
    try change(second)
    return TreeDifference.all(TreeImage(first.path), TreeImage(second.path))
  }

  @Test func timesAndPlacesDoNotCount() throws {
    let found = try differences { folder in
      try folder.write("a/text", "here: \(folder.path)/a\n")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("link"), withDestinationPath: folder.path("a/text"))
    } _: { folder in
      try folder.write(".execplan/journal.db", "x")
      try folder.write("a/__pycache__/x.pyc", "x")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 5)], ofItemAtPath: folder.path("a/text"))
    }
    #expect(found.isEmpty, "\(found)")
  }

  @Test func contentsModesAndLinksCount() throws {
    let found = try differences { folder in
      for name in ["same", "content", "mode", "gone"] { try folder.write(name, "one\n") }
      try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "same")
    } _: { folder in
      try folder.write("content", "other\n")
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("mode"))
      try FileManager.default.removeItem(atPath: folder.path("gone"))
      try FileManager.default.removeItem(atPath: folder.path("link"))
      try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "mode")
      try folder.write("new/a", "")
      try folder.write("new/b", "")
    }
    #expect(found.map(\.path) == ["content", "gone", "link", "mode", "new"])
    #expect(found[0].text == "has other content, 6 bytes in place of 4")
    #expect(found[1].kind == .missing && found[4].kind == .extra)
    #expect(found[2].text == "leads to mode in place of same")
    #expect(found[3].text == "has the mode 600 in place of 644")
  }

  @Test func namesAreBytes() throws {
    func shell(_ script: String, _ folder: TemporaryFolder) throws {
      try #require(try Execplan.runOther("/bin/bash", ["-c", "set -e; " + script], in: folder).exit == 0)
    }
    let found = try differences { folder in
      // The two spellings of "é" are two files, and neither is "e" with a byte that is no text.
      try shell(
        #"echo 1 > $'caf\xe9'; echo 1 > $'caf\xea'; mkdir $'d\xff'; echo 1 > $'d\xff/x'; ln -s $'d\xff' $'l\xff'"#,
        folder)
      try shell(#"echo nfc > $'\xc3\xa9'; echo nfd > $'e\xcc\x81'; echo 1 > $'t\xff.db'"#, folder)
    } _: { folder in
      try shell(
        #"echo 2 > $'caf\xe9'; rm $'d\xff/x'; echo 1 > $'d\xff/\xfe'; rm $'l\xff'; ln -s $'d\xfe' $'l\xff'"#, folder)
      try shell(#"echo other > $'e\xcc\x81'; chmod 600 $'\xc3\xa9'"#, folder)
    }
    #expect(
      found.map(\.path.description)
        == [#"caf\xE9"#, #"d\xFF/x"#, #"d\xFF/\xFE"#, "e\u{301}", #"l\xFF"#, "\u{e9}"], "\(found)")
    try #require(found.count == 6)
    #expect(found[0].kind == .content && found[1].kind == .missing && found[2].kind == .extra)
    #expect(
      found[4].text == #"leads to d\xFE in place of d\xFF"# && found[5].text == "has the mode 600 in place of 644")
    #expect(found[0].path.pattern == "caf?" && found[3].path.pattern == "e\u{301}")
  }

  @Test func whatIsCopiedKeepsItsName() throws {
    let (source, target) = (try TemporaryFolder(), try TemporaryFolder())
    defer {
      source.remove()
      target.remove()
    }
    let script = #"""
      set -e; mkdir -p $'d\xff/in'; echo 1 > $'d\xff/x\xfe'; chmod 640 $'d\xff/x\xfe'
      ln -s $'x\xfe' $'d\xff/relative'; ln -s "$PWD"/$'d\xff' $'inner\xff'; ln -s $'/nowhere\xff' away
      ln -s "${PWD%/*}/./${PWD##*/}/"$'d\xff' twisted
      """#
    try #require(try Execplan.runOther("/bin/bash", ["-c", script], in: source).exit == 0)
    let copy = target.path + "/copy"
    let outcome = try TreeCopy(source: source.path, target: copy, linkRoot: source.path) { _ in false }.run()
    #expect(outcome.severed == ["twisted"])
    let found = TreeDifference.all(TreeImage(source.path), TreeImage(copy))
    #expect(found.map(\.path) == ["twisted"], "\(found)")
    #expect(
      TreeCopy.linkText(TreePath(bytes: Array("inner".utf8) + [0xFF]), in: copy)
        == TreePath(
          bytes: Array("\(copy)/d".utf8) + [0xFF]))
  }

  @Test func databasesAreComparedByWhatIsInThem() throws {
    func fill(_ folder: TemporaryFolder, _ statements: [String]) throws {
      let connection = try Connection(path: folder.path("w.db"), access: .create)
      for statement in statements { try connection.run(statement) }
    }
    let rows = ["insert into t values (1, 'a')", "insert into t values (2, 'b')"]
    let table = "create table t (n integer, s text)"
    func compare(_ one: [String], _ other: [String]) throws -> [TreeDifference] {
      let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
      defer {
        first.remove()
        second.remove()
      }
      try fill(first, [table] + one)
      try fill(second, [table] + other)
      return TreeDifference.all(TreeImage(first.path), TreeImage(second.path))
    }
    #expect(try compare(rows, rows.reversed()).isEmpty)
    #expect(try compare(rows, rows + ["create table execplan_tokens (k)"]).isEmpty)
    #expect(try compare(rows, rows + rows).map(\.text) == ["\"t\" has 4 rows in place of 2"])
    let changed = try compare(rows, rows + ["update t set s = 'c' where n = 2"])
    #expect(changed.map(\.kind) == [.database([.column(table: "t", "s")])])
    #expect(try compare(rows, rows + ["create index i on t (n)"]).map(\.text) == ["\"i\" is declared otherwise"])
    #expect(
      try compare(rows, ["insert into t values (1, 'b')", "insert into t values (2, 'a')"]).map(\.text)
        == ["rows of \"t\" hold other values"])
  }

  @Test func whatSQLiteLeavesBesideADatabaseBelongsToIt() {
    for suffix in ["-wal", "-shm", "-journal", "-mj3DCC51933"] {
      #expect(TreeImage.owner(of: TreePath("a/w.db" + suffix)) { $0 == "a/w.db" } == "a/w.db")
      #expect(TreeImage.owner(of: TreePath("notes" + suffix)) { _ in false } == TreePath("notes" + suffix))
    }
    #expect(TreeImage.owner(of: "w.db-mjx") { _ in true } == "w.db-mjx")
  }

  @Test func aFolderStandsForWhatItHolds() throws {
    let set = PathSet([try Glob("dist/**"), try Glob("logs")])
    #expect(set.covers("dist/a/b") && set.covers("logs/x/y") && set.covers("logs"))
    #expect(!set.covers("distant") && !set.covers("a/logs"))
  }

  @Test func aCopyHoldsNoWayBack() throws {
    let (source, target) = (try TemporaryFolder(), try TemporaryFolder())
    defer {
      source.remove()
      target.remove()
    }
    try source.write("real/text", "a\n")
    try source.write("build/big", "b\n")
    try FileManager.default.createSymbolicLink(
      atPath: source.path("link"), withDestinationPath: source.path("real/text"))
    let copy = target.path + "/copy"
    try TreeCopy(source: source.path, target: copy, linkRoot: source.path) { $0 == "build" }.run()
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: copy + "/link") == copy + "/real/text")
    #expect(!FileManager.default.fileExists(atPath: copy + "/build"))
    #expect(TreeDifference.all(TreeImage(source.path), TreeImage(copy)).map(\.path) == ["build"])
  }

  @Test func whatIsCopiedFollowsGitAndThePerson() throws {
    var choice = CopyChoice()
    choice.ignored = [".build", "data", "cache/x"]
    choice.untracked = ["made.txt", "draft.txt"]
    choice.made = [.init("made.txt")]
    choice.wanted = [try Glob("data/raw/**")]
    choice.unwanted = [try Glob("big")]
    choice.read = [.init("cache/x")]
    let leavesOut = choice.leavesOut
    #expect([".build", ".build/a", "data/tmp", "made.txt", "big/x", ".execplan"].allSatisfy(leavesOut))
    #expect(!["data", "data/raw", "data/raw/a", "cache/x", "draft.txt", "src"].contains(where: leavesOut))
  }
}
