internal import Commands
internal import TestSupport
internal import Testing

struct ProjectRootTests {
  @Test func theNearestFolderWithGitIsTheRoot() throws {
    try withTemporaryFolder { folder in
      try folder.write("outer/.git/HEAD", "")
      try folder.write("outer/a/worktree/.git", "gitdir: x\n")
      try folder.write("outer/a/worktree/b/file", "")
      #expect(ProjectRoot.git(from: folder.path("outer/a")) == folder.path("outer"))
      #expect(ProjectRoot.git(from: folder.path("outer")) == folder.path("outer"))
      #expect(ProjectRoot.git(from: folder.path("outer/a/worktree/b")) == folder.path("outer/a/worktree"))
    }
  }

  @Test func withoutGitThereIsNoRoot() {
    #expect(ProjectRoot.git(from: "/proc/self") == nil)
  }
}
