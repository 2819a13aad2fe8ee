internal import Foundation
internal import TestSupport
internal import Testing

/// Files that a run replaced or removed get back whose they were, and their extended attributes.
struct RunRollbackTraitsTests {
  private static let plan = RunRollbackTests.plan(
    """
      - {id: replaced, file: {path: replaced.txt, content: "new\\n"}}
      - {id: edited, edit: {path: edited.txt, line: more}}
      - {id: removed, file: {path: removed.txt, absent: true}}
      - {id: linked, file: {path: linked.txt, link: replaced.txt}}
      - {id: folder, file: {path: folder, absent: true}}
    """)

  private static let names = ["replaced.txt", "edited.txt", "removed.txt", "linked.txt", "folder"]

  /// Prints everything of the paths but their times.
  private static let look = """
    import os, sys
    for n in sys.argv[1:]:
      s = os.lstat(n)
      print(n, oct(s.st_mode), s.st_uid, s.st_gid, [(a, os.getxattr(n, a)) for a in sorted(os.listxattr(n))])
    """

  private static func python(_ script: String, _ arguments: [String] = [], in folder: TemporaryFolder) throws
    -> Execplan.Result
  {
    try Execplan.runOther("/usr/bin/env", ["python3", "-c", script] + arguments, in: folder)
  }

  private static func furnish(_ project: RunProject) throws {
    for name in names.dropLast() { try project.folder.write(name, "old\n") }
    try FileManager.default.createDirectory(
      atPath: project.folder.path("folder"), withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o750])
  }

  private static let hasAttributes = has(
    "import os; open('x', 'w'); os.setxattr('x', 'user.note', b'kept')")
  /// Of a user who is not the owner, and a mask; the group bits of the mode are the mask.
  private static let setList = """
    import os, struct
    def acl(name):
      l = [(1, 6, -1), (2, 6, 12345), (4, 4, -1), (16, 6, -1), (32, 0, -1)]
      os.setxattr(name, 'system.posix_acl_access', struct.pack('<I', 2) + b''.join(struct.pack('<HHi', *e) for e in l))

    """
  private static let hasLists = has(setList + "open('x', 'w'); acl('x')")

  private static func has(_ script: String) -> Bool {
    (try? withTemporaryFolder { try python(script, in: $0).exit == 0 }) ?? false
  }

  private func expectAllIsBack(_ furnish: String) throws {
    try withRunProject(Self.plan) { project in
      try Self.furnish(project)
      let set = try Self.python("import os, sys\n" + furnish, Self.names, in: project.folder)
      try #require(set.exit == 0, "\(set)")
      let before = try Self.python(Self.look, Self.names, in: project.folder).stdout
      let applied = try project.run("apply", "-q")
      #expect(applied.exit == 0, "\(applied)")
      let back = try project.run("rollback", "--yes")
      #expect(back.exit == 0, "\(back)")
      #expect(back.stderr.contains("\"removed.txt\" is as it was\n"), "\(back)")
      #expect(try Self.python(Self.look, Self.names, in: project.folder).stdout == before)
    }
  }

  @Test(.enabled(if: hasAttributes, "the file system has no attributes of users"))
  func attributesOfUsersAreBack() throws {
    try expectAllIsBack(
      """
      for n in sys.argv[1:]:
        os.setxattr(n, 'user.note', ('of ' + n).encode()); os.setxattr(n, 'user.bytes', bytes(range(256)))
      """)
  }

  @Test(.enabled(if: hasLists, "the file system has no access lists"))
  func accessListsAreBack() throws {
    try expectAllIsBack(Self.setList + "for n in sys.argv[1:]: acl(n)")
  }

  @Test(.enabled(if: hasLists, "the file system has no access lists"))
  func aListOfTheFolderIsNotThatOfTheFile() throws {
    try expectAllIsBack(
      """
      import struct
      l = [(1, 7, -1), (2, 7, 12345), (4, 5, -1), (16, 7, -1), (32, 5, -1)]
      os.setxattr('.', 'system.posix_acl_default', struct.pack('<I', 2) + b''.join(struct.pack('<HHi', *e) for e in l))
      """)
  }

  @Test(.enabled(if: geteuid() == 0, "only root gives files away"))
  func ownersAreBack() throws {
    try expectAllIsBack("for i, n in enumerate(sys.argv[1:]): os.lchown(n, 12345 + i, 23456 + i); os.chmod(n, 0o6755)")
  }

  /// The content is there, so the rollback has succeeded; what is not said so.
  @Test(
    .enabled(
      if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"),
      "only root has files of others to take away"))
  func anOwnerThatIsNotPermittedIsSaid() throws {
    try withRunProject(Self.plan) { project in
      try Self.furnish(project)
      let set = "import os; os.chown('removed.txt', 12345, 23456); os.chmod('removed.txt', 0o4755)"
      try #require(try Self.python(set, in: project.folder).exit == 0)
      let applied = try project.run("apply", "-q")
      #expect(applied.exit == 0, "\(applied)")
      let back = try Execplan.runOther(
        "/usr/bin/setpriv",
        ["--bounding-set=-chown", "--inh-caps=-chown", Execplan.binary, "rollback", "--yes"], in: project.folder)
      #expect(back.exit == 0, "\(back)")
      let note =
        "\"removed.txt\" is as it was, but not its owner (user 12345, group 23456), nor its set-user-ID and "
        + "set-group-ID bits"
      #expect(back.stderr.contains("undo:removed: succeeded") && back.stderr.contains(note), "\(back)")
      #expect(project.folder.read("removed.txt") == "old\n")
      let now = try Self.python(Self.look, ["removed.txt"], in: project.folder).stdout
      #expect(now.hasPrefix("removed.txt 0o100755 0 0 "), "\(now)")
    }
  }

  @Test(.enabled(if: hasAttributes, "the file system has no attributes of users"))
  func anAttributeWithASecretIsNotKept() throws {
    let plan = Self.plan.replacing("order: listed", with: "order: listed\nsecrets: {TOKEN: {env: SECRET_TOKEN}}")
    try withRunProject(plan) { project in
      try Self.furnish(project)
      let set = "import os; os.setxattr('removed.txt', 'user.token', b'0123456789abcdef')"
      try #require(try Self.python(set, in: project.folder).exit == 0)
      let secret = ["SECRET_TOKEN": "0123456789abcdef"]
      let applied = try project.run("apply", env: secret)
      let says = "an extended attribute holds the secret \"TOKEN\""
      #expect(applied.exit == 0, "\(applied)")
      #expect(applied.stderr.contains("what was there is not kept for undo: \(says)"), "\(applied)")
      let kept = try Execplan.runOther("/bin/sh", ["-c", "cat .execplan/undo/1/*"], in: project.folder).stdout
      #expect(!kept.contains("30313233343536373839616263646566"), "\(kept)")
      let back = try project.run("rollback", "--yes", env: secret)
      let note = "\"removed.txt\" is as it was, but not its extended attributes: \(says)"
      #expect(back.exit == 0 && back.stderr.contains(note), "\(back)")
      #expect(project.folder.read("removed.txt") == "old\n")
    }
  }
}
